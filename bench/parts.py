"""The parts that notesite is made of, alone: what no site generator of these parts is faster than.

Called in a folder with `notes`: reads each note by markdown-it-py with dollars and tables, converts
each formula by math-core, colours code by Pygments, and writes the HTML, with as many processes as
there are processors. There are no links, no numbers, no diagnostics, no templates, and no cache.
"""

from __future__ import annotations

import multiprocessing
import os
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from math_core import LatexError, LatexToMathML
from mdit_py_plugins.dollarmath import dollarmath_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound


@cache
def _reader() -> MarkdownIt:
    converter = LatexToMathML()

    def mathml(tex: str, options: dict[str, bool]) -> str:
        try:
            return converter.convert_with_local_state(tex, displaystyle=options["display_mode"])
        except LatexError as error:
            return str(error)

    reader = MarkdownIt("commonmark", {"highlight": _coloured}).enable("table")
    return reader.use(dollarmath_plugin, renderer=mathml, double_inline=True)


def _coloured(code: str, language: str, _attributes: str) -> str:
    try:
        return highlight(code, get_lexer_by_name(language), HtmlFormatter())
    except ClassNotFound:
        return ""


def make(note: Path) -> None:
    """Write one note's HTML into the folder `output`."""
    html = _reader().render(note.read_text(encoding="utf-8"))
    (Path("output") / f"{note.stem}.html").write_text(html, encoding="utf-8")


def main() -> None:
    notes = sorted(Path("notes").glob("*.md"))
    Path("output").mkdir(exist_ok=True)
    jobs = os.cpu_count() or 1
    with multiprocessing.Pool(jobs) as pool:
        pool.map(make, notes, chunksize=max(1, len(notes) // (8 * jobs)))


if __name__ == "__main__":
    main()
