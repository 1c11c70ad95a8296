"""A vault to try rules in, and the rules, each with the page of Obsidian's help it is from."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

from notesite.building import Builder, BuildOptions


@dataclass(frozen=True)
class Rule:
    """What a note `text` shows by the section `heading` of the help's page `page`.

    `shows` are pieces of the page's HTML with formulas cut down to `MATH`, `hides` what must not be
    there, `codes` the diagnostics in the note, in order.
    """

    page: str
    heading: str
    text: str
    shows: tuple[str, ...]
    hides: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.page}, {self.heading}: {self.text[:40]!r}"


def png(width: int, height: int) -> bytes:
    """A black picture of that size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (width + 1) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


NOTES = {
    "Three laws of motion.md": """\
Opening.

## First law

Inertia.

## Second law

Force.

### In numbers

$F = ma$

## Third law

If I have seen further. ^quote-of-the-day

- one
- two

^my-list-id

> quoted

^a-quote

| a |
|---|
| b |

^a-table

- item ^item-1
- other
""",
    "My note.md": "## Heading 1\n\n### Heading 2\n\n## Heading 3\n\n### Heading 2\n",
    "Equations.md": "$$\nE = mc^2\n$$ ^eq-energy\n",
    "Folder/Deep note.md": "Deep.",
    "Folder/Sub/Deeper note.md": "Deeper.",
    "Folder/Here.md": "[[./Deep note]] [[../My note]] [[Twin]]",
    "Twin.md": "The shallow one.",
    "Folder/Twin.md": "The deep one.",
    "Artificial Intelligence.md": '---\naliases: [AI, "Künstliche Intelligenz"]\n---\nText.',
    "Plans; a, b & c's (d) = 50% 🙂.md": "Odd.",
    "v1.2 notes.md": "Dots.",
    # Decomposed, as macOS writes it.
    "Cafe\u0301.md": "Accent.",
    "Draft.md": "---\ndraft: true\n---\nNo.",
    "Board.canvas": "{}",
}
FILES = {
    "Attachments/Engelbart.png": png(200, 100),
    "Attachments/Figure 1.png": png(20, 10),
    "Document.pdf": b"%PDF-1.4",
    "Excerpt (1968).ogg": b"OggS",
    "Video clip.mp4": b"mp4",
}


@dataclass
class Tried:
    """The pages and the diagnostics of the notes that hold the rules' texts, by their number."""

    pages: list[str]
    codes: list[tuple[str, ...]]


def try_rules(root: Path, rules: list[Rule]) -> Tried:
    """Build a vault with a note per rule."""
    texts = {path: text.encode() for path, text in NOTES.items()}
    for path, content in {**texts, **FILES}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    for number, rule in enumerate(rules):
        (root / f"rule-{number}.md").write_bytes(rule.text.encode())
    report = Builder(BuildOptions(keep_going=True), root).build()
    found = [
        tuple(each.code for each in report.diagnostics if each.file == f"rule-{number}.md")
        for number in range(len(rules))
    ]
    return Tried([article(root / f"output/rule-{n}.html") for n in range(len(rules))], found)


def article(file: Path) -> str:
    """The note of a page: no navigation, no anchors of headings, formulas cut down to `MATH`."""
    html = file.read_text(encoding="utf-8") if file.exists() else ""
    body = re.search(r'<article class="note.*?</article>', html, re.DOTALL)
    text = body[0].partition('<footer class="note-end">')[0] if body else ""
    text = re.sub(r"<math.*?</math>", "MATH", text, flags=re.DOTALL)
    text = re.sub(r' <a class="heading-anchor".*?</a>', "", text)
    return re.sub(r"\s+", " ", text)


def check(rule: Rule, page: str, codes: tuple[str, ...]) -> None:
    """Assert that a page shows what the rule says."""
    assert [piece for piece in rule.shows if piece not in page] == [], page
    assert [piece for piece in rule.hides if piece in page] == [], page
    assert codes == rule.codes, page
