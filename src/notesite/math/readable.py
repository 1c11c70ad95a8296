"""A formula as readable Unicode text: for titles, feeds, search and those who copy.

Nothing here ever fails: what cannot be said in plain text stays as its name or falls away.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from notesite.math.engines import EngineError, load_engine
from notesite.math.macros import Expander, MacroError
from notesite.math.supplement import SUPPLEMENT
from notesite.math.tex import (
    MissingArgumentError,
    Token,
    TokenStream,
    UnclosedGroupError,
    tokenize,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notesite.math.engines import Engine
    from notesite.math.values import Macro

_DEPTH_LIMIT = 50
_RAISED = str.maketrans("0123456789+-=()niT*′", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀ*′", "−")
_LOWERED = str.maketrans("0123456789+-=()aeijknmprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢⱼₖₙₘₚᵣₛₜᵤᵥₓ", "−")
_CAN_RAISE = re.compile(r"[0-9+\-−=()niT*′]+")
_CAN_LOWER = re.compile(r"[0-9+\-−=()aeijknmprstuvx]+")
_TIGHT = re.compile(r" ?([^\w\s(),]) ")
_WORD = re.compile(r"[^\W\d_]{2}")
_TAG = re.compile(r"<[^>]*>")

_FUNCTION_NAMES = """
    Pr arccos arcctg arcsin arctan arctg arg cos cosec cosh cot cotg coth csc ctg cth deg det dim
    exp gcd hom inf ker lg lim liminf limsup ln log max min plim sec sin sinh sup tan tanh tg th
"""
_FUNCTIONS = frozenset(_FUNCTION_NAMES.split())
_FONTS = frozenset({"mathbb", "mathcal", "mathscr", "mathfrak", "frak", "Bbb"})
_ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303",
    "bar": "\u0304", "overline": "\u0305", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308",
    "check": "\u030c", "breve": "\u0306", "acute": "\u0301", "grave": "\u0300",
    "mathring": "\u030a", "underline": "\u0332",
}  # fmt: skip
_SILENT_NAMES = """
    left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm
    displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits notag nonumber rm bf it
    cal sf tt relax hline hdashline centering ! mathstrut strut tiny scriptsize footnotesize small
    normalsize large Large LARGE huge Huge
