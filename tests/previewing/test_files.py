"""The files of previews: for each note that is linked to, what is referred to and nothing else."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from notesite import markup
from notesite.building import Builder, BuildOptions
from notesite.model import PlannedPage
from notesite.remaking import Maker
from tests.conftest import SiteMaker, codes

LONG = "## First\n\nOne $x$. ^blk\n\n## Second\n\nTwo, as in [[#First]].\n\n$$a \\label{eq-a}$$\n"


def parts_of(site: SiteMaker, path: str) -> dict[str, Any]:
    text = site.page(f"previews/{path}.js")
    head, tail = 'document.dispatchEvent(new CustomEvent("notesite:preview",{detail:', "}));\n"
    assert text.startswith(head)
    assert text.endswith(tail)
    told = json.loads(text.removeprefix(head).removesuffix(tail))
    assert told["url"] == f"{path}.html"
    parts: dict[str, Any] = told["parts"]
    return parts


def test_a_file_holds_what_other_notes_refer_to(site: SiteMaker) -> None:
    site.note("sub/a", LONG, title="A")
    site.note("b", "[[a#Second]], [[a#^blk]] and [[a#eq-a]].", title="B")
    assert codes(site.build()) == []
    parts = parts_of(site, "sub/a")
    assert set(parts) == {"", "second", "^blk", "eq-a"}
    assert parts["second"].startswith("<h2>Second")
    assert 'href="sub/a.html#first"' in parts["second"]
    assert parts["^blk"].startswith("<p>One <span")
    assert parts[""].startswith('<p class="preview-title">A</p>')


def test_very_many_parts_are_in_further_files(site: SiteMaker) -> None:
    names = sorted(f"thm-{number}" for number in range(120))
    text = "".join(f"::: theorem {{#{name}}}\nOf {name}.\n:::\n\n" for name in names)
    site.write("notes/a.md", f"# A\n\nAbout it.\n\n{text}")
    site.note("b", "Small: [[a]] and @thm-7.", title="B")
    assert codes(site.build()) == []
    paths = sorted(path for path in site.outputs() if path.startswith("previews/a"))
    assert paths == ["previews/a.js", "previews/a~1.js", "previews/a~2.js", "previews/a~3.js"]
    told = [
        json.loads(each)
        for path in paths
        for each in re.findall(r"detail:(.*)}\)\);", site.page(path))
    ]
    assert set(told[0]["parts"]) == {""}
    assert told[0]["begins"] == [names[0], names[48], names[96]]
    assert [each.get("file", 0) for each in told] == [0, 1, 2, 3]
    assert [name for each in told[1:] for name in each["parts"]] == names
    assert "Of thm-7." in told[2]["parts"]["thm-7"]


def test_a_note_is_read_once_for_all_its_files(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    class Counting(markup.Elements):
        def __init__(self, html: str) -> None:
            super().__init__(html)
            read.append(len(html))

    monkeypatch.setattr(markup, "Elements", Counting)
    results = (f"::: theorem {{#thm:r{n}}}\nOf {n}.\n:::\n\n" for n in range(400))
    site.note("a", "".join(results))
    assert codes(site.build()) == []
    assert "previews/a~9.js" in site.outputs()
    assert len(read) == 1


def test_a_note_that_nobody_links_to_has_no_file(site: SiteMaker) -> None:
    site.note("a", LONG)
    site.build()
    assert not [path for path in site.outputs() if path.startswith("previews/")]


def test_a_file_holds_what_the_pages_of_results_and_notation_lead_to(site: SiteMaker) -> None:
    macro = "macros: {KL: {body: 'K', description: 'a divergence'}}\n"
    text = "Opening.\n\n::: lemma {#lem-a}\nLet $\\KL$ be.\n:::\n\n::: proof\nSo it is.\n:::"
    site.write("notes/a.md", f"---\n{macro}---\n{text}")
    assert codes(site.build()) == []
    parts = parts_of(site, "a")
    assert set(parts) == {"", "lem-a", "symbol:KL"}
    assert "So it is." not in parts["lem-a"]
    assert 'href="a.html#lem-a"' in site.page("results.html")
    assert 'href="a.html#symbol:KL"' in site.page("notation.html")


def test_a_summary_stands_for_a_note(site: SiteMaker) -> None:
    site.note("a", "Body.", title="A", summary="About $x$.")
    site.note("b", "[[a]]")
    site.build()
    face = parts_of(site, "a")[""]
    assert "<p>About <span" in face
    assert "Body." not in face


def test_a_summary_is_shown_without_asking_for_the_text(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.note("a", "Body.", title="A", summary="About.")
    site.note("b", "[[a]]")
    builder = Builder(BuildOptions(index_later=True), site.root)
    builder.build()
    made: list[str] = []
    make = Maker.make

    def watched(maker: Maker, page: PlannedPage) -> bytes | None:
        made.append(page.path)
        return make(maker, page)

    monkeypatch.setattr(Maker, "make", watched)
    site.note("a", "Other body.", title="A", summary="About.")
    builder.build()
    assert "a.html" in made
    assert "previews/a.js" not in made


def test_previews_can_be_turned_off(site: SiteMaker) -> None:
    site.write("notesite.toml", "[site]\ngit_dates = false\n[theme]\npreviews = false\n")
    site.note("a", "Body.")
    site.note("b", "[[a]]")
    site.build()
    assert not [path for path in site.outputs() if path.startswith("previews/")]
    assert "data-previews" not in site.page("b.html")


def test_a_file_follows_its_note_and_who_refers_to_it(site: SiteMaker) -> None:
    site.note("a", LONG, title="A")
    site.note("b", "[[a]]", title="B")
    site.note("c", "text", title="C")
    builder = Builder(BuildOptions(index_later=True), site.root)
    builder.build()
    site.note("c", "other text", title="C")
    assert "previews/a.js" not in builder.build().written
    site.note("c", "[[a#Second]]", title="C")
    assert "previews/a.js" in builder.build().written
    assert set(parts_of(site, "a")) == {"", "second"}
    site.note("a", LONG.replace("Two", "Zwei"), title="A")
    assert "previews/a.js" in builder.build().written
    assert "Zwei" in parts_of(site, "a")["second"]


def test_text_of_notes_cannot_leave_the_script(site: SiteMaker) -> None:
    site.note("a", '`</script>` \u2028 "quoted" \\back', title="'</script>'")
    site.note("b", "[[a]]")
    site.build()
    assert "&lt;/script&gt;" in parts_of(site, "a")[""]
    assert site.page("previews/a.js").count("\n") == 1
