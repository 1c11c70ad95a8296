"""Citations on pages: from both syntaxes to the text and the list of references."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from notesite.building import Builder, BuildOptions
from tests.bibliography.library import BIBTEX
from tests.conftest import SiteMaker, codes


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html)).strip()


def configure(site: SiteMaker, citations: str) -> None:
    site.write("notesite.toml", f"[site]\ngit_dates = false\n[citations]\n{citations}\n")


def said(site: SiteMaker, text: str, *, style: str = "author-year") -> str:
    """What the note `here` says for `text`, as plain text."""
    configure(site, f'style = "{style}"')
    site.write("references.bib", BIBTEX)
    site.note("here", f"Here: {text}\n\n$$ x \\tag{{1}}\\label{{eq:x}} $$")
    site.build(keep_going=True)
    paragraph = re.search(r"<p>Here: (.*?)</p>", site.page("here.html"), re.DOTALL)
    assert paragraph
    return plain(paragraph[1])


@pytest.mark.parametrize(
    ("text", "by_year", "by_number"),
    [
        ("[@jacot2018]", "(Jacot et al., 2018)", "[1]"),
        ("@jacot2018", "Jacot et al. (2018)", "Jacot et al.\u00a0[1]"),
        ("@axler2015 [p. 3]", "Axler (2015, p.\u00a03)", "Axler\u00a0[1, p.\u00a03]"),
        ("[-@axler2015]", "(2015)", "[1]"),
        (
            "[@jacot2018; @axler2015, sec. 2]",
            "(Jacot et al., 2018; Axler, 2015, sec.\u00a02)",
            "[1; 2, sec.\u00a02]",
        ),
        (
            "[see @axler2015, pp. 3-5; also @jacot2018]",
            "(see Axler, 2015, pp.\u00a03–5; also Jacot et al., 2018)",
            "[see 1, pp.\u00a03–5; also 2]",
        ),
        (
            "[@axler2015, thm. 3, and *more*]",
            "(Axler, 2015, thm. 3, and more)",
            "[1, thm. 3, and more]",
        ),
        (r"\cite{jacot2018,axler2015}", "(Jacot et al., 2018; Axler, 2015)", "[1, 2]"),
        (r"\citep[see][p.~3]{axler2015}", "(see Axler, 2015, p.\u00a03)", "[see 1, p.\u00a03]"),
        (r"\citep[sec.~2]{axler2015}", "(Axler, 2015, sec.\u00a02)", "[1, sec.\u00a02]"),
        (r"\citet{axler2015}", "Axler (2015)", "Axler\u00a0[1]"),
        (
            r"\textcite{axler2015,jacot2018}",
            "Axler (2015) and Jacot et al. (2018)",
            "Axler\u00a0[1] and Jacot et al.\u00a0[2]",
        ),
        (r"\citeauthor{axler2015} in \citeyear{axler2015}", "Axler in 2015", "Axler in 2015"),
        (r"\Citet*{axler2015}", "Axler (2015)", "Axler\u00a0[1]"),
        (r"see\nocite{axler2015}", "see", "see"),
        ("[@axler2015] and [@eq:x]", "(Axler, 2015) and Eq.\u00a0(1)", "[1] and Eq.\u00a0(1)"),
        ("[@saxe2014; @saxe2014b]", "(Saxe et al., 2014b, 2014a)", "[1, 2]"),
        ("`@axler2015` a@axler2015.org", "@axler2015 a@axler2015.org", None),
        (r"\citefoo{axler2015}", r"\citefoo{axler2015}", None),
    ],
)
def test_what_citations_say(
    site: SiteMaker, text: str, by_year: str, by_number: str | None
) -> None:
    assert said(site, text) == by_year
    if by_number is not None:
        assert said(site, text, style="numeric") == by_number


def test_the_list_holds_what_is_cited_with_links_to_and_fro(site: SiteMaker) -> None:
    site.write("references.bib", BIBTEX)
    site.note("a", "One [@riesz1907], two @riesz1907.[^1]\n\n[^1]: And [@axler2015].")
    site.build()
    page = site.page("a.html")
    assert re.findall(r'<li id="(ref-[^"]*)"', page) == ["ref-axler2015", "ref-riesz1907"]
    for number in (1, 2):
        assert f'id="cite-riesz1907-{number}" href="#ref-riesz1907"' in page
        assert f'href="#cite-riesz1907-{number}" role="doc-backlink"' in page
    assert 'href="https://doi.org/10.1000/a_b"' in page
    line = re.search(r'<li id="ref-riesz1907">.*', page)
    assert line
    assert '<math alttext="\\mathbb{R}^d">' in line[0]
    # The list stands before the footnotes and in the contents of the page.
    assert page.index('class="references"') < page.index('class="footnotes"')
    assert '<h2 id="references">References</h2>' in page


def test_a_heading_of_the_note_s_own_is_enough(site: SiteMaker) -> None:
    site.write("references.bib", BIBTEX)
    site.note("a", "[@axler2015]\n\n## References")
    site.note("b", "[@axler2015]\n\n## References\n\n## More")
    site.build()
    assert site.page("a.html").count(">References") == 1
    assert '<h2 id="references-1">References</h2>' in site.page("b.html")


def test_a_heading_for_the_list_of_another_page_is_not_embedded(site: SiteMaker) -> None:
    site.write("references.bib", BIBTEX)
    site.note("a", "First [@saxe2014].\n\n![[b]]\n\n![[b#References]]\n\nLast.")
    site.note("b", "Then [@saxe2014].[^1]\n\n[^1]: f\n\n## Last\n\n## References")
    site.build()
    page = site.page("a.html")
    assert page.count("References</h2>") == 1
    assert ">Last <" in page
    assert 'id="embed-1-fn1"' in page


def test_lists_are_as_the_language_has_them(site: SiteMaker) -> None:
    site.write("references.bib", BIBTEX)
    site.note("a", "Nach [siehe @axler2015, Kap. 2; @saxe2014], @riesz1907 [S. 3].\n\n## Literatur",
              lang="de")  # fmt: skip
    assert codes(site.build()) == []
    page = site.page("a.html")
    words = re.sub("<[^>]*>", "", page)
    assert "(siehe Axler, 2015, Kap.\u00a02; Saxe et al., 2014)" in words
    assert "(1907, S.\u00a03)" in words
    assert "Saxe, Andrew M., James L. McClelland und Surya Ganguli (2014)" in words
    assert page.count("Literatur") == 2  # the heading and the contents


def test_the_references_of_what_is_embedded_are_the_page_s(site: SiteMaker) -> None:
    site.write("references.bib", BIBTEX)
    site.note("a", "First [@saxe2014b].\n\n![[b]]")
    site.note("b", "Then [@saxe2014].")
    site.build()
    assert "Saxe et al., 2014b" in site.page("a.html")
    assert re.findall(r'<li id="(ref-[^"]*)"', site.page("a.html")) == [
        "ref-saxe2014b",
        "ref-saxe2014",
    ]
    assert "Saxe et al., 2014<" in site.page("b.html")
    assert site.page("a.html").count('class="references"') == 1


def test_a_note_s_own_bibliography_comes_first(site: SiteMaker) -> None:
    site.write("references.bib", BIBTEX)
    site.write("notes/sub/own.json", '[{"id": "axler2015", "title": "Mine", "type": "book"}]')
    site.note("sub/a", "[@axler2015] [@jacot2018]", bibliography="own.json")
    site.note("b", "[@axler2015]\n\n![[sub/a]]")
    site.build()
    assert "<i>Mine</i>" in site.page("sub/a.html")
    assert "Jacot" in site.page("sub/a.html")
    # Two works by one name on one page stay two.
    assert re.findall(r'<li id="(ref-[^"]*)"', site.page("b.html")) == [
        "ref-axler2015",
        "ref-jacot2018",
        "ref-axler2015-2",
    ]


def test_a_summary_cites_without_links(site: SiteMaker) -> None:
    site.write("references.bib", BIBTEX)
    site.note("a", "Text.", summary='"As @axler2015 and [@saxe2014; @saxe2014b]."')
    site.build()
    assert "As Axler (2015) and (Saxe et al., 2014b, 2014a)." in plain(site.page("index.html"))
    assert 'href="#ref-' not in site.page("index.html")
    told = 'name="description" content="As Axler (2015) and (Saxe et al., 2014b, 2014a)."'
    assert told in site.page("a.html")
    assert 'class="references"' not in site.page("a.html")


def test_the_bibliography_is_found_among_the_notes_too(site: SiteMaker) -> None:
    site.write("notes/references.json", '[{"id": "x", "title": "T", "type": "book"}]')
    site.note("a", "[@x]")
    site.build()
    assert "<i>T</i>, n.d." in site.page("a.html")


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("[@axler2051]", "neither a label nor a bibliography's key: 'axler2051'", "axler2015"),
        ("@axler2051", "no bibliography has the key 'axler2051'", "axler2015"),
        (r"\cite{nobody}", "neither a label nor a bibliography's key: 'nobody'", ""),
        ("[@axler2015; @nobody]", "neither a label nor a bibliography's key: 'nobody'", ""),
    ],
)
def test_unknown_keys_are_said_at_their_place(
    site: SiteMaker, text: str, message: str, hint: str
) -> None:
    site.write("references.bib", BIBTEX)
    site.note("a", f"Text {text}.")
    report = site.build()
    problem = next(each for each in report.diagnostics if each.code == "citation-unknown")
    assert problem.message == message
    assert problem.span
    # Of several keys the one that is not there.
    assert problem.span.start.column == (20 if ";" in text else 6)
    assert hint in "".join(problem.hints)


def test_names_in_prose_are_no_citations_without_a_bibliography(site: SiteMaker) -> None:
    site.note("a", "Ask @somebody.")
    report = site.build()
    assert codes(report) == []
    assert "Ask @somebody." in site.page("a.html")


@pytest.mark.parametrize(
    ("config", "code", "message"),
    [
        ('style = "numerik"', "citation-style", "no citation style 'numerik'"),
        ('style = "my.csl"', "citation-style", "the style 'my.csl' cannot be read"),
        ('style = "bad.csl"', "citation-style", "bad.csl: not a CSL style"),
        ('bibliography = ["no.bib"]', "bibliography-unreadable", "there is no bibliography"),
        ('bibliography = ["latin.bib"]', "bibliography-unreadable", "not valid UTF-8"),
    ],
)
def test_what_cannot_be_used_is_said(site: SiteMaker, config: str, code: str, message: str) -> None:
    configure(site, config)
    site.write("bad.csl", "<html/>")
    site.write("latin.bib", b"@misc{a, title={\xff}}")
    site.write("references.bib", BIBTEX)
    site.note("a", "Text [@axler2015].")
    report = site.build(keep_going=True)
    problem = next(each for each in report.diagnostics if each.code == code)
    assert message in problem.message
    if code == "citation-style":
        # Citations are not wrong for that.
        assert "citation-unknown" not in codes(report)
        assert "Axler, 2015" in site.page("a.html")
    if problem.file == "notesite.toml":
        assert problem.span
        assert (
            site.root.joinpath(problem.file)
            .read_text()
            .splitlines()[problem.span.start.line - 1]
            .startswith(config.partition(" ")[0])
        )


def test_a_field_that_is_a_slip_from_a_missing_one_is_told(site: SiteMaker) -> None:
    site.write("references.bib", "@book{a, auhtor={A. B}, title={T}, yaer=2020}")
    site.note("a", "Text [@a].")
    problem = next(each for each in site.build().diagnostics if each.code == "bibliography-field")
    assert problem.hints == (
        "'auhtor' is no field: did you mean 'author'?",
        "'yaer' is no field: did you mean 'year'?",
    )


def test_a_missing_library_is_named(site: SiteMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notesite.bibliography.csl.find_spec", lambda _: None)
    configure(site, 'style = "my.csl"')
    site.write("my.csl", "<style/>")
    site.write("references.bib", BIBTEX)
    site.note("a", "Text [@axler2015].")
    report = site.build(keep_going=True)
    problem = next(each for each in report.diagnostics if each.code == "citation-style")
    assert problem.hints == (
        "pip install 'notesite[csl]', or take the style 'author-year' or 'numeric'",
    )


def test_a_note_cannot_read_a_bibliography_outside_of_the_notes(site: SiteMaker) -> None:
    site.write("secret.bib", BIBTEX)
    site.note("a", "[@axler2015]", bibliography="../secret.bib")
    report = site.build(keep_going=True)
    assert "bibliography-unreadable" in codes(report)
    assert "Axler" not in site.page("a.html")


def test_an_edit_of_the_bibliography_shows_in_the_next_build(site: SiteMaker) -> None:
    site.write("references.bib", "@book{a, author={One, A.}, title={T}, year=2001}")
    site.note("a", "[@a]")
    builder = Builder(BuildOptions(), site.root)
    builder.build()
    assert "One, 2001" in site.page("a.html")
    site.write("references.bib", "@book{a, author={Two, A.}, title={T}, year=2002}")
    builder.build()
    assert "Two, 2002" in site.page("a.html")


def test_formulas_in_entries_that_fail_are_said_where_the_entry_is(site: SiteMaker) -> None:
    site.write("references.bib", "\n@book{a, author={A}, title={On $\\nope$}, year=1}")
    site.note("a", "[@a]")
    report = site.build(keep_going=True)
    problem = next(each for each in report.diagnostics if each.code == "math-unknown-command")
    assert problem.file == "references.bib"
    assert problem.span
    assert problem.span.start.line == 2


EDITS = (
    ("references.bib", BIBTEX.replace("Linear Algebra Done Right", "Linear Algebra")),
    ("references.bib", BIBTEX.replace("{axler2015", "{axler2016")),
    ("references.bib", BIBTEX),
    ("notes/own.bib", "@book{jacot2018, title={Mine}, author={Me, A.}, year=2000}"),
    ("notes/b.md", "[@saxe2014; @saxe2014b]"),
    ("notes/references.json", '[{"id": "nobody", "title": "Somebody", "type": "book"}]'),
    ("my.csl", "<style/>"),
    ("notesite.toml", '[site]\ngit_dates = false\n[citations]\nstyle = "numeric"\n'),
    ("references.bib", "@book{broken"),
)


def test_after_any_edit_the_site_is_that_of_a_clean_build(site: SiteMaker, tmp_path: Path) -> None:
    site.write("references.bib", BIBTEX)
    site.write("notes/own.bib", "@book{own, title={Own $x^2$}, year=1}")
    site.note("a", "[@axler2015; @nobody] and @jacot2018.", summary='"By [@axler2015]."')
    site.note("b", "[@saxe2014]")
    site.note("c", "![[b]]\n\n[@own] @jacot2018", bibliography="own.bib")
    site.note("d", "Nothing.")
    builder = Builder(BuildOptions(keep_going=True, index_later=False), site.root)
    builder.build()
    for path, content in EDITS:
        site.write(path, content)
        report = builder.build()
        clean = site.build(keep_going=True, output=tmp_path / "clean", index_later=False)
        assert files(site.root / "output") == files(tmp_path / "clean"), path
        assert report.diagnostics == clean.diagnostics, path


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and ".notesite" not in file.parts
    }


def test_an_edit_of_the_bibliography_makes_only_the_pages_that_cite_it(site: SiteMaker) -> None:
    site.write("references.bib", BIBTEX)
    site.note("a", "[@axler2015]")
    site.note("b", "[@saxe2014]")
    site.note("c", "Nothing.")
    builder = Builder(BuildOptions(), site.root)
    builder.build()
    site.write("references.bib", BIBTEX.replace("Linear Algebra Done Right", "Linear Algebra"))
    assert [path for path in builder.build().written if path.endswith(".html")] == ["a.html"]


def test_links_of_the_list_are_among_those_that_the_web_is_asked_for(site: SiteMaker) -> None:
    site.write("references.bib", BIBTEX)
    site.note("a", "[@riesz1907; @saxe2014]")
    report = site.build()
    assert [(link.address, link.file) for link in report.web_links] == [
        ("https://doi.org/10.1000/a_b", "references.bib"),
        ("https://arxiv.org/abs/1312.6120", "references.bib"),
    ]
