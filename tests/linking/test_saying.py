"""References by name in words without links: contents, descriptions, feeds, texts of links."""

from __future__ import annotations

import re

import pytest

from tests.conftest import SiteMaker

BOOK = "@book{axler2015, author={Sheldon Axler}, title={Linear Algebra}, year={2015}}\n"
THEOREM = "::: theorem {#thm-far}\nx\n:::\n"


@pytest.fixture
def noted(site: SiteMaker) -> SiteMaker:
    site.write("notesite.toml", '[site]\nbase_url = "https://example.org/"\n')
    site.write("references.bib", BOOK)
    site.note("there", THEOREM, title="There")
    return site


def test_contents_say_what_the_headings_say(noted: SiteMaker) -> None:
    noted.note("here", "## After @axler2015\n\nx\n\n## Proof of @thm-far & more\n\ny\n")
    noted.build()
    contents = noted.page("here.html").partition('aria-label="Contents"')[2].partition("</nav>")[0]
    assert re.findall(r'<a href="[^"]*">(.*?)</a>', contents)[:2] == [
        "After Axler (2015)",
        "Proof of Theorem\u00a01 of There &amp; more",
    ]


def test_an_excerpt_says_what_the_page_says_everywhere(noted: SiteMaker) -> None:
    text = r"As @axler2015 and [[there#thm-far]] say in [the text of \cref{thm-far}](there.md)."
    noted.note("here", text, date="2024-01-01")
    noted.build()
    shown = (
        "As Axler (2015) and Theorem\u00a01 of There say in the text of Theorem\u00a01 of There."
    )
    assert f'<meta name="description" content="{shown}">' in noted.page("here.html")
    assert f"<summary>{shown}</summary>" in noted.page("feed.xml")
    assert shown.replace("\u00a0", " ") in noted.page("llms.txt")


def test_an_excerpt_calls_notes_by_their_titles(noted: SiteMaker) -> None:
    noted.note("far-away", "x", title="Distant & Alone")
    noted.note("here", "See [[far-away]] and [[there]], or [[far-away|it]].\n\nThen [[there]].")
    noted.note("twice", "What is far-away is [[far-away]].\n\n## On far-away")
    noted.note("later", "It is far-away, and long enough.\n\nSee [[far-away]].")
    noted.build()
    for page, shown in (
        ("here", "See Distant &amp; Alone and there, or it."),
        ("twice", "What is far-away is far-away."),
        ("later", "It is far-away, and long enough."),
    ):
        assert f'<meta name="description" content="{shown}">' in noted.page(f"{page}.html")


def test_an_excerpt_says_what_links_without_words_say(noted: SiteMaker) -> None:
    noted.note("here", "See [](there.md), then [](there.md#thm-far) as well.\n")
    noted.build()
    shown = "See There, then Theorem\u00a01 of There as well."
    assert f'<meta name="description" content="{shown}">' in noted.page("here.html")


def test_an_excerpt_reads_formulas_in_what_references_say(noted: SiteMaker) -> None:
    noted.note("space", THEOREM.replace("far", "near"), title="In $\\ell^2$")
    noted.note("here", "It is @thm-near that is meant here.")
    noted.build()
    shown = "It is Theorem\u00a01 of In ℓ² that is meant here."
    assert f'<meta name="description" content="{shown}">' in noted.page("here.html")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (THEOREM.replace("x", "All is well.^[But @axler2015.]"), "All is well."),
        ("::: proof\nLong enough a proof.\n:::\n\nSo it is.", "So it is."),
        ("Is it?[^1]\n\n[^1]: Nobody knows, or ever did.", "Is it?"),
        ("Short.\n\nThis one is long enough to be shown.", "This one is long enough to be shown."),
    ],
)
def test_an_excerpt_is_of_prose_else_of_a_statement(
    noted: SiteMaker, text: str, shown: str
) -> None:
    noted.note("here", text)
    noted.build()
    assert f'<meta name="description" content="{shown}">' in noted.page("here.html")


def test_what_references_are_to_say_may_hold_formulas(noted: SiteMaker) -> None:
    noted.note(
        "here",
        '::: example {#exm-l display="the *space* $\\ell^2$"}\nx\n:::\n\n'
        "> [!thm] T\n> x\n> %% label: thm-t %%\n> %% display: Riesz's theorem %%\n\n"
        "By @exm-l and [[#thm-t]].",
    )
    noted.build()
    page = noted.page("here.html")
    assert '>the <em>space</em> <math aria-label="ℓ²" alttext="\\ell^2">' in page
    assert ">Riesz’s theorem</a>" in page


def test_a_command_in_a_links_text_is_words_without_a_link_of_its_own(noted: SiteMaker) -> None:
    noted.note("here", r"See [statement \ref{thm-far}](there.md#thm-far).")
    noted.build()
    assert '<a href="there.html#thm-far">statement 1 of There</a>' in noted.page("here.html")


