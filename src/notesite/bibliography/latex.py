"""LaTeX in the fields of BibTeX: accents and braces decoded, emphasis and formulas kept."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from notesite.bibliography.runs import Run, Text, merged, styled
from notesite.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DEEPEST = 40
"""Braces within braces that are read as LaTeX."""
LONGEST = 20_000
"""Characters of a field that are read as LaTeX."""
_STYLES = {
    "emph": "italic", "textit": "italic", "textsl": "italic", "mkbibemph": "italic",
    "textbf": "bold", "mkbibbold": "bold", "texttt": "code", "textsc": "caps",
    "textsuperscript": "sup", "textsubscript": "sub",
}  # fmt: skip
_OF_DOCUMENTS = frozenset({"title", "author", "date", "maketitle", "today"})
r"""Commands that pylatexenc remembers from one text to the next, or answers by the clock."""
_SWITCHES = {"em": "italic", "it": "italic", "itshape": "italic", "bf": "bold", "tt": "code",
             "bfseries": "bold", "sc": "caps", "scshape": "caps"}  # fmt: skip
_BARE = pattern(r"(?<!\\)([%&#])")
"""What LaTeX reads as more than a character, and people mean as one."""
_BLANKS = pattern(r"[ \t\r\n]+")
_MATH_MARKS = pattern(r"^(?:\$\$?|\\\(|\\\[)|(?:\$\$?|\\\)|\\\])$")
_WITHOUT_COMMANDS = pattern(r"(?:(?!'')[^\\$~%`#^&_<>])*")
_TWO_ACCENTS = pattern(r"""(\\[~^'`"=.])(\\[~^'`"=.](?:[A-Za-z]|\{[A-Za-z]\}))""")
r"""`\~\^e`, of which TeX makes ễ, and which pylatexenc reads as an accent on an accent."""
_LOGOS = {
    "TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2ε", "BibTeX": "BibTeX", "MF": "METAFONT",
    "XeTeX": "XeTeX", "LuaTeX": "LuaTeX", "pdfTeX": "pdfTeX",
}  # fmt: skip
_PLAIN_ADDRESS = pattern(r"\\([_%&#~{}])")


@lru_cache(maxsize=8192)
def read_latex(source: str) -> Text:
    r"""The text that `source` typesets; `{Braces}` keep their case, `$…$` stays TeX."""
    if _WITHOUT_COMMANDS.fullmatch(source):
        return _trimmed(_spaced(merged(tuple(_groups(source)))))
    if _is_excessive(source):
        return _plain(source)
    from pylatexenc.latexwalker import LatexWalker  # noqa: PLC0415 - only BibTeX needs it

    escaped = _TWO_ACCENTS.sub(r"\1{\2}", _BARE.sub(r"\\\1", source))
    walker = LatexWalker(escaped, latex_context=_commands(), tolerant_parsing=True)
    try:
        nodes = walker.get_latex_nodes()[0]
    except IndexError:
        # pylatexenc looks beyond the end for what is in a `\verb`.
        return _plain(source)
    return _trimmed(_spaced(merged(tuple(_runs(nodes)))))


def _plain(source: str) -> Text:
    """The source but for its braces."""
    return _trimmed(_spaced((Run(source.replace("{", "").replace("}", "")),)))


def _is_excessive(source: str) -> bool:
    """Whether it is too long or nested too deeply for a reader that calls itself."""
    depths = accumulate((mark == "{") - (mark == "}") for mark in source)
    return len(source) > LONGEST or max(depths, default=0) > DEEPEST


def _groups(source: str) -> Iterator[Run]:
    """The runs of a text without commands: what braces hold, and what not."""
    depth = 0
    for piece in re.split(r"([{}])", source):
        depth = max(depth + (piece == "{") - (piece == "}"), 0)
        if piece and piece not in "{}":
            shown = piece.replace("---", "—").replace("--", "–").replace("'", "’")
            yield Run(shown, "nocase" if depth else "")


def _spaced(runs: Text) -> Text:
    return tuple(
        run if run.style == "math" else Run(_BLANKS.sub(" ", run.text), run.style) for run in runs
    )


def read_words(source: str) -> str:
    """The same as plain characters, for names, numbers and publishers."""
    return "".join(run.text for run in read_latex(source))


def read_address(source: str) -> str:
    r"""A URL or DOI, whose `%` and `~` are its own, but where some write `\_` for `_`."""
    inner = source.strip()
    found = re.fullmatch(r"\\url\{(.*)\}", inner)
    return _PLAIN_ADDRESS.sub(r"\1", found[1] if found else inner).strip("<>{} ")


def _trimmed(text: Text) -> Text:
    runs = list(text)
    if runs and runs[0].style != "math":
        runs[0] = Run(runs[0].text.lstrip(" "), runs[0].style)
    if runs and runs[-1].style != "math":
        runs[-1] = Run(runs[-1].text.rstrip(" "), runs[-1].style)
    return tuple(run for run in runs if run.text)


def _runs(nodes: Iterable[Any]) -> Text:
    found: list[Run] = []
    style = once = ""
    for node in nodes:
        name = str(getattr(node, "macroname", ""))
        if name in _SWITCHES:
            style = _SWITCHES[name]
        elif name in _STYLES and not _arguments(node):
            # A command that pylatexenc does not know leaves its argument behind.
            once = _STYLES[name]
        elif once:
            found.extend(styled(_runs(getattr(node, "nodelist", [node])), once))
            once = ""
        else:
            found.extend(styled(_node(node, name), style) if style else _node(node, name))
    return tuple(found)


def _arguments(node: Any) -> list[Any]:  # noqa: ANN401 - pylatexenc's nodes have no common type
    arguments = getattr(node.nodeargd, "argnlist", None) or []
    return [each for each in arguments if each is not None]


def _node(node: Any, name: str) -> Text:  # noqa: ANN401 - as above
    kind = type(node).__name__
    if kind == "LatexMathNode":
        return (Run(_MATH_MARKS.sub("", node.latex_verbatim()).strip(), "math"),)
    if kind == "LatexGroupNode":
        return _group(node)
    if name in _STYLES:
        inner = (getattr(each, "nodelist", [each]) for each in _arguments(node))
        return styled(_runs(part for nodes in inner for part in nodes), _STYLES[name])
    if name in _OF_DOCUMENTS:
        return _runs(_arguments(node))
    if name in {"url", "href", "path"}:
        return (Run(_argument(node), "code" if name == "path" else ""),)
    text = _decoded(node).replace("'", "’").replace("`", "‘")
    return (Run(text),) if text else ()


def _decoded(node: Any) -> str:  # noqa: ANN401 - as above
    """The characters of a node; its source where it lacks what pylatexenc expects of it."""
    name = str(getattr(node, "macroname", ""))
    if name in _LOGOS:
        return _LOGOS[name] + str(node.macro_post_space)
    try:
        return str(_decoder().nodelist_to_text([node]))
    except (LookupError, ValueError, TypeError, AttributeError):
        # Such as a command without its arguments.
        return str(node.latex_verbatim())


def _group(node: Any) -> Text:  # noqa: ANN401 - as above
    runs = _runs(node.nodelist)
    is_accent = len(node.nodelist) == 1 and type(node.nodelist[0]).__name__ == "LatexMacroNode"
    return runs if is_accent else styled(runs, "nocase")


def _argument(node: Any) -> str:  # noqa: ANN401 - as above
    last = _arguments(node)[-1:]
    return read_address(last[0].latex_verbatim().strip("{}")) if last else ""


@cache
def _commands() -> Any:  # noqa: ANN401 - pylatexenc has no types
    """The commands that pylatexenc knows, which take it longer to list than a title to read."""
    from pylatexenc.latexwalker import get_default_latex_context_db  # noqa: PLC0415 - as above

    return get_default_latex_context_db()


@cache
def _decoder() -> Any:  # noqa: ANN401 - pylatexenc has no types
    from pylatexenc.latex2text import LatexNodes2Text  # noqa: PLC0415 - as above

    return LatexNodes2Text(math_mode="verbatim", strict_latex_spaces=True)
