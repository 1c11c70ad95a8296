"""A formula as readable Unicode text: for titles, feeds, search and those who copy.

Nothing here ever fails: what cannot be said in plain text stays as its name or falls away.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from notesite.math.definitions import DEFINING
from notesite.math.engines import EngineError, load_engine
from notesite.math.environments import DIAGRAMS
from notesite.math.forms import parts
from notesite.math.macros import Expander, MacroError
from notesite.math.spoken import (
    ACCENTS,
    DROPPED,
    FUNCTIONS,
    LABELLED,
    LOOSE,
    SIGNS,
    SPECIFIED,
    as_factor,
    lowered,
    raised,
)
from notesite.math.supplement import SUPPLEMENT
from notesite.math.tex import (
    MissingArgumentError,
    Token,
    TokenStream,
    UnclosedGroupError,
    texts_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from notesite.math.engines import Engine
    from notesite.math.values import Macro

_DEPTH_LIMIT = 50
_EXPANSION_LIMIT = 500
_SIZE_LIMIT = 20_000
_PLAIN = {"&": " ", "$": "", "#": "", "}": "", "~": " ", "=": " = ", "<": " < ", ">": " > "}
_MARKS = ("<", ">", "=", "~")

_Pending = list[str]
"""The texts of tokens yet to be said, the next one last."""
_NO_ALIASES: Mapping[str, str] = {}


def tex_to_text(
    tex: str, macros: Mapping[str, Macro], aliases: Mapping[str, str] = _NO_ALIASES
) -> str:
    r"""The formula `tex` in Unicode, such as `σ_max(A+B)` or `x²`, on one line.

    `aliases` has what `\let` made: the commands that stand for other ones.
    """
    text = _Speaker(macros, aliases).say(texts_of(tex))
    if "′′" in text:
        text = text.replace("′′′", "‴").replace("′′", "″")
    return " ".join(text.split())


class _Speaker:
    """Turns tokens into text; one per formula, so that its expansions are counted together."""

    def __init__(self, macros: Mapping[str, Macro], aliases: Mapping[str, str]) -> None:
        self._macros = macros
        self._aliases = aliases
        self._expansions = 0
        self._size = 0
        self._depth = 0

    def say(self, texts: list[str]) -> str:
        """The text of tokens, those of groups inside of them included."""
        if self._depth >= _DEPTH_LIMIT:
            return ""
        self._depth += 1
        said: list[str] = []
        pending = texts[::-1]
        while pending:
            text = pending.pop()
            if text[0] == "\\":
                self._command(text[1:], pending, said)
            elif text in {"^", "_"}:
                said.append(self._script(text, pending))
            elif text == "{":
                said.append(self.say(_rest_of_group(pending)))
            elif text == "'":
                said.append("′")
            else:
                said.append(_plain(text))
        self._depth -= 1
        return "".join(said)

    def argument(self, pending: _Pending) -> str:
        """The next argument, said."""
        return self.say(_argument(pending)).strip()

    def _script(self, sign: str, pending: _Pending) -> str:
        _skip_space(pending)
        if pending and pending[-1][0] == "\\":
            said: list[str] = []
            self._command(pending.pop()[1:], pending, said, is_script=True)
            script = "".join(said).strip()
        else:
            script = self.argument(pending)
        return raised(script) if sign == "^" else lowered(script)

    def _command(
        self, name: str, pending: _Pending, said: list[str], *, is_script: bool = False
    ) -> None:
        if name.isalpha():
            _skip_space(pending)
        name = self._aliases.get(name, name)
        if name in _CLOSING:
            _drop_space(said)
        macro = self._macros.get(name) or (None if name in SIGNS else SUPPLEMENT.get(name))
        if macro is not None:
            expansion = self._expansion(macro, pending)
            if is_script:
                said.append(self.say(expansion))
            else:
                pending.extend(reversed(expansion))
        elif name in SIGNS:
            said.append(SIGNS[name])
        elif name in FUNCTIONS:
            _say_word(FUNCTIONS[name], pending, said)
        elif name in _CONSTRUCTS:
            _CONSTRUCTS[name](self, name, pending, said)
        else:
            symbol = _symbol(name)
            said.append(f"\\{name} " if symbol is None else LOOSE.get(symbol, symbol))

    def _expansion(self, macro: Macro, pending: _Pending) -> list[str]:
        self._expansions += 1
        if self._expansions > _EXPANSION_LIMIT or self._size > _SIZE_LIMIT:
            return []
        if macro.form or macro.delimiters:
            return self._looked_ahead(macro, pending)
        arguments: list[list[str]] = []
        if macro.default is not None:
            given = _bracketed(pending)
            arguments.append(texts_of(macro.default) if given is None else given)
        while len(arguments) < macro.arguments:
            arguments.append(_argument(pending))
        expansion: list[str] = []
        for part in parts(macro.body):
            expansion.extend(arguments[part - 1] if isinstance(part, int) else part)
        self._size += len(expansion)
        return expansion

    def _looked_ahead(self, macro: Macro, pending: _Pending) -> list[str]:
        """The expansion of a macro that reads its arguments in a way of its own."""
        nowhere = Token("{", 0, 0)
        stream = TokenStream(map(nowhere.replaced, reversed(pending)))
        try:
            expansion = Expander().expand(macro, nowhere, stream)
        except (MacroError, MissingArgumentError, UnclosedGroupError):
            return []
        pending[:] = [token.text for token in stream][::-1]
        self._size += len(expansion)
        return [token.text for token in expansion]


def _fraction(speaker: _Speaker, _name: str, pending: _Pending, said: list[str]) -> None:
    above, below = speaker.argument(pending), speaker.argument(pending)
    said.append(f"{as_factor(above)}/{as_factor(below)}")


def _binomial(speaker: _Speaker, _name: str, pending: _Pending, said: list[str]) -> None:
    said.append(f"C({speaker.argument(pending)}, {speaker.argument(pending)})")


def _root(speaker: _Speaker, _name: str, pending: _Pending, said: list[str]) -> None:
    degree = _bracketed(pending)
    index = "" if degree is None else raised(speaker.say(degree)).removeprefix("^")
    said.append(f"{index}√{as_factor(speaker.argument(pending))}")


def _accent(speaker: _Speaker, name: str, pending: _Pending, said: list[str]) -> None:
    text = speaker.argument(pending)
    said.append(text + ACCENTS[name] if len(text) == 1 else text)


def _last_of_two(speaker: _Speaker, _name: str, pending: _Pending, said: list[str]) -> None:
    _argument(pending)
    said.append(speaker.say(_argument(pending)))


def _arrow(speaker: _Speaker, name: str, pending: _Pending, said: list[str]) -> None:
    _bracketed(pending)
    label = speaker.argument(pending)
    sign = LABELLED[name]
    said.append(f" –{label}→ " if label and sign == "→" else f" {sign} ")


def _before(speaker: _Speaker, _name: str, pending: _Pending, said: list[str]) -> None:
    r"""`\prescript`: what stands before a symbol."""
    above, below = speaker.argument(pending), speaker.argument(pending)
    said.append((raised(above) if above else "") + (lowered(below) if below else ""))
    said.append(speaker.argument(pending))


def _chemistry(_speaker: _Speaker, name: str, pending: _Pending, _said: list[str]) -> None:
    """Has said what the language of chemistry or of quantities says in TeX."""
    from notesite.math.chemistry import ChemistryError, chemical_tex  # noqa: PLC0415 - rarely used
    from notesite.math.units import UnitError, quantity_tex  # noqa: PLC0415 - as above

    written = "".join(_argument(pending))
    try:
        tex = chemical_tex(written) if name == "ce" else quantity_tex(written)
    except (ChemistryError, UnitError):
        tex = f"\\text{{{written}}}"
    pending.extend(reversed(texts_of(tex)))


def _dropped(_speaker: _Speaker, name: str, pending: _Pending, _said: list[str]) -> None:
    if pending and pending[-1] == "*":
        pending.pop()
    for _ in range(DROPPED[name]):
        _argument(pending)


def _definition(_speaker: _Speaker, _name: str, pending: _Pending, _said: list[str]) -> None:
    _argument(pending)
    while pending and pending[-1] != "{":
        pending.pop()
    _argument(pending)


def _definition_in_two(speaker: _Speaker, name: str, pending: _Pending, said: list[str]) -> None:
    _definition(speaker, name, pending, said)
    _argument(pending)


def _definition_around(speaker: _Speaker, name: str, pending: _Pending, said: list[str]) -> None:
    _definition(speaker, name, pending, said)
    for _ in range(4 if name.endswith("PP") else 2):
        _argument(pending)


def _alias(_speaker: _Speaker, _name: str, pending: _Pending, _said: list[str]) -> None:
    _argument(pending)
    if _argument(pending) == ["="]:
        _argument(pending)


def _text(speaker: _Speaker, _name: str, pending: _Pending, said: list[str]) -> None:
    texts = _argument(pending)
    is_plain = not any(text[0] in "\\$" for text in texts)
    said.append("".join(texts) if is_plain else speaker.say(texts))


def _environment(speaker: _Speaker, name: str, pending: _Pending, said: list[str]) -> None:
    environment = "".join(_argument(pending))
    if name == "begin" and environment in DIAGRAMS:
        _diagram(speaker, environment, pending, said)
        return
    if name == "begin" and environment in SPECIFIED:
        _argument(pending)
    said.append(" ")


def _diagram(speaker: _Speaker, name: str, pending: _Pending, said: list[str]) -> None:
    """A commutative diagram in words."""
    from notesite.math.diagrams.describing import describe  # noqa: PLC0415 - most notes draw none
    from notesite.math.diagrams.parsing import PARSERS  # noqa: PLC0415

    nowhere = Token("{", 0, 0)
    body: list[Token] = []
    depth = 0
    while pending and (pending[-1] != "\\end" or depth > 0):
        text = pending.pop()
        depth += (text == "\\begin") - (text == "\\end")
        body.append(nowhere.replaced(text))
    if pending:
        pending.pop()
        _argument(pending)
    try:
        diagram = PARSERS[name](body, lambda *_: None)
    except (MissingArgumentError, UnclosedGroupError):
        return

    def say(content: Iterable[Token]) -> str:
        return " ".join(speaker.say([token.text for token in content]).split())

    said.append(f" {describe(diagram, say)} ")


def _fence(_speaker: _Speaker, _name: str, pending: _Pending, _said: list[str]) -> None:
    if pending and pending[-1][0] == ".":
        pending[-1] = pending[-1][1:] or " "


def _letters(speaker: _Speaker, name: str, pending: _Pending, said: list[str]) -> None:
    for letter in speaker.argument(pending):
        is_letter = letter.isascii() and letter.isalnum()
        said.append((is_letter and _symbol(f"{name}{{{letter}}}")) or letter)


def _operator(speaker: _Speaker, _name: str, pending: _Pending, said: list[str]) -> None:
    if pending and pending[-1] == "*":
        pending.pop()
    _say_word(speaker.argument(pending), pending, said)


_CONSTRUCTS: dict[str, Callable[[_Speaker, str, _Pending, list[str]], None]] = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), _fraction),
    **dict.fromkeys(("binom", "dbinom", "tbinom"), _binomial),
    **dict.fromkeys(ACCENTS, _accent),
    **dict.fromkeys(("overset", "underset", "stackrel"), _last_of_two),
    **dict.fromkeys(("textcolor", "colorbox", "href"), _last_of_two),
    **dict.fromkeys(DROPPED, _dropped),
    **dict.fromkeys(("begin", "end"), _environment),
    **dict.fromkeys(("left", "right"), _fence),
    **dict.fromkeys(("mathbb", "mathcal", "mathscr", "mathfrak", "frak", "Bbb"), _letters),
    **dict.fromkeys(("operatorname", "operatornamewithlimits"), _operator),
    **dict.fromkeys(DEFINING - {"let", "DeclareMathOperator"}, _definition),
    "DeclarePairedDelimiter": _definition_in_two,
    "DeclarePairedDelimiterX": _definition_around,
    "DeclarePairedDelimiterXPP": _definition_around,
    **dict.fromkeys(("newenvironment", "renewenvironment"), _definition_in_two),
    **dict.fromkeys(("text", "textrm", "textbf", "textit", "texttt", "textsf", "emph"), _text),
    "let": _alias,
    "prescript": _before,
    **dict.fromkeys(LABELLED, _arrow),
    **dict.fromkeys(("ce", "pu"), _chemistry),
    "sqrt": _root,
}


def _say_word(word: str, pending: _Pending, said: list[str]) -> None:
    if said and said[-1][-1:].isalnum():
        said.append(" ")
    said.append(word)
    _skip_space(pending)
    following = pending[-1] if pending else ""
    if following and following[0] not in "^_([{}]),.&'|" and following not in _OPENING:
        said.append(" ")


_OPENING = frozenset({"\\left", "\\bigl", "\\Bigl", "\\{", "\\big", "\\Big", "\\limits"})


_CLOSING = frozenset({"rVert", "rvert", "rangle", "rfloor", "rceil", "rbrace"})
"""The commands before which a blank of the source is none in the text."""


def _drop_space(said: list[str]) -> None:
    while said and not said[-1].strip():
        said.pop()
    if said:
        said[-1] = said[-1].rstrip()


def _plain(text: str) -> str:
    if text in _PLAIN:
        return _PLAIN[text]
    if text.isspace():
        return " "
    for mark in _MARKS:
        if mark in text:
            text = text.replace(mark, _PLAIN[mark])
    return text


def _skip_space(pending: _Pending) -> None:
    while pending and pending[-1].isspace():
        pending.pop()


def _argument(pending: _Pending) -> list[str]:
    """The next argument without its braces, empty where there is none."""
    _skip_space(pending)
    if not pending or pending[-1] in {"}", "&"}:
        return []
    text = pending.pop()
    if text == "{":
        return _rest_of_group(pending)
    if len(text) > 1 and text[0] != "\\":
        pending.append(text[1:])
        return [text[0]]
    return [text]


def _rest_of_group(pending: _Pending) -> list[str]:
    depth = 1
    content: list[str] = []
    while pending:
        text = pending.pop()
        depth += (text == "{") - (text == "}")
        if depth == 0:
            break
        content.append(text)
    return content


def _bracketed(pending: _Pending) -> list[str] | None:
    if not pending or pending[-1] != "[" or "]" not in pending:
        return None
    pending.pop()
    content: list[str] = []
    while pending and (text := pending.pop()) != "]":
        content.append(text)
    return content


@cache
def _engine() -> Engine:
    return load_engine("math-core")


@cache
def _symbol(name: str) -> str | None:
    """The characters of a command; none if its argument follows, None if there is no such one."""
    try:
        mathml = _engine().convert(f"\\{name} ", display=False)
    except EngineError as error:
        return None if error.message.startswith("Unknown") else ""
    pieces = mathml.replace("<", "\n<").replace(">", ">\n").split("\n")
    text = "".join(piece for piece in pieces if not piece.startswith("<"))
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text.replace("\ufe00", "").replace("\ufe01", "")
