"""Commands that the engines lack and that MathML Core can say, as holes in the formula."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.math.lengths import LARGEST, in_em, leading_length
from notesite.math.reading import Wrapped
from notesite.math.tex import called, join
from notesite.math.texts import SWITCHES, TEXT_LETTERS
from notesite.patterns import pattern
from notesite.text import escape_html

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

SIZES: dict[str, str] = {
    "tiny": "50%", "sixptsize": "60%", "scriptsize": "70%", "footnotesize": "80%", "small": "90%",
    "normalsize": "100%", "large": "120%", "Large": "144%", "LARGE": "173%", "huge": "207%",
    "Huge": "249%",
}  # fmt: skip
"""The size switches of LaTeX at 10 points, by what they come to."""

PADDED: dict[str, str] = {
    "llap": "math-llap", "mathllap": "math-llap", "rlap": "math-rlap", "mathrlap": "math-rlap",
    "clap": "math-clap", "mathclap": "math-clap",
}  # fmt: skip
"""The commands whose argument takes no room, by the class that places it."""

_SCHEME = pattern(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SAFE_SCHEMES = frozenset({"http:", "https:", "mailto:"})
_TEXT_BOXES = frozenset({"llap", "rlap", "clap"})
_OF_TEXT = TEXT_LETTERS | SWITCHES.keys() | {"emph", "quad", "qquad", "ldots", "dots"}
_GROUPS = {"{": 1, "}": -1, "\\left": 1, "\\right": -1, "\\begin": 1, "\\end": -1}


def wrap(reader: FormulaReader, token: Token, before: str, content: list[Token], tag: str) -> None:
    """Puts what `content` comes to between `before` and the end of the element `tag`."""
    inner = reader.part(content, token)
    reader.emit_hole(Wrapped(before, inner, f"</{tag}>", reader.is_in_script), token)


def rest_of_group(reader: FormulaReader) -> list[Token]:
    """What is left of the group or cell being read, for commands that act up to its end."""
    content: list[Token] = []
    depth = 0
    for token in reader.stream:
        depth += _GROUPS.get(token.text, 0)
        if depth < 0 or (depth == 0 and token.text in {"&", "\\\\", "\\cr"}):
            reader.stream.push([token])
            break
        content.append(token)
    return content


def size(reader: FormulaReader, token: Token) -> None:
    r"""`\small` and its like: the size of what is left of the group, or until the next such."""
    if reader.inside("text"):
        reader.emit(token)
        return
    before = f'<mstyle mathsize="{SIZES[token.name]}">'
    content = rest_of_group(reader)
    depth = 0
    for index, each in enumerate(content):
        depth += _GROUPS.get(each.text, 0)
        if depth == 0 and each.name in SIZES:
            reader.stream.push(content[index:])
            del content[index:]
            break
    wrap(reader, token, before, content, "mstyle")


def padded(reader: FormulaReader, token: Token) -> None:
    r"""`\mathclap` and its like: something that takes no width."""
    content = reader.stream.argument()
    if token.name in _TEXT_BOXES and not _is_formula(content):
        content = called("\\text", content, token)
    before = f'<mpadded width="0" class="{PADDED[token.name]}"><mrow>'
    inner = reader.part(content, token)
    reader.emit_hole(Wrapped(before, inner, "</mrow></mpadded>", reader.is_in_script), token)


def _is_formula(content: list[Token]) -> bool:
    r"""Whether what stands in `\llap` can only be meant as math, as which MathJax reads it."""
    if any(token.text == "$" for token in content):
        return False
    return any(
        token.text in {"^", "_"} or (token.name.isalpha() and not token.name.startswith("text"))
        for token in content
    ) and not any(token.name in _OF_TEXT for token in content)


def smash(reader: FormulaReader, token: Token) -> None:
    r"""`\smash` with its option `t` or `b`: something that takes no height, depth, or both."""
    side = join(reader.stream.bracketed() or []).strip()
    sizes = {"t": ' height="0"', "b": ' depth="0"'}.get(side, ' height="0" depth="0"')
    wrap(reader, token, f"<mpadded{sizes}>", reader.stream.argument(), "mpadded")


def rule(reader: FormulaReader, token: Token) -> None:
    r"""`\rule[raise]{width}{height}`: a filled box."""
    lift = reader.stream.bracketed()
    written = [join(reader.stream.argument()) for _ in range(2)]
    width, height = (in_em(length) for length in written)
    raised = 0.0 if lift is None else in_em(join(lift))
    if width is None or height is None or raised is None:
        message = "'\\rule' needs a width and a height, such as {1em}{0.4pt}"
        hints = (f"write lengths of at most {LARGEST:g}em",)
        reader.problem("math-syntax", message, token, hints)
        return
    extent = f'width="{width:.4g}em" height="{height:.4g}em"'
    box = f'<mspace class="math-rule" {extent}/>'
    if raised:
        box = f'<mpadded voffset="{raised:.4g}em">{box}</mpadded>'
    reader.emit_hole(Wrapped(box, (), ""), token)


def kern(reader: FormulaReader, token: Token) -> None:
    r"""`\kern` and its like."""
    length = length_that_follows(reader, token)
    if length is not None:
        _emit_space(reader, token, length)


def length_that_follows(reader: FormulaReader, token: Token) -> float | None:
    """A length in em that needs no braces, as TeX reads it; None after a problem."""
    reader.stream.skip_space()
    ahead = reader.stream.upcoming(12)
    if ahead and ahead[0].text == "{":
        reader.stream.push(reader.stream.argument())
        ahead = reader.stream.upcoming(12)
    found = leading_length("".join(part.text for part in ahead))
    if found is None:
        message = f"'{token.text}' needs a length, such as 1em"
        reader.problem("math-syntax", message, token)
        return None
    length, used = found
    taken = 0
    while taken < used:
        character = reader.stream.first_character()
        taken += len(character.text) if character else used
    return length


def space(reader: FormulaReader, token: Token) -> None:
    r"""`\hspace{…}` and `\mspace{…}`."""
    reader.stream.take("*")
    written = join(reader.stream.argument())
    length = in_em(written)
    if length is None:
        message = f"'{written}' is not a length"
        reader.problem("math-syntax", message, token, ("write one such as 1em or 3mu",))
        return
    _emit_space(reader, token, length)


def _emit_space(reader: FormulaReader, token: Token, length: float) -> None:
    if reader.inside("text"):
        reader.push_text(f"$\\hspace{{{length:.4f}em}}$", token)
        return
    reader.emit(*(token.replaced(text) for text in ("\\hspace", "{", f"{length:.4f}em", "}")))


def reflected(reader: FormulaReader, token: Token) -> None:
    r"""`\reflectbox`, whose argument is text, and `\mathreflectbox`: seen in a mirror."""
    content = reader.stream.argument()
    if token.name == "reflectbox":
        content = called("\\text", content, token)
    wrap(reader, token, '<mrow class="math-reflected">', content, "mrow")


def struck_out(reader: FormulaReader, token: Token) -> None:
    r"""`\sout`: a line through the middle."""
    if reader.inside("text"):
        reader.emit(token)
        return
    wrap(reader, token, '<mrow class="math-sout">', reader.stream.argument(), "mrow")


def link(reader: FormulaReader, token: Token) -> None:
    r"""`\href{url}{formula}` and `\url{url}`."""
    written = "".join(part.text for part in reader.stream.argument()).strip()
    # Browsers drop control characters, which could hide a scheme.
    address = re.sub(r"[\x00-\x1f]", "", re.sub(r"\\([#%&_{}~])", r"\1", written))
    scheme = _SCHEME.match(address)
    if scheme and scheme.group().lower() not in _SAFE_SCHEMES:
        message = f"a link to '{scheme.group()}' is not allowed"
        reader.problem("math-unsupported", message, token)
        return
    opening = f'<mtext><a href="{escape_html(address)}">'
    if token.name == "url":
        reader.emit_hole(Wrapped(f"{opening}{escape_html(address)}</a></mtext>", (), ""), token)
        return
    content = reader.part(reader.stream.argument(), token)
    reader.emit_hole(Wrapped(f"{opening}<math>", content, "</math></a></mtext>"), token)
