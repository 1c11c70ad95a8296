"""The benchmark: what it writes, without its times."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from bench.corpus import Corpus, Shape
from bench.peers import NOTESITE, PARTS, PEERS
from bench.plot import curve
from bench.report import page
from bench.running import Run, Series, build

from notesite.config import Config
from notesite.markdown.note import NoteParser
from notesite.math import MathSettings
from notesite.model import Source

if TYPE_CHECKING:
    from pathlib import Path


def series(peer: str, notes: int, seconds: float, kind: str = "cold", *, done: bool = True):
    return Series(peer, notes, kind, (Run(seconds, 2 * seconds, 100 if done else 0, done),))


FOUND = [
    series("notesite", 10, 1.0), series("notesite", 100, 8.0),
    series("Hugo, no math", 10, 0.5), series("Hugo, no math", 100, 2.0),
    series("Hugo, math", 10, 60.0, done=False),
    series("notesite", 10, 0.2, "unchanged"), series("notesite", 10, 0.4, "one edit"),
]  # fmt: skip


def test_a_corpus_is_the_same_for_a_seed(tmp_path: Path) -> None:
    for name in ("a", "b"):
        Corpus(3, seed=7).write(tmp_path / name)
    for file in sorted((tmp_path / "a").iterdir()):
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()


def test_a_corpus_has_the_shape_asked_for_and_no_faults(tmp_path: Path) -> None:
    Corpus(2, shape=Shape(sections=2, paragraphs=1, formulas=3, displays=1, rows=2)).write(tmp_path)
    text = (tmp_path / "note-0.md").read_text(encoding="utf-8")
    parser = NoteParser(Config().markdown, MathSettings())
    note = parser.parse(Source("note-0.md", "note-0.md", text, ""))
    assert note.diagnostics == ()
    assert note.formulas == 2 * (3 + 3 + 1 + 1)


def test_notesite_builds_its_site(tmp_path: Path) -> None:
    NOTESITE.prepare(tmp_path, 2, Shape(sections=1))
    assert build(NOTESITE, tmp_path, limit=120).is_done
    assert (tmp_path / "output" / "note-1.html").is_file()
    NOTESITE.wipe(tmp_path)
    assert not (tmp_path / "output").exists()


def test_the_parts_alone_write_each_note_with_its_formulas(tmp_path: Path) -> None:
    PARTS.prepare(tmp_path, 2, Shape(sections=1))
    assert build(PARTS, tmp_path, limit=120).is_done
    written = (tmp_path / "output" / "note-1.html").read_text(encoding="utf-8")
    assert "<math" in written
    assert '<div class="highlight">' in written


def test_the_page_has_ratios_and_says_what_took_too_long() -> None:
    text = page(FOUND, rounds=3, missing=[PEERS[-1]])
    assert "| notesite | MathML, at build time | 1.00 s (2.0 ×, 2.0 s CPU, 100 MiB) |" in text
    assert "over 60 s" in text
    assert "| notes | notesite: nothing changed | notesite: one note edited |" in text
    assert "| 10 | 0.20 s | 0.40 s |" in text
    assert "Not there when this was measured: Sphinx, MyST." in text


def test_the_curve_is_a_picture_with_a_line_for_each() -> None:
    root = ET.fromstring(curve([each for each in FOUND if each.kind == "cold" and each.is_done]))
    names = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"notesite", "Hugo, no math", "notes", "seconds"} <= set(names)