"""
_SILENT = frozenset(_SILENT_NAMES.split())
_DROPPED = {
    "label": 1, "tag": 1, "phantom": 1, "hphantom": 1, "vphantom": 1, "hspace": 1, "mspace": 1,
    "color": 1, "vspace": 1, "rule": 2, "newcommand": 2, "renewcommand": 2, "providecommand": 2,
    "DeclareMathOperator": 2,
}  # fmt: skip
_FRACTIONS = frozenset({"frac", "dfrac", "tfrac", "cfrac"})
_BINOMIALS = frozenset({"binom", "dbinom", "tbinom"})
_LAST_OF_TWO = frozenset({"overset", "underset", "stackrel", "textcolor", "colorbox", "href"})
_SPACES = {",": " ", ":": " ", ";": " ", " ": " ", "quad": " ", "qquad": " ", "\\": " ; "}
_SIGNS = {
    "dots": "…", "ldots": "…", "cdots": "⋯", "dotsb": "⋯", "dotsc": "…", "bmod": " mod ",
    "mid": " | ", "lbrace": "{", "rbrace": "}", "to": "→", "colon": ": ", "iff": " ⟺ ",
    "implies": " ⟹ ", "impliedby": " ⟸ ", "setminus": "∖", "backslash": "\\", "empty": "∅",
    "emptyset": "∅", "enspace": " ", "thinspace": " ", "nobreakspace": " ", "newline": " ; ",
    "cr": " ; ", "argmin": "arg min", "argmax": "arg max", "*": "", "-": "−", "'": "′",
}  # fmt: skip
_LOOSE = frozenset("=<>≤≥≠≈≡∼≃≅∈∉⊂⊆⊃⊇→←↦⟶⇒⟹⟺⇔∣⟸≪≫∝")
"""The relations that read better with a blank on either side."""


def tex_to_text(tex: str, macros: Mapping[str, Macro]) -> str:
    """The formula `tex` in Unicode, such as `σ_max(A+B)` or `x²`, on one line."""
    text = _Speaker(macros).say(tokenize(tex))
    return " ".join(text.replace("′′′", "‴").replace("′′", "″").split())


class _Speaker:
    """Turns tokens into text; one per formula, so that its expansions are counted together."""

    def __init__(self, macros: Mapping[str, Macro]) -> None:
        self._macros = macros
        self._expander = Expander()
        self._depth = 0

    def say(self, tokens: list[Token]) -> str:
        """The text of `tokens`, those of groups inside of them included."""
        if self._depth >= _DEPTH_LIMIT:
            return ""
        self._depth += 1
        stream = TokenStream(tokens)
        text = ""
        for token in stream:
            text = self._joined(text, token, stream)
        self._depth -= 1
        return text

    def _joined(self, text: str, token: Token, stream: TokenStream) -> str:
        if token.text in {"^", "_"}:
            return text + self._script(token.text, stream)
        if token.text == "'":
            return text + "′"
        if token.text[0] == "\\":
            said = self._command(token.name, token, stream)
            is_word = token.name in _FUNCTIONS or token.name.startswith("operatorname")
            return text + (" " if is_word and text[-1:].isalnum() else "") + said
        if token.text == "{":
            stream.push([token])
            return text + self.say(self._argument(stream))
        return text + _plain(token.text)

    def _argument(self, stream: TokenStream) -> list[Token]:
        try:
            return stream.argument()
        except (MissingArgumentError, UnclosedGroupError):
            return []

    def _said_argument(self, stream: TokenStream) -> str:
        return self.say(self._argument(stream)).strip()

    def _script(self, sign: str, stream: TokenStream) -> str:
        stream.skip_space()
        following = stream.peek()
        if following is not None and following.name.isalpha():
            stream.pop()
            script = self._command(following.name, following, stream).strip()
        else:
            script = self._said_argument(stream)
        script = _TIGHT.sub(r"\1", script)
        return _raised(script) if sign == "^" else _lowered(script)

    def _command(self, name: str, token: Token, stream: TokenStream) -> str:
        macro = self._macros.get(name)
        if macro is None and name not in _SIGNS:
            macro = SUPPLEMENT.get(name)
        if name.isalpha():
            stream.skip_space()
        if macro is not None:
            return self._expanded(macro, token, stream)
        if name in _SPACES or name in _SIGNS:
            return _SPACES.get(name) or _SIGNS[name]
        if name in _SILENT:
            return self._after_silent(name, stream)
        if name in _FUNCTIONS:
            return _word(name) + _gap(stream)
        return self._construct(name, token, stream)

    def _after_silent(self, name: str, stream: TokenStream) -> str:
        following = stream.peek()
        if name in {"left", "right"} and following and following.text.startswith("."):
            stream.first_character()
        return ""

    def _expanded(self, macro: Macro, token: Token, stream: TokenStream) -> str:
        try:
            tokens = self._expander.expand(macro, token, stream)
        except (MacroError, MissingArgumentError, UnclosedGroupError):
            return token.text
        stream.push(tokens)
        return ""

    def _construct(self, name: str, token: Token, stream: TokenStream) -> str:
        if name in _FRACTIONS:
            return (
                f"{_grouped(self._said_argument(stream))}/{_grouped(self._said_argument(stream))}"
            )
        if name in _BINOMIALS:
            return f"C({self._said_argument(stream)}, {self._said_argument(stream)})"
        if name == "sqrt":
            return self._root(stream)
        if name in _ACCENTS:
            return _accented(self._said_argument(stream), _ACCENTS[name])
        if name in _LAST_OF_TWO:
            self._argument(stream)
            return self.say(self._argument(stream))
        if name in _DROPPED:
            self._drop(name, stream)
            return ""
        if name in {"begin", "end"}:
            return self._environment(stream)
        if name in _FONTS:
            return self._letters(name, stream)
        if name in {"operatorname", "operatornamewithlimits"}:
            stream.take("*")
            return self.say(self._argument(stream)) + _gap(stream)
        return self._symbol(name, token)

    def _drop(self, name: str, stream: TokenStream) -> None:
        stream.take("*")
        for _ in range(_DROPPED[name]):
            self._argument(stream)

    def _environment(self, stream: TokenStream) -> str:
        name = "".join(token.text for token in self._argument(stream))
        if name in {"array", "subarray", "darray", "alignat", "alignedat", "alignat*"}:
            stream.skip_space()
            following = stream.peek()
            if following is not None and following.text == "{":
                self._argument(stream)
        return " "

    def _root(self, stream: TokenStream) -> str:
        try:
            degree = stream.bracketed()
        except UnclosedGroupError:
            degree = None
        radicand = self._said_argument(stream)
        index = "" if degree is None else _raised(self.say(degree)).removeprefix("^")
        return f"{index}√{_grouped(radicand)}"

    def _letters(self, name: str, stream: TokenStream) -> str:
        letters = self._said_argument(stream)
        return "".join(
            (letter.isascii() and letter.isalnum() and _symbol(f"{name}{{{letter}}}")) or letter
            for letter in letters
        )

    def _symbol(self, name: str, token: Token) -> str:
        symbol = _symbol(name)
        if symbol is None:
            return token.text
        return f" {symbol} " if symbol in _LOOSE else symbol


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
    text = _TAG.sub("", mathml).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return text.replace("\ufe00", "").replace("\ufe01", "")


def _plain(text: str) -> str:
    if text.isspace():
        return " "
    if text in {"&", "$", "#", "{", "}"}:
        return " " if text == "&" else ""
    return re.sub(r"([=<>])", r" \1 ", text).replace("~", " ")


def _word(name: str) -> str:
    return {"liminf": "lim inf", "limsup": "lim sup"}.get(name, name)


def _gap(stream: TokenStream) -> str:
    stream.skip_space()
    following = stream.peek()
    is_open = following is None or following.text[0] in "^_([{}]),.&'|"
    return "" if is_open or (following and following.name in {"left", "bigl", "Bigl"}) else " "


def _raised(script: str) -> str:
    if script in {"′", "∗", "*", "†", "∘"}:
        return {"∘": "°", "∗": "*"}.get(script, script)
    if script == "⊤":
        return "ᵀ"
    if _CAN_RAISE.fullmatch(script) and not _WORD.search(script):
        return script.replace("−", "-").translate(_RAISED)
    return f"^{_bracketed(script)}"


def _lowered(script: str) -> str:
    if _CAN_LOWER.fullmatch(script) and not _WORD.search(script):
        return script.replace("−", "-").translate(_LOWERED)
    return f"_{_bracketed(script)}"


def _bracketed(script: str) -> str:
    return script if re.fullmatch(r"\w*|\S", script) else f"({script})"


def _grouped(text: str) -> str:
    return text if re.fullmatch(r"[^\s+\-−=<>,/·⋯±∓]*", text) else f"({text})"


def _accented(text: str, accent: str) -> str:
    return text + accent if len(text) == 1 else text
