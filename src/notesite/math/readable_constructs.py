"""How constructs are said in words: fractions, roots, accents, diagrams, definitions."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from notesite.math.accents import ACCENTS as TEXT_ACCENTS
from notesite.math.accents import accented
from notesite.math.definitions import DEFINING, DOCUMENT
from notesite.math.engines import EngineError, load_engine
from notesite.math.environments import DIAGRAMS
from notesite.math.readable_proofs import PROOFS
from notesite.math.readable_tokens import Pending, Speaker, argument, bracketed, skip_space
from notesite.math.spoken import (
    ACCENTS,
    DROPPED,
    LABELLED,
    SPECIFIED,
    as_factor,
    lowered,
    raised,
)
from notesite.math.tex import MissingArgumentError, Token, UnclosedGroupError, texts_of
from notesite.math.unit_names import SIUNITX

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from notesite.math.engines import Engine


def _fraction(speaker: Speaker, _name: str, pending: Pending, said: list[str]) -> None:
    above, below = speaker.argument(pending), speaker.argument(pending)
    said.append(f"{as_factor(above)}/{as_factor(below)}")


def _binomial(speaker: Speaker, _name: str, pending: Pending, said: list[str]) -> None:
    said.append(f"C({speaker.argument(pending)}, {speaker.argument(pending)})")


def _root(speaker: Speaker, _name: str, pending: Pending, said: list[str]) -> None:
    degree = bracketed(pending)
    index = "" if degree is None else raised(speaker.say(degree)).removeprefix("^")
    said.append(f"{index}√{as_factor(speaker.argument(pending))}")


def _accent(speaker: Speaker, name: str, pending: Pending, said: list[str]) -> None:
    text = speaker.argument(pending)
    said.append(text + ACCENTS[name] if len(text) == 1 else text)


def _negated(speaker: Speaker, _name: str, pending: Pending, said: list[str]) -> None:
    r"""`\not`, through the sign that follows; Unicode has many of these as one character."""
    text = speaker.argument(pending)
    said.append(normalize("NFC", f"{text[:1]}\u0338{text[1:]}"))


def _wide_cell(speaker: Speaker, _name: str, pending: Pending, said: list[str]) -> None:
    for _ in range(2):
        argument(pending)
    said.append(speaker.say(argument(pending)))


def _rows(speaker: Speaker, _name: str, pending: Pending, said: list[str]) -> None:
    """Rows in braces, as those of an environment."""
    said.append(f" {speaker.say(argument(pending))} ")


def _dotted_row(_speaker: Speaker, _name: str, pending: Pending, said: list[str]) -> None:
    bracketed(pending)
    argument(pending)
    said.append("…")


def _choice(speaker: Speaker, _name: str, pending: Pending, said: list[str]) -> None:
    r"""`\mathchoice`, of which a line of text shows the second argument."""
    choices = [argument(pending) for _ in range(4)]
    said.append(speaker.say(choices[1]))


def _last_of_two(speaker: Speaker, _name: str, pending: Pending, said: list[str]) -> None:
    argument(pending)
    said.append(speaker.say(argument(pending)))


def _arrow(speaker: Speaker, name: str, pending: Pending, said: list[str]) -> None:
    bracketed(pending)
    label = speaker.argument(pending)
    sign = LABELLED[name]
    said.append(f" –{label}→ " if label and sign == "→" else f" {sign} ")


def _before(speaker: Speaker, _name: str, pending: Pending, said: list[str]) -> None:
    r"""`\prescript`: what stands before a symbol."""
    above, below = speaker.argument(pending), speaker.argument(pending)
    said.append((raised(above) if above else "") + (lowered(below) if below else ""))
    said.append(speaker.argument(pending))


def _chemistry(_speaker: Speaker, name: str, pending: Pending, _said: list[str]) -> None:
    """Has said what the language of chemistry or of quantities says in TeX."""
    from notesite.math.chemistry import ChemistryError, chemical_tex  # noqa: PLC0415 - rarely used
    from notesite.math.units import UnitError, quantity_tex  # noqa: PLC0415 - as above

    written = "".join(argument(pending))
    try:
        tex = chemical_tex(written) if name == "ce" else quantity_tex(written)
    except (ChemistryError, UnitError):
        tex = f"\\text{{{written}}}"
    pending.extend(reversed(texts_of(tex)))


def _siunitx(speaker: Speaker, name: str, pending: Pending, _said: list[str]) -> None:
    """Has said what a command of siunitx says in TeX."""
    from notesite.math.quantities import COMMANDS  # noqa: PLC0415 - rarely used
    from notesite.math.units import UnitError  # noqa: PLC0415 - as above

    count, shown = COMMANDS[name]
    options = "".join(bracketed(pending) or [])
    parts = ["".join(argument(pending)) for _ in range(count)]
    try:
        tex = shown(parts, options, speaker.macros)
    except UnitError:
        tex = f"\\text{{{' '.join(parts)}}}"
    pending.extend(reversed(texts_of(tex)))


def _dropped(_speaker: Speaker, name: str, pending: Pending, _said: list[str]) -> None:
    if pending and pending[-1] == "*":
        pending.pop()
    for _ in range(DROPPED[name]):
        argument(pending)


def _definition(_speaker: Speaker, _name: str, pending: Pending, _said: list[str]) -> None:
    argument(pending)
    while pending and pending[-1] != "{":
        pending.pop()
    argument(pending)


def _definition_in_two(speaker: Speaker, name: str, pending: Pending, said: list[str]) -> None:
    _definition(speaker, name, pending, said)
    argument(pending)


def _definition_around(speaker: Speaker, name: str, pending: Pending, said: list[str]) -> None:
    _definition(speaker, name, pending, said)
    for _ in range(4 if name.endswith("PP") else 2):
        argument(pending)


def _alias(_speaker: Speaker, _name: str, pending: Pending, _said: list[str]) -> None:
    argument(pending)
    if argument(pending) == ["="]:
        argument(pending)


def _text(speaker: Speaker, _name: str, pending: Pending, said: list[str]) -> None:
    texts = argument(pending)
    is_plain = not any(text[0] in "\\$" for text in texts)
    plain = (text.replace("~", " ") for text in texts if text not in {"{", "}"})
    said.append("".join(plain) if is_plain else speaker.say(texts))


def _accented_letter(_speaker: Speaker, name: str, pending: Pending, said: list[str]) -> None:
    """A letter of text with its accent."""
    nowhere = Token("{", 0, 0)
    letters = argument(pending)
    if len(letters) == 1 and letters[0][1:] in TEXT_ACCENTS:
        letters += argument(pending)
    said.append(accented(name, [nowhere.replaced(text) for text in letters]) or "".join(letters))


def _environment(speaker: Speaker, name: str, pending: Pending, said: list[str]) -> None:
    environment = "".join(argument(pending))
    if name == "begin" and environment in DIAGRAMS:
        _diagram(speaker, environment, pending, said)
        return
    if name == "begin" and environment in SPECIFIED:
        argument(pending)
    said.append(" ")


def _diagram(speaker: Speaker, name: str, pending: Pending, said: list[str]) -> None:
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
        argument(pending)
    try:
        diagram = PARSERS[name](body, lambda *_: None)
    except (MissingArgumentError, UnclosedGroupError):
        return

    def say(content: Iterable[Token]) -> str:
        return " ".join(speaker.say([token.text for token in content]).split())

    said.append(f" {describe(diagram, say)} ")


def _fence(_speaker: Speaker, _name: str, pending: Pending, _said: list[str]) -> None:
    if pending and pending[-1][0] == ".":
        pending[-1] = pending[-1][1:] or " "


def _letters(speaker: Speaker, name: str, pending: Pending, said: list[str]) -> None:
    for letter in speaker.argument(pending):
        is_letter = letter.isascii() and letter.isalnum()
        said.append((is_letter and symbol_of(f"{name}{{{letter}}}")) or letter)


def _operator(speaker: Speaker, _name: str, pending: Pending, said: list[str]) -> None:
    if pending and pending[-1] == "*":
        pending.pop()
    say_word(speaker.argument(pending), pending, said)


CONSTRUCTS: dict[str, Callable[[Speaker, str, Pending, list[str]], None]] = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), _fraction),
    **dict.fromkeys(("binom", "dbinom", "tbinom"), _binomial),
    **dict.fromkeys(ACCENTS, _accent),
    **dict.fromkeys(TEXT_ACCENTS, _accented_letter),
    "not": _negated,
    "multicolumn": _wide_cell,
    "bordermatrix": _rows,
    "hdotsfor": _dotted_row,
    "mathchoice": _choice,
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
    **dict.fromkeys(("newenvironment", "renewenvironment", *DOCUMENT), _definition_in_two),
    **dict.fromkeys(("text", "textrm", "textbf", "textit", "texttt", "textsf", "emph"), _text),
    "let": _alias,
    "prescript": _before,
    **dict.fromkeys(LABELLED, _arrow),
    **dict.fromkeys(("ce", "pu"), _chemistry),
    **dict.fromkeys(SIUNITX, _siunitx),
    **PROOFS,
    "sqrt": _root,
}


def say_word(word: str, pending: Pending, said: list[str]) -> None:
    """A word, kept apart from what is before and behind it."""
    if said and said[-1][-1:].isalnum():
        said.append(" ")
    said.append(word)
    skip_space(pending)
    following = pending[-1] if pending else ""
    if following and following[0] not in "^_([{}]),.&'|" and following not in _OPENING:
        said.append(" ")


_OPENING = frozenset({"\\left", "\\bigl", "\\Bigl", "\\{", "\\big", "\\Big", "\\limits"})


@cache
def _engine() -> Engine:
    return load_engine("math-core")


@cache
def symbol_of(name: str) -> str | None:
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
