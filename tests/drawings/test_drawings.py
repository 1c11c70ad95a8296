"""Drawings of Excalidraw: read from a note, decompressed, drawn; whatever their data may be."""

from __future__ import annotations

import contextlib
import json
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notesite.drawings import DrawingError, back_of, draw, read_drawing
from notesite.drawings.lz_string import LzStringError, decompress
from notesite.markdown.note import NoteParser
from tests.conftest import SiteMaker, codes, html_of, parse
from tests.drawings.lz_writer import compress

SHAPE = {"x": 0, "y": 0, "width": 80, "height": 40, "strokeColor": "#1e1e1e"}
ELEMENTS = [
    {**SHAPE, "type": "rectangle", "backgroundColor": "#ffc9c9", "roundness": {"type": 3}},
    {**SHAPE, "type": "ellipse", "x": 100, "fillStyle": "hachure", "backgroundColor": "#b2f2bb"},
    {**SHAPE, "type": "diamond", "angle": 0.5, "opacity": 40, "strokeStyle": "dashed"},
    {**SHAPE, "type": "arrow", "points": [[0, 0], [50, 10], [90, 0]], "endArrowhead": "arrow"},
    {**SHAPE, "type": "line", "points": [[0, 0], [9, 9]], "strokeSharpness": "round"},
    {**SHAPE, "type": "freedraw", "points": [[0, 0], [1, 5], [9, 9]]},
    {**SHAPE, "type": "text", "text": "a <b>\n& c", "fontSize": 20, "textAlign": "center"},
    {**SHAPE, "type": "image", "fileId": "0123456789abcdef"},
    {**SHAPE, "type": "text", "text": "struck out", "isDeleted": True},
]


def note(elements: object = ELEMENTS, *, is_packed: bool = False, back: str = "") -> str:
    data = json.dumps({"type": "excalidraw", "elements": elements})
    fence = f"compressed-json\n{compress(data)}" if is_packed else f"json\n{data}"
    return (
        "---\n\nexcalidraw-plugin: parsed\ntags: [excalidraw]\n\n---\n"
        "==⚠  Switch to EXCALIDRAW VIEW in the MORE OPTIONS menu of this document. ⚠== …\n\n"
        f"{back}\n# Excalidraw Data\n\n## Text Elements\na <b>\n& c ^Ymxmlz80\n\n"
        "## Embedded Files\n0123456789abcdef: [[pic.png]]\n\n"
        f"%%\n## Drawing\n```{fence}\n```\n%%\n"
    )


def test_every_shape_is_drawn() -> None:
    svg = draw(read_drawing(note()), "N & M", lambda file: f"to/{file}")
    root = ET.fromstring(svg)
    assert root.get("aria-label") == "N & M: a <b> & c"
    shapes = re.findall(r"<(rect|ellipse|polygon|path|polyline|text|image) ", svg)
    assert shapes == [
        "rect", "ellipse", "polygon", "path", "polyline", "path", "path", "text", "image",
    ]  # fmt: skip
    assert 'href="to/pic.png"' in svg
    assert 'transform="rotate(28.65 40 20)" opacity="0.4"' in svg
    assert "struck" not in svg
    assert root.get("viewBox") == "-16.69 -28.73 208.69 97.46"


def test_a_note_that_is_a_drawing_is_its_picture(parser: NoteParser) -> None:
    for is_packed in (False, True):
        found = parse(parser, note(is_packed=is_packed))
        assert html_of(found).startswith('<figure><svg class="drawing"')
        assert "Switch to" not in html_of(found)
        assert "Text Elements" not in html_of(found)
        assert found.diagnostics == ()
        assert found.comments is None


def test_the_back_of_a_drawing_is_text(parser: NoteParser) -> None:
    found = parse(parser, note(back="Said of it: $\\nix$.\n"))
    assert "Said of it" in html_of(found)
    (problem,) = found.diagnostics
    assert problem.span is not None
    assert (problem.code, problem.span.start.line) == ("math-unknown-command", 9)
    assert back_of("a\n# Drawing\nb\nc") == "a\n\n\n"
    assert back_of("a\n%%\nb\n%%\nc\n%%\n# Drawing\n%%") == "a\n%%\nb\n%%\nc\n\n\n"


