"""Notes made up for benchmarks, the same for one seed.

They keep to what every generator reads: front matter in YAML, links of Markdown, formulas between
dollars, code in fences.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FORMULAS = (
    r"\frac{%s}{%s+1}",
    r"\sum_{i=1}^{%s} %s_i^2",
    r"\int_0^1 f_{%s}(%s)\,dx",
    r"\lVert %s \rVert_{%s}",
    r"\mathbb{E}[X_{%s}^{%s}]",
    r"\alpha_{%s} \le \beta^{%s}",
    r"A_{%s}B^\top_{%s}",
    r"\sqrt{%s^2 + %s^2}",
    r"\hat\theta_{%s} \to \theta_{%s}",
    r"\log\left(1+\frac{%s}{%s}\right)",
)
WORDS = [
    "the",
    "of",
    "gradient",
    "flow",
    "converges",
    "to",
    "limit",
    "matrix",
    "kernel",
    "width",
    "depth",
    "loss",
    "with",
    "under",
    "when",
    "bound",
    "norm",
    "operator",
    "spectral",
    "measure",
    "random",
    "variable",
    "proof",
    "lemma",
    "follows",
    "by",
    "induction",
    "compact",
    "space",
]


@dataclass(frozen=True)
class Shape:
    """What a note is like; the default has some 20 KB and 250 formulas, nearly all different.

    `formulas` is how many stand in a paragraph, `displays` and `rows` how many a section displays
    and aligns, `links` how many other notes a paragraph links to.
    """

    sections: int = 8
    paragraphs: int = 4
    formulas: int = 5
    displays: int = 3
    rows: int = 4
    links: int = 1


class Corpus:
    """`count` notes of one shape."""

    def __init__(self, count: int, seed: int = 1, shape: Shape | None = None) -> None:
        self._count = count
        self._random = random.Random(seed)
        self._shape = shape or Shape()

    def write(self, folder: Path, *, index: str = "index.md") -> None:
        """Write the notes, and a first page of the name `index`, into `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / index).write_text("---\ntitle: Bench\n---\n\nNotes.\n", encoding="utf-8")
        for number in range(self._count):
            (folder / f"note-{number}.md").write_text(self._note(number), encoding="utf-8")

    def _note(self, number: int) -> str:
        head = (
            f"---\ntitle: Note {number} on {self._words(2)}\n"
            f"tags: [tag{number % 40}, tag{number % 7}]\nsummary: {self._words(8)}\n"
            f"date: 2024-0{number % 9 + 1}-{number % 27 + 1:02}\n---\n"
        )
        code = "```python\ndef f(x):\n    return x**2  # square\n```\n"
        sections = (self._section() for _ in range(self._shape.sections))
        return "\n".join((head, *sections, code))

    def _section(self) -> str:
        shape = self._shape
        paragraphs = (self._paragraph() for _ in range(shape.paragraphs))
        displays = (
            f"$$\n{self._formula()} = {self._formula()}\n$$\n" for _ in range(shape.displays)
        )
        rows = [f"{self._formula()} &= {self._formula()}" for _ in range(shape.rows)]
        lines = " \\\\\n".join(rows)
        aligned = f"$$\n\\begin{{align}}\n{lines}\n\\end{{align}}\n$$\n" if rows else ""
        items = (f"- {self._words(6)} ${self._formula()}$" for _ in range(shape.formulas))
        return "\n".join(
            (f"## {self._words(3)}\n", *paragraphs, *displays, aligned, "\n".join(items), "")
        )

    def _paragraph(self) -> str:
        formulas = [f"{self._words(7)} ${self._formula()}$" for _ in range(self._shape.formulas)]
        links = [self._link() for _ in range(self._shape.links)]
        return ", ".join([*formulas, *links, self._words(7)]) + ".\n"

    def _link(self) -> str:
        number = self._random.randrange(self._count)
        return f"[{self._words(2)}](note-{number}.md)"

    def _words(self, count: int) -> str:
        return " ".join(self._random.choice(WORDS) for _ in range(count))

    def _formula(self) -> str:
        letter = self._random.choice("abcdexyzuvw") + str(self._random.randint(1, 999))
        return self._random.choice(FORMULAS) % (letter, self._random.choice("mnpqrst"))