def test_another_notes_new_number_reaches_contents_and_excerpt(noted: SiteMaker) -> None:
    noted.note("here", "As @thm-far says, so it is.\n\n## On @thm-far\n\nx\n\n## More\n\ny\n")
    noted.build()
    noted.note("there", f"::: lemma\ny\n:::\n\n{THEOREM}", title="There")
    noted.build()
    page = noted.page("here.html")
    assert ">On Theorem\u00a02 of There</a>" in page
    assert 'content="As Theorem\u00a02 of There says, so it is."' in page


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("After @axler2015", "After Axler (2015)"),
        ("Bases [@axler2015, p. 3]", "Bases (Axler, 2015, p.\u00a03)"),
        ("More on @thm-far", "More on Theorem\u00a01 of There"),
        ("More on [@thm-far] & so on", "More on Theorem\u00a01 of There &amp; so on"),
        (r"More on \cref{thm-far}", "More on Theorem\u00a01 of There"),
        ("More on [[there#thm-far]]", "More on <span>Theorem\u00a01 of There</span>"),
        ("More on [[there#thm-far|it]]", "More on it"),
        ("Mail to @somebody", "Mail to @somebody"),
    ],
)
@pytest.mark.parametrize("is_heading", [False, True])
def test_a_title_says_what_its_references_say(
    noted: SiteMaker, title: str, said: str, is_heading: bool
) -> None:
    if is_heading:
        noted.write("notes/here.md", f"# {title}\n\nAs it is.\n")
    else:
        noted.write("notes/here.md", f"---\ntitle: '{title}'\ndate: 2024-01-01\n---\nAs it is.\n")
    noted.note("other", "See [[here]] and [](here.md).")
    noted.build()
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", noted.page("here.html")) == [said]
    words = said.replace("<span>", "").replace("</span>", "")
    assert f"<title>{words} · " in noted.page("here.html")
    assert f">{said}</a>" in noted.page("other.html")
    assert f">{said}</a>" in noted.page("index.html")
    if not is_heading:
        assert f"<title>{words}</title>" in noted.page("feed.xml")


def test_titles_that_refer_to_each_other_do_not_name_each_other(noted: SiteMaker) -> None:
    noted.write("notes/a.md", "# On @thm-b\n\n::: theorem {#thm-a}\nx\n:::\n")
    noted.write("notes/b.md", "# On @thm-a and @thm-b\n\n::: theorem {#thm-b}\nx\n:::\n")
    noted.build()
    assert "<h1>On Theorem\u00a01</h1>" in re.sub("<h1[^>]*>", "<h1>", noted.page("a.html"))
    assert "and Theorem\u00a01</h1>" in noted.page("b.html")


def test_with_numbers_a_title_and_a_summary_say_names_and_years(noted: SiteMaker) -> None:
    config = '[site]\ngit_dates = false\n[citations]\nstyle = "numeric"\n'
    noted.write("notesite.toml", config)
    noted.note(
        "a", "As @axler2015 says.", title="'After @axler2015'", summary="'See [@axler2015].'"
    )
    noted.build()
    assert "After Axler (2015)" in noted.page("index.html")
    assert "See (Axler, 2015)." in noted.page("index.html")
    assert 'content="See (Axler, 2015)."' in noted.page("a.html")
    assert re.search(r"Axler.\[<a", noted.page("a.html"))
    noted.note("b", "As [@axler2015] says, and @axler2015 too.")
    noted.build()
    said = "As (Axler, 2015) says, and Axler (2015) too."
    assert f'content="{said}"' in noted.page("b.html")


def test_a_title_that_names_a_work_can_be_named_by_another(noted: SiteMaker) -> None:
    noted.write("notes/a.md", "# On @thm-b\n\nx\n")
    noted.write("notes/b.md", "# After @axler2015\n\n::: theorem {#thm-b}\nx\n:::\n")
    noted.build()
    assert ">On Theorem\u00a01 of After Axler (2015)</h1>" in noted.page("a.html")


def test_what_a_title_names_in_vain_is_said_at_its_place(noted: SiteMaker) -> None:
    noted.write("notes/here.md", "---\ntitle: After @thm-fra\n---\nAs it is.\n")
    report = noted.build()
    assert [(d.code, d.span.start.line) for d in report.diagnostics if d.span] == [
        ("label-unknown", 2)
    ]


def test_a_label_that_moves_is_renamed_in_titles(noted: SiteMaker) -> None:
    noted.write("notes/here.md", "# On @thm-far\n\nx\n")
    noted.note("other", "See [[here]].")
    noted.build()
    noted.note("there", f"::: lemma\ny\n:::\n\n{THEOREM}", title="Elsewhere")
    noted.build()
    for page in ("here.html", "other.html", "index.html"):
        assert "On Theorem\u00a02 of Elsewhere" in noted.page(page)


def test_an_excerpt_is_never_cut_within_a_reference(noted: SiteMaker) -> None:
    words = "word " * 37
    noted.note("here", f"{words}and so [see @axler2015, pp. 3-5, and the rest] goes on.")
    noted.build()
    found = re.search('<meta name="description" content="([^"]*)"', noted.page("here.html"))
    assert found
    assert found[1] == f"{words}and so (see…"
