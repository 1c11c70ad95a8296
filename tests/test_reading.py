"""What helps readers along: series, reasons, revisions, changes, streams of short notes."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.conftest import SiteMaker, codes


def words(html: str) -> str:
    """The text of a piece of a page."""
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def part(page: str, start: str, end: str) -> str:
    return page.partition(start)[2].partition(end)[0]


# Series


def series(site: SiteMaker) -> None:
    site.note("far/one", title="'On $x$'", series="Deep lines", part=1)
    site.note("two", title="Two", series="deep lines", part=2, date="2020-01-01")
    site.note("last", title="Last", series="Deep lines", date="2021-01-01")
    site.note("other", title="Other")


def test_a_part_names_all_parts_of_its_series(site: SiteMaker) -> None:
    series(site)
    assert codes(site.build()) == []
    box = part(site.page("two.html"), '<nav class="series"', "</nav>")
    assert "<summary>Part 2 of 3 of Deep lines</summary>" in box
    assert re.search(r'<li value="1"><a href="far/one.html">On <math aria-label=', box)
    assert '<li value="2"><span aria-current="page">Two</span></li>' in box
    assert '<li value="3"><a href="last.html">Last</a></li>' in box
    assert "series" not in site.page("other.html").partition("<main")[2]


def test_before_and_after_are_the_parts_of_the_series(site: SiteMaker) -> None:
    series(site)
    site.build()
    page = part(site.page("two.html"), 'class="neighbours"', "</nav>")
    assert 'rel="prev" href="far/one.html"' in page
    assert 'rel="next" href="last.html"' in page
    assert "Previous part" in page
    assert 'class="neighbour neighbour-following"' not in site.page("last.html")


def test_a_missing_part_leaves_the_numbers_as_they_are(site: SiteMaker) -> None:
    site.note("one", series="s", part=1)
    site.note("three", series="s", part=3)
    site.note("two", series="s", part=2, draft="true")
    site.build()
    assert "Part 3 of 3 of s" in site.page("three.html")
    assert 'href="one.html"' in part(site.page("three.html"), 'class="neighbours"', "</nav>")


def test_parts_that_cannot_be_are_reported(site: SiteMaker) -> None:
    site.note("a", series="s", part=1)
    site.note("b", series="S", part=1)
    site.note("c", part=2)
    site.note("d", part="two")
    report = site.build(keep_going=True)
    found = [(each.code, each.file, each.message) for each in report.diagnostics]
    assert ("series-part", "notes/b.md", "part 1 of 'S' is there already") in found
    assert ("series-part", "notes/c.md", "a part of no series") in found
    assert ("front-matter-type", "notes/d.md", "'part' must be a whole number") in found
    (double,) = [each for each in report.diagnostics if "already" in each.message]
    assert (double.related[0].file, double.span and double.span.start.line) == ("notes/a.md", 3)


# Related notes


def related(site: SiteMaker, page: str) -> list[tuple[str, str]]:
    listed = part(site.page(page), "<h2>Related notes</h2>", "</section>")
    entries = listed.split('<li class="entry">')[1:]
    return [
        (words(part(each, 'class="entry-title"', "</a>").partition(">")[2]),
         words(part(each, '<p class="entry-why">', "</p>")))
        for each in entries
    ]  # fmt: skip


def test_related_notes_say_why(site: SiteMaker) -> None:
    site.note("a", "[[c]]", tags="[one, '<two>', deep/er]", title="A")
    site.note("b", "[[c]]", tags="[one, '<two>', deep/er]", title="B")
    site.note("c", "x", title="'C $y$'")
    site.note("d", "x", tags="[one]", title="D")
    site.build()
    assert related(site, "a.html") == [
        ("B", "shares &lt;two&gt;, deep/er and one; both link to C y"),
        ("D", "shares one"),
    ]
    assert re.search(r'<a href="c.html">C <math aria-label=', site.page("a.html"))


def test_two_works_under_one_key_relate_nobody(site: SiteMaker) -> None:
    site.write("notes/references.bib", "@article{k, title={One}, author={A}, year=2020}")
    site.write("notes/own.bib", "@article{k, title={Another}, author={A}, year=2020}")
    site.note("a", "Said [@k].", title="A")
    site.note("b", "Said too [@k].", title="B", bibliography="own.bib")
    site.build()
    assert 'class="entry-why"' not in site.page("a.html")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", "en commun\u00a0: u, v et w\u00a0; toutes deux renvoient à C"),
        ("ar", "تشتركان في u، v وw؛ كلتاهما تحيل إلى C"),
    ],
)
def test_reasons_are_listed_as_the_language_does(
    site: SiteMaker, language: str, expected: str
) -> None:
    for name in "ab":
        site.note(name, "[[c]]", language=language, tags="[u, v, w]")
    site.note("c", "x", title="C")
    site.build()
    (line,) = re.findall(r'<p class="entry-why">(.*?)</p>', site.page("a.html"))
    assert re.sub("<.*?>", "", line) == expected


def test_notes_that_cite_the_same_are_related(site: SiteMaker) -> None:
    site.write("notes/references.bib", "@article{k, title={The <Work>}, author={A}, year=2020}")
    site.note("a", "Said [@k].", title="A")
    site.note("b", "Said too [@k].", title="B")
    site.build()
    assert [name for name, _ in related(site, "a.html")] == ["B"]
    assert related(site, "a.html")[0][1].startswith("both cite The &lt;Work&gt;")


def test_what_a_hundred_notes_share_relates_none(site: SiteMaker) -> None:
    for number in range(101):
        site.note(f"n{number:03}", tags="[common]")
    site.build()
    assert "Related notes" not in site.page("n000.html")


# Revisions


def test_recently_revised_notes_are_listed_first(site: SiteMaker) -> None:
    site.note("a", date="2020-01-01", updated="2026-02-01", title="A", summary="Said once.")
    site.note("b", date="2021-01-01", updated="2026-03-01", title="B")
    site.note("c", date="2022-01-01", title="C")
    site.build()
    revised = part(site.page("all.html"), "Recently revised</h2>", "</section>")
    assert re.findall(r'class="entry-title"[^>]*>(\w)<', revised) == ["B", "A"]
    assert '<time datetime="2026-03-01">' in revised
    assert site.page("all.html").count('<p class="entry-summary">Said once.') == 1
    assert "Said once" not in revised


def test_nothing_revised_is_not_listed(site: SiteMaker) -> None:
    site.note("a", date="2020-01-01")
    site.build()
    assert "Recently revised" not in site.page("all.html")


def committed(site: SiteMaker, message: str, day: str) -> None:
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@b.c"]
    if not (site.root / ".git").exists():
        subprocess.run([*git, "init", "-q"], cwd=site.root, check=True)
    subprocess.run([*git, "add", "."], cwd=site.root, check=True)
    subprocess.run(
        [*git, "commit", "-q", "-m", message, f"--date={day}T12:00:00"],
        cwd=site.root, check=True,
    )  # fmt: skip


def changes_of(site: SiteMaker, name: str) -> list[tuple[str, str]]:
    """The days and the messages that the page of a note tells."""
    box = part(site.page(f"{name}.html"), '<details class="changes">', "</details>")
    return re.findall(r'datetime="([^"]*)".*?change-subject">(.*?)</span>', box)


def test_what_changed_is_told_when_asked_for(site: SiteMaker) -> None:
    site.write("notesite.toml", "[site]\nchanges = true\n")
    site.note("a", "one")
    site.note("b", "one")
    committed(site, "Both\n\nbody", "2024-05-01")
    site.note("a", "two")
    committed(site, "Now with <b> & more", "2024-06-01")
    site.build()
    assert changes_of(site, "a") == [
        ("2024-06-01", "Now with &lt;b&gt; &amp; more"), ("2024-05-01", "Both"),
    ]  # fmt: skip
    assert site.page("b.html").count("change-subject") == 1
    site.write("notesite.toml", "")
    site.build()
    assert "change-subject" not in site.page("a.html")
    assert '<time datetime="2024-06-01">' in site.page("a.html")


def test_a_new_commit_alone_is_a_change_of_the_build(site: SiteMaker) -> None:
    site.write("notesite.toml", "[site]\nchanges = true\ngit_dates = false\n")
    site.note("a", "one")
    committed(site, "First", "2024-05-01")
    site.build(cached=True)
    committed_again = ["git", "-c", "user.name=A", "-c", "user.email=a@b.c"]
    subprocess.run(
        [*committed_again, "commit", "-q", "--amend", "-m", "Better said"],
        cwd=site.root, check=True,
    )  # fmt: skip
    site.build(cached=True)
    assert "Better said" in site.page("a.html")


def test_a_note_keeps_its_history_where_it_is_moved(site: SiteMaker) -> None:
    site.write("notesite.toml", "[site]\nchanges = true\n")
    text = "".join(f"Line {number}.\n\n" for number in range(20))
    site.note("old", text)
    site.note("a name", "Of another note.")
    committed(site, "First", "2024-05-01")
    site.note("old", f"{text}One more.")
    committed(site, "Second", "2024-06-01")
    (site.root / "notes/old.md").rename(site.root / "notes/möved.md")
    (site.root / "notes/a name.md").unlink()
    committed(site, "Moved", "2024-07-01")
    (site.root / "notes/möved.md").rename(site.root / "notes/a name.md")
    site.note("a name", f"{text}One more, and another.")
    committed(site, "Moved and changed", "2024-08-01")
    site.note("old", "A new one under the old name.")
    committed(site, "Again", "2024-09-01")
    site.build()
    assert changes_of(site, "a-name") == [
        ("2024-08-01", "Moved and changed"), ("2024-06-01", "Second"), ("2024-05-01", "First"),
    ]  # fmt: skip
    assert 'article:published_time" content="2024-05-01' in site.page("a-name.html")
    assert changes_of(site, "old") == [("2024-09-01", "Again")]


# Streams

STREAM = """
[site]
git_dates = false
[[sections]]
id = "margins"
title = "Margins"
style = "stream"
[[folders]]
path = "margins/**"
section = "margins"
"""


def test_a_stream_shows_whole_texts_with_permalinks(site: SiteMaker) -> None:
    site.write("notesite.toml", STREAM)
    text = "First[^1] $$x = 1 \\label{eq} \\tag{1}$$\n\n## Head\n\nSee [[#Head]].\n\n[^1]: Said."
    site.note("margins/a", text, date="2024-01-01", title="Old")
    site.note("margins/b", text + "\n\n```mermaid\ngraph TD; A-->B\n```", date="2025-01-01",
              title="New $y$", tags="[t]")  # fmt: skip
    assert codes(site.build()) == []
    page = site.page("margins/index.html")
    assert page.count('<article class="thought"') == 2
    assert page.index("New <math") < page.index(">Old</a>")
    assert re.search(r'<a href="b.html">New <math aria-label=', page)
    assert '<time datetime="2025-01-01">' in page
    assert page.count("Said.") == 2
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert '<h3 id="embed-1-head"' in page
    assert 'href="#embed-1-head"' in page
    assert "mermaid.js" in page
    assert "Said." in site.page("margins/a.html")


def test_an_edit_of_a_text_reaches_its_stream(site: SiteMaker) -> None:
    site.write("notesite.toml", STREAM)
    site.note("margins/a", "Before.")
    site.build(cached=True)
    site.note("margins/a", "After.")
    site.build(cached=True)
    assert "After." in site.page("margins/index.html")


@pytest.mark.parametrize("style", ["streams", ""])
def test_there_are_two_styles_of_sections(site: SiteMaker, style: str) -> None:
    site.write("notesite.toml", f'[[sections]]\nid = "a"\nstyle = "{style}"\n')
    (problem,) = site.build().diagnostics
    assert (problem.code, problem.hints) == ("config-value", ("list or stream",))


def test_tag_pages_show_formulas_in_summaries(site: SiteMaker) -> None:
    site.note("a", tags="[t]", summary="'With $x^2$ in [[b|it]]'")
    site.note("b")
    site.build()
    assert '<p class="entry-summary">With <math' in site.page("tags/t.html")
    assert '<a href="../b.html">it</a>' in site.page("tags/t.html")