def test_a_text_with_a_drawing_behind_it_is_a_text(parser: NoteParser) -> None:
    text = note(back="Seen in ![[d.svg]]:\n\nA text.\n").replace(
        "excalidraw-plugin: parsed", "excalidraw-plugin: parsed\nexcalidraw-open-md: true"
    )
    html = html_of(parse(parser, text))
    assert "A text." in html
    assert "<svg" not in html
    assert "Excalidraw Data" not in html


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("---\nexcalidraw-plugin: parsed\n---\nnothing", "no data of a drawing"),
        (note().replace('"elements"', '"things"'), "no elements"),
        (note().replace("{", "", 1).replace('{"type": "excalidraw"', "oops"), "no JSON"),
        (note(is_packed=True).replace("compressed-json\nN", "compressed-json\n-N"), "decompressed"),
    ],
)
def test_what_cannot_be_read_is_told_of(parser: NoteParser, text: str, why: str) -> None:
    (problem,) = parse(parser, text).diagnostics
    assert (problem.code, problem.severity.value) == ("drawing-unreadable", "warning")
    assert why in problem.message


def test_a_drawing_is_embedded_as_a_picture(site: SiteMaker) -> None:
    site.write("notes/d.excalidraw.md", note())
    site.write("notes/pic.png", "x")
    site.note("a", "![[d.excalidraw]]\n\n![[d.excalidraw|102]]\n\n![[d.excalidraw#^frame=x]]")
    site.note("b", "See [[d.excalidraw]].")
    assert codes(site.build()) == []
    page = site.page("a.html")
    assert page.count('<svg class="drawing"') == 3
    assert 'width="208.69" height="97.46"' in page
    assert 'width="102" height="48"' in page
    assert 'href="pic.png"' in page
    assert '<a href="d-excalidraw.html">d</a>' in site.page("b.html")


def test_a_drawing_kept_apart_from_notes_is_no_page(site: SiteMaker) -> None:
    site.write("notes/d.excalidraw", "{}")
    site.note("a", "![[d.excalidraw]]")
    assert codes(site.build()) == ["obsidian-file", "file-skipped"]


def test_strangers_drawings_are_safe(site: SiteMaker) -> None:
    site.write("notesite.toml", "[markdown]\nhtml = false\n")
    bad = {**SHAPE, "type": "text", "text": "</svg><script>x()</script>", "strokeColor": '"><b>'}
    site.write("notes/d.excalidraw.md", note([bad, *ELEMENTS]))
    site.build()
    page = site.page("d-excalidraw.html")
    assert "<script>x" not in page
    assert "<ellipse" in page
    assert 'stroke-dasharray="8 6"' in page


NUMBERS = st.one_of(st.none(), st.floats(), st.integers(), st.text(max_size=3), st.booleans())


@settings(deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "type": st.sampled_from(["rectangle", "arrow", "line", "text", "image", "x"]),
                "x": NUMBERS, "y": NUMBERS, "width": NUMBERS, "angle": NUMBERS,
                "points": st.one_of(NUMBERS, st.lists(st.lists(NUMBERS, max_size=3), max_size=4)),
                "text": st.one_of(NUMBERS, st.text(max_size=9)), "endArrowhead": NUMBERS,
                "strokeColor": st.one_of(NUMBERS, st.text(max_size=9)), "fontSize": NUMBERS,
            }
        ),
        max_size=5,
    )
)  # fmt: skip
def test_any_element_is_drawn_or_passed_over(elements: list[dict[str, object]]) -> None:
    text = note(elements)
    svg = draw(read_drawing(text), "x", lambda file: file)
    # Control characters are the note's: they never come so far.
    if not re.search("[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]", svg):
        ET.fromstring(svg)
    assert "nan" not in svg
    assert "inf" not in svg.replace("xmlns", "")


@settings(deadline=None)
@given(st.text(max_size=300))
def test_what_lz_string_wrote_is_read(text: str) -> None:
    assert decompress(compress(text)) == text


@settings(deadline=None)
@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij0123456789+/=\n", max_size=200))
def test_any_digits_are_read_or_refused(digits: str) -> None:
    with contextlib.suppress(LzStringError):
        decompress(digits)


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notesite.drawings.lz_string.LONGEST", 5_000)
    assert decompress(compress("a" * 4_000)) == "a" * 4_000
    with pytest.raises(LzStringError, match="characters"):
        decompress(compress("a" * 6_000))


def test_the_plugin_writes_the_same() -> None:
    """The beginning of a drawing as the plugin saved it; what is written here is read above."""
    text = (
        '{\n\t"type": "excalidraw",\n\t"version": 2,\n\t"source": "https://github.com/zsviczian/'
        "obsidian-excalidraw-plugin/releases/tag/"
    )
    saved = (
        "N4KAkARALgngDgUwgLgAQQQDwMYEMA2AlgCYBOuA7hADTgQBuCpAzoQPYB2KqATLZMzYBXUtiRoIACyhQ4zZAHoF"
        "Ac0JRJQgEYA6bGwC2CgF7N6hbEcK4"
    )
    assert compress(text).startswith(saved)


def test_errors_are_of_one_kind() -> None:
    with pytest.raises(DrawingError):
        read_drawing("```json\n[1]\n```")
