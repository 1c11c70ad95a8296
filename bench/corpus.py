"""Notes made up for benchmarks, the same for one seed: `python bench/corpus.py 1000 FOLDER`."""

from __future__ import annotations

import argparse
import random
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


class Corpus:
    """Notes of some 20 KB with 200 formulas, nearly all different, and 32 links to each other."""

    def __init__(self, count: int, seed: int = 1) -> None:
        self._count = count
        self._random = random.Random(seed)

    def write(self, folder: Path) -> None:
        """Write the site into `folder`: a configuration and its notes."""
        notes = folder / "notes"
        notes.mkdir(parents=True, exist_ok=True)
        settings = '[site]\ntitle = "Bench"\nbase_url = "https://a.example/"\ngit_dates = false\n'
        # Hugo, which it is measured against, makes no index.
        settings += "[search]\nenabled = false\n"
        (folder / "notesite.toml").write_text(settings, encoding="utf-8")
        for number in range(self._count):
            (notes / f"note-{number}.md").write_text(self._note(number), encoding="utf-8")

    def _note(self, number: int) -> str:
        head = (
            f"---\ntitle: Note {number} on {self._words(2)}\nsection: notes\n"
            f"tags: [tag{number % 40}, tag{number % 7}]\nsummary: {self._words(8)}\n"
            f"date: 2024-0{number % 9 + 1}-{number % 27 + 1:02}\n---\n"
        )
        code = "```python\ndef f(x):\n    return x**2  # square\n```\n"
        return "\n".join((head, *(self._section() for _ in range(8)), code))

    def _section(self) -> str:
        paragraphs = (self._paragraph() for _ in range(4))
        displays = (f"$$\n{self._formula()} = {self._formula()}\n$$\n" for _ in range(3))
        rows = (f"{self._formula()} &= {self._formula()}" for _ in range(4))
        aligned = "\\begin{align}\n" + " \\\\\n".join(rows) + "\n\\end{align}\n"
        items = (f"- {self._words(6)} ${self._formula()}$" for _ in range(5))
        parts = (f"## {self._words(3)}\n", *paragraphs, *displays, aligned, "\n".join(items), "")
        return "\n".join(parts)

    def _paragraph(self) -> str:
        formulas = (f"{self._words(7)} ${self._formula()}$" for _ in range(5))
        return f"{', '.join(formulas)} [[note-{self._random.randrange(self._count)}]].\n"

    def _words(self, count: int) -> str:
        return " ".join(self._random.choice(WORDS) for _ in range(count))

    def _formula(self) -> str:
        letter = self._random.choice("abcdexyzuvw") + str(self._random.randint(1, 999))
        return self._random.choice(FORMULAS) % (letter, self._random.choice("mnpqrst"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    Corpus(options.count).write(options.folder)


if __name__ == "__main__":
    main()
