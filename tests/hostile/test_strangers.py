"""With `markdown.html = false` a note by a stranger runs nothing, and our own markup is whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from bs4 import BeautifulSoup, Tag

from notesite.config import MarkdownConfig
from notesite.markdown.note import NoteParser
from notesite.markdown.sanitising import RESERVED_IDS, SCHEMES, is_safe_address
from notesite.math import MathSettings
from tests.conftest import SiteMaker, html_of, parse
from tests.hostile.strangers import FRONT_MATTER, NOTES
from tests.math.sheet import read_sheet

CONFIG = "[site]\ngit_dates = false\nbase_url = 'https://example.org/'\n[markdown]\nhtml = false\n"
ADDRESSED = ("href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcset")


@pytest.fixture(scope="module")
def strict() -> NoteParser:
    return NoteParser(MarkdownConfig(html=False), MathSettings())


def dangers(html: str) -> Iterator[str]:
    """What in a piece of a page could run, load a document, or be taken for the page's own."""
    for element in BeautifulSoup(f"<body>{html}", "html5lib").find_all(True)[3:]:
        assert isinstance(element, Tag)
        if element.name in {"script", "style", "object", "embed", "form", "base", "meta", "link"}:
            yield f"<{element.name}>"
        for name, value in element.attrs.items():
            text = " ".join(value) if isinstance(value, list) else str(value)
            if name.startswith("on") or name in {"style", "srcdoc", "name"}:
                yield f"{name}={text}"
            if name in ADDRESSED and not is_safe_address(text):
                yield f"{name}={text}"
            if name == "id" and text.startswith(RESERVED_IDS):
                yield f"id={text}"
        if element.name == "iframe":
            assert str(element["src"]).startswith("https://www.youtube-nocookie.com/")


@pytest.mark.parametrize("name", NOTES)
def test_a_strangers_note_holds_nothing_that_runs(strict: NoteParser, name: str) -> None:
    note = parse(strict, NOTES[name])
    assert list(dangers(html_of(note) + note.title.html)) == []


def test_front_matter_holds_nothing_that_runs(strict: NoteParser) -> None:
    note = parse(strict, f"---\n{FRONT_MATTER}---\nx")
    assert note.summary
    summary = "".join(piece for piece in note.summary.body if isinstance(piece, str))
    assert list(dangers(note.title.html + summary)) == []


def test_the_vectors_would_run_where_raw_html_is_let_through(parser: NoteParser) -> None:
    harmful = [name for name, text in NOTES.items() if any(dangers(html_of(parse(parser, text))))]
    assert len(harmful) > 30


def as_tree(html: str) -> list[str]:
    """A canonical form of HTML, as browsers read it."""
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return [
        f"<{each.tag} {sorted(each.attrib.items())}>{each.text or ''}...{each.tail or ''}"
        for each in tree.iter()
    ]


DIALECT = r"""
# A heading with $x^2$ {#own .class}

A paragraph with `code`, *emphasis*, ~~struck~~, ==marked==, H2O
and[^1] a note^[Another.]; [a link](https://example.org "title"), <https://example.org>, x@y.

> [!theorem] Riesz
> Every $$ \langle x, y \rangle = f(x) \label{eq:r} $$ as in \eqref{eq:r}.

> [!tip]- Folded
> - [x] done
> - [-] other

| a | b |
|:-:|--:|
| c | $\frac{1}{2}$ |

Term
: meaning

```python
def f(x: int) -> str: return "<b>"
```

```mermaid
graph TD; A --> B
```

![Alt $x$](https://example.org/a.png "Caption")

![](https://youtu.be/abcdefghijk?t=3)

3. three
4. four

$$\begin{tikzcd} A \arrow[r, "f", hook] \arrow[d, bend left, dashed] & B \\ C & D \end{tikzcd}$$

[^1]: The note.
"""


def test_our_own_markup_is_whole(strict: NoteParser, parser: NoteParser) -> None:
    assert as_tree(html_of(parse(strict, DIALECT))) == as_tree(html_of(parse(parser, DIALECT)))


def test_every_formula_is_whole(strict: NoteParser, parser: NoteParser) -> None:
    text = "\n\n".join(f"$${tex.strip('$')}$$" for group in read_sheet().values() for tex in group)
    assert as_tree(html_of(parse(strict, text))) == as_tree(html_of(parse(parser, text)))


@pytest.mark.parametrize(
    "note", sorted((Path(__file__).parents[2] / "notes").rglob("*.md")), ids=lambda path: path.stem
)
def test_notes_without_raw_html_are_the_same(
    strict: NoteParser, parser: NoteParser, note: Path
) -> None:
    text = note.read_text(encoding="utf-8")
    if "</" in text:
        pytest.skip("it holds raw HTML")
    assert as_tree(html_of(parse(strict, text))) == as_tree(html_of(parse(parser, text)))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a <b>b</b>", "<p>a &lt;b&gt;b&lt;/b&gt;</p>\n"),
        ("<div>\n\nx", "<p>&lt;div&gt;</p>\n<p>x</p>\n"),
        ("&lt;b&gt; &amp;lt;", "<p>&lt;b&gt; &amp;lt;</p>\n"),
    ],
)
def test_raw_html_is_text(strict: NoteParser, written: str, shown: str) -> None:
    assert html_of(parse(strict, written)) == shown


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_addresses_of_the_web_stay(strict: NoteParser, scheme: str) -> None:
    assert f'href="{scheme}:x"' in html_of(parse(strict, f"[a]({scheme}:x)"))


def test_marks_cannot_be_forged(strict: NoteParser) -> None:
    note = parse(strict, "[[a]] \ufdd20\ufdd3 \ufdd2999\ufdd3 \x001\x00")
    assert html_of(note).count("{note:a}") == 1


def write_strangers_site(site: SiteMaker) -> None:
    """The site of all hostile notes, and of one whose front matter and file name are hostile."""
    site.write("notesite.toml", CONFIG)
    for name, text in NOTES.items():
        site.write(f"notes/{name}.md", text)
    site.write("notes/<img src=x onerror=alert(1)>.md", f"---\n{FRONT_MATTER}---\n[[raw-1]]")
    site.write(
        "notes/shown.md", "![[<img src=x onerror=alert(1)>]]\n\n![[raw-1]]\n\n![[formula-5]]"
    )


def test_the_pages_of_strangers_hold_only_the_themes_scripts(site: SiteMaker) -> None:
    write_strangers_site(site)
    assert site.build(keep_going=True).is_published
    for path in site.outputs():
        if not path.endswith(".html"):
            continue
        page = BeautifulSoup(site.page(path), "html5lib")
        for script in page.find_all("script"):
            is_data = script.get("type") == "application/ld+json"
            assert is_data or "static/" in str(script.get("src", "")), (path, script)
            assert "owned" not in script.text or is_data
        for element in page.find_all(True):
            assert not any(name.startswith("on") for name in element.attrs), (path, element)
            for name in ADDRESSED:
                assert is_safe_address(str(element.get(name, ""))), (path, element)
