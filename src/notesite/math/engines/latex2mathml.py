"""The other engine, by choice: latex2mathml, in a wrapper that makes it strict.

On its own it prints what it does not know as if it were a name, lets markup through, and collapses
some environments to a line. So texts, tables, names of operators and changes of alphabet are made
here and stand in its input as characters; it gets only commands that are known to come out right,
and its output is built anew in MathML Core.
"""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING
from unicodedata import normalize

from latex2mathml import exceptions
from latex2mathml.converter import convert

from notesite.math.delimiters import SIZED
from notesite.math.engines.alphabets import in_alphabet
from notesite.math.engines.engine import COLON, EngineError
from notesite.math.engines.latex2mathml_brackets import BRACKETS, written_out
from notesite.math.engines.latex2mathml_commands import (
    ALIASES,
    COMMANDS,
    NEGATED,
    VARIANTS,
)
from notesite.math.engines.latex2mathml_signs import (
    CLASSES,
    DELIMITERS,
    ENCLOSING,
    FENCE_ALIASES,
    SIGNS,
    SWITCHES,
    TEXT_ACCENTS,
    TEXT_SIGNS,
)
from notesite.math.engines.placing import placed
from notesite.math.engines.rebuilding import FIRST_FRAGMENT, rebuilt
from notesite.math.engines.tables import TABLES, split_table, table
from notesite.math.lengths import in_em
from notesite.math.tex import (
    MissingArgumentError,
    Token,
    TokenStream,
    UnclosedGroupError,
    join,
    tokenize,
)
from notesite.patterns import pattern
from notesite.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Callable

DEPTH_LIMIT = 60
"""How deep tables and alphabets may nest; each level is a conversion of its own."""

_TEXTS = {
    "text": ("", ""), "textrm": ("", ""), "textbf": ("<b>", "</b>"), "textit": ("<i>", "</i>"),
    "emph": ("<em>", "</em>"), "texttt": ("<code>", "</code>"),
    "textsf": ('<span class="math-sans">', "</span>"),
    "textsc": ('<span class="math-small-caps">', "</span>"), "underbar": ("<u>", "</u>"),
}  # fmt: skip
_TEXT_SYMBOLS = {
    "_": "_", "&": "&amp;", "%": "%", "$": "$", "#": "#", "{": "{", "}": "}", " ": " ",
    ",": "\u2009", ";": " ", "!": "", "textbackslash": "\\", "textasciicircum": "^",
    "textasciitilde": "~", "ldots": "…", "dots": "…", "textendash": "–", "textemdash": "—",
    "quad": "\u2003", "qquad": "\u2003\u2003", **TEXT_SIGNS,
}  # fmt: skip
_SIZES = {"big": "1.2em", "Big": "1.8em", "bigg": "2.4em", "Bigg": "3em"}
_FORMS = {"l": ' form="prefix"', "m": ' form="infix"', "r": ' form="postfix"'}
_SELECTORS = {"mathcal": "\ufe00", "mathscr": "\ufe01"}
"""Which of Unicode's script capitals are meant, chancery or roundhand, for fonts that have both."""
_STYLES = {
    "": "", "0": ' displaystyle="true" scriptlevel="0"',
    "1": ' displaystyle="false" scriptlevel="0"', "2": ' displaystyle="false" scriptlevel="1"',
    "3": ' displaystyle="false" scriptlevel="2"',
}  # fmt: skip
_PRIMES = "\u2032\u2033\u2034\u2057"
_QUOTES = {0x60: "\u2018", 0x27: "\u2019"}
_LETTERS = pattern(r"<mi(?: mathvariant=\"normal\")?>([^<])</mi>")
_RUN_OF_LETTERS = pattern(r"(?:<mi>[A-Za-z]</mi>){2,}")
_DIGITS = pattern(r"<mn>([0-9]+)</mn>")
_UNIT = pattern(r"(\d)((?:in|mm|cm|pt|em|ex|pc|bp|dd|cc|sp|mu))")
_NAME_SPACE = pattern(r"(?:\\[,;:! ]|~|\s)+")
_LENGTH = pattern(r"-?\d+(?:\.\d+)?em")
_FAILURES = (
    exceptions.DenominatorNotFoundError, exceptions.DoubleSubscriptsError,
    exceptions.DoubleSuperscriptsError, exceptions.ExtraLeftOrMissingRightError,
    exceptions.InvalidAlignmentError, exceptions.InvalidStyleForGenfracError,
    exceptions.InvalidWidthError, exceptions.LimitsMustFollowMathOperatorError,
    exceptions.MissingEndError, exceptions.MissingSuperScriptOrSubscriptError,
    exceptions.NoAvailableTokensError, exceptions.NumeratorNotFoundError,
    LookupError, ValueError, TypeError, AttributeError, RecursionError, StopIteration,
)  # fmt: skip
"""Its own exceptions, and those that its walk over unexpected TeX runs into."""


class Latex2MathmlEngine:
    """latex2mathml behind the protocol; its errors carry no offset, so that one is looked for."""

    name = "latex2mathml"
    commands = COMMANDS

    def __init__(self) -> None:
        self.version = version("latex2mathml")

    def convert(self, tex: str, display: bool) -> str:
        """The formula as MathML; raises EngineError."""
        try:
            return self._converted(tex, display)
        except EngineError as error:
            if error.offset >= 0:
                raise
            raise placed(error, tex, lambda part: self._converted(part, display)) from error

    def _converted(self, tex: str, display: bool) -> str:
        tokens = tokenize(tex)
        _check_braces(tokens)
        try:
            content = _Conversion(display=display).formula(tokens)
        except MissingArgumentError:
            raise EngineError(-1, "Expected argument but reached end of input.") from None
        except UnclosedGroupError as error:
            raise EngineError(error.token.start, 'Expected closing token "}", but') from None
        block = ' display="block"' if display else ""
        return f"<math{block}>{content}</math>"


def _check_braces(tokens: list[Token]) -> None:
    """Raise EngineError at a brace without its partner, which latex2mathml passes over."""
    opened: list[Token] = []
    for token in tokens:
        if token.text == "{":
            opened.append(token)
        elif token.text == "}":
            if not opened:
                raise EngineError(token.start, 'Unmatched closing token: "}".')
            opened.pop()
    if opened:
        raise EngineError(opened[-1].start, 'Expected closing token "}", but')


class _Conversion:
    """One formula on its way, with the fragments that stand in it."""

    def __init__(self, *, display: bool) -> None:
        self._display = display
        self._fragments: dict[str, str] = {}
        self._limits: set[str] = set()
        self._depth = 0

    def formula(self, tokens: list[Token]) -> str:
        """The tokens as the content of a `<math>` element."""
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise EngineError(-1, "Hard limit exceeded.")
        stream = TokenStream(tokens)
        prepared = "".join(self._prepared(token, stream) for token in stream)
        self._depth -= 1
        if not prepared.strip():
            return ""
        try:
            mathml = convert(prepared, display="block" if self._display else "inline")
        except _FAILURES as error:
            raise EngineError(-1, _in_words(error)) from error
        return rebuilt(mathml, self._fragments, frozenset(self._limits))

    def _prepared(self, token: Token, stream: TokenStream) -> str:
        name = token.name
        if name in _TEXTS:
            return self._fragment(f"<mtext>{_text(token, stream)}</mtext>")
        if name in VARIANTS:
            return self._fragment(self._in_alphabet(name, stream.argument()))
        if name in _SPECIAL:
            return _SPECIAL[name](self, token, stream)
        if token.text == "'":
            return self.primed(token, stream)
        return self._simple(token, stream)

    def _simple(self, token: Token, stream: TokenStream) -> str:
        name = token.name
        if name in ALIASES:
            stream.push(tokenize(ALIASES[name]))
            return " "
        if token.text in SIGNS:
            return self._fragment(SIGNS[token.text])
        if token.text == "~":
            return self._fragment("<mtext>\u00a0</mtext>")
        return token.text + " " if name.isalpha() else _UNIT.sub(r"{\1}\2", token.text)

    def _fragment(self, markup: str, *, limits: bool = False) -> str:
        character = chr(FIRST_FRAGMENT + len(self._fragments))
        self._fragments[character] = markup
        if limits:
            self._limits.add(character)
        return f" {character} "

    def _in_alphabet(self, command: str, tokens: list[Token]) -> str:
        variant, selector = VARIANTS[command], _SELECTORS.get(command, "")
        content = self.formula(tokens)
        if variant == "normal":
            content = _RUN_OF_LETTERS.sub(lambda run: f"<mi>{_letters(run[0])}</mi>", content)
            content = re.sub(r"<mi>(\w)</mi>", r'<mi mathvariant="normal">\1</mi>', content)
            return f"<mrow>{content}</mrow>"

        def letter(mi: re.Match[str]) -> str:
            shape = selector if "A" <= mi[1] <= "Z" else ""
            return f"<mi>{in_alphabet(mi[1], variant)}{shape}</mi>"

        content = _LETTERS.sub(letter, content)
        content = _DIGITS.sub(lambda mn: f"<mn>{_all_in(variant, mn[1])}</mn>", content)
        return f"<mrow>{content}</mrow>"

    def table(self, token: Token, stream: TokenStream) -> str:
        """An environment, made here cell by cell."""
        name = join(stream.argument())
        if name not in TABLES:
            raise EngineError(token.start, f'Unknown environment "{name}".')
        columns = join(stream.argument()) if TABLES[name].has_columns else ""
        rows, rules = split_table(stream)
        cells = [[self.formula(cell) for cell in row] for row in rows]
        return self._fragment(table(TABLES[name], columns, cells, rules))

    def operator(self, token: Token, stream: TokenStream) -> str:  # noqa: ARG002
        r"""`\operatorname`, which is upright and, with a star, has its scripts below and above."""
        has_limits = stream.take("*") and self._display
        written = "".join(part.text for part in stream.argument())
        shown = f"<mi>{escape_html(_NAME_SPACE.sub(' ', written))}</mi>"
        if len(written) == 1 and written.isascii():
            shown = f'<mi mathvariant="normal">{escape_html(written)}</mi>'
        stream.skip_space()
        if stream.take("\\limits"):
            has_limits = True
        elif stream.take("\\nolimits"):
            has_limits = False
        return self._fragment(shown, limits=has_limits)

    def space(self, token: Token, stream: TokenStream) -> str:
        r"""`\hspace` with a length in em."""
        width = join(stream.argument())
        if not _LENGTH.fullmatch(width):
            raise EngineError(token.start, f'Expected length with units, found "{width}".')
        return self._fragment(f'<mspace width="{width}"/>')

    def fence(self, token: Token, stream: TokenStream) -> str:
        r"""`\left` and its partners, whose delimiter the engine has to see as it stands."""
        stream.skip_space()
        delimiter = stream.first_character()
        if delimiter is None:
            raise EngineError(token.start, f'"{token.text}" needs a delimiter')
        known = ALIASES.get(delimiter.name, delimiter.text)
        return f"{token.text}{FENCE_ALIASES.get(delimiter.name, known)} "

    def sized(self, token: Token, stream: TokenStream) -> str:
        r"""`\big` and its like, of which latex2mathml draws some in the size of the text."""
        stream.skip_space()
        written = join(stream.argument()).strip()
        shown = DELIMITERS.get(FENCE_ALIASES.get(written[1:], written))
        if shown is None:
            raise EngineError(token.start, f'"{token.text}" needs a delimiter')
        size = _SIZES[token.name.rstrip("lmr")]
        form = _FORMS.get(token.name[-1], "")
        extent = f'minsize="{size}" maxsize="{size}"'
        return self._fragment(f'<mo stretchy="true" symmetric="true"{form} {extent}>{shown}</mo>')

    def spaced(self, token: Token, stream: TokenStream) -> str:
        r"""`\mathrel` and its like."""
        content = self.formula(stream.argument()).replace("<mo>", '<mo lspace="0" rspace="0">')
        return self._fragment(f'<mpadded class="{CLASSES[token.name]}">{content}</mpadded>')

    def enclosed(self, token: Token, stream: TokenStream) -> str:
        r"""`\overgroup` and others that draw something around their argument."""
        before, after = ENCLOSING[token.name]
        return self._fragment(before + self.formula(stream.argument()) + after)

    def switched(self, token: Token, stream: TokenStream) -> str:
        r"""`\bf` and its like, which act up to the end of the group or cell."""
        content: list[Token] = []
        depth = 0
        for part in stream:
            depth += (part.text == "{") - (part.text == "}")
            if depth < 0:
                stream.push([part])
                break
            content.append(part)
        return self._fragment(self._in_alphabet(SWITCHES[token.name], content))

    def bracket(self, token: Token, stream: TokenStream) -> str:
        r"""`\Braket` and its like."""
        stream.push(written_out(token, stream.argument()))
        return " "

    def fraction(self, token: Token, stream: TokenStream) -> str:
        r"""`\genfrac`, of which latex2mathml knows no other form than with all arguments given."""
        opening, closing, thickness, style = (join(stream.argument()).strip() for _ in range(4))
        above, below = (self.formula(stream.argument()) for _ in range(2))
        line = in_em(thickness) if thickness else None
        if (thickness and line is None) or style not in _STYLES:
            raise EngineError(token.start, f'Expected length with units, found "{thickness}".')
        rule = "" if line is None else f' linethickness="{line:.4g}em"'
        fraction = f"<mfrac{rule}><mrow>{above}</mrow><mrow>{below}</mrow></mfrac>"
        fences = [self._delimiter(token, written) for written in (opening, closing)]
        shown = f"<mrow>{fences[0]}{fraction}{fences[1]}</mrow>"
        attributes = _STYLES[style]
        return self._fragment(f"<mstyle{attributes}>{shown}</mstyle>" if attributes else shown)

    def _delimiter(self, token: Token, written: str) -> str:
        if written in {"", "."}:
            return ""
        if written not in DELIMITERS:
            raise EngineError(token.start, f'"{token.text}" needs a delimiter')
        return f"<mo>{DELIMITERS[written]}</mo>"

    def colon(self, token: Token, stream: TokenStream) -> str:  # noqa: ARG002
        r"""`\colon`, with its spaces."""
        return self._fragment(COLON)

    def negated(self, token: Token, stream: TokenStream) -> str:  # noqa: ARG002
        r"""`\not`: the negated form of a relation that has one, else a line through it."""
        struck = stream.argument()
        relation = join(struck)
        if relation in NEGATED:
            return NEGATED[relation] + " "
        return self._fragment(f'<mrow class="math-cancel">{self.formula(struck)}</mrow>')

    def primed(self, token: Token, stream: TokenStream) -> str:
        """Primes with an exponent behind them, which latex2mathml stacks or refuses."""
        count = 1
        while stream.take("'"):
            count += 1
        if not stream.take("^"):
            return "'" * count
        sign = _PRIMES[count - 1] if count <= len(_PRIMES) else "\u2032" * count
        primes = token.replaced(self._fragment(f"<mo>{sign}</mo>").strip())
        exponent = stream.argument()
        stream.push([token.replaced("{"), primes, *exponent, token.replaced("}")])
        return "^"


_SPECIAL: dict[str, Callable[[_Conversion, Token, TokenStream], str]] = {
    "begin": _Conversion.table,
    "colon": _Conversion.colon,
    **dict.fromkeys(("left", "middle", "right"), _Conversion.fence),
    **dict.fromkeys(SIZED, _Conversion.sized),
    **dict.fromkeys(CLASSES, _Conversion.spaced),
    **dict.fromkeys(ENCLOSING, _Conversion.enclosed),
    **dict.fromkeys(SWITCHES, _Conversion.switched),
    **dict.fromkeys(BRACKETS, _Conversion.bracket),
    "genfrac": _Conversion.fraction,
    "operatorname": _Conversion.operator,
    "hspace": _Conversion.space,
    "not": _Conversion.negated,
}


def _letters(markup: str) -> str:
    return "".join(re.findall(r"<mi>(.)</mi>", markup))


def _all_in(variant: str, digits: str) -> str:
    return "".join(in_alphabet(digit, variant) for digit in digits)


def _in_words(error: Exception) -> str:
    if isinstance(error, exceptions.DoubleSubscriptsError | exceptions.DoubleSuperscriptsError):
        return "Duplicate subscript or superscript."
    if isinstance(error, RecursionError):
        return "Hard limit exceeded."
    if isinstance(error, exceptions.LimitsMustFollowMathOperatorError):
        return 'Found "\\limits", which may only appear after \\int, \\sum, ....'
    return "latex2mathml cannot read this formula"


def _text(token: Token, stream: TokenStream) -> str:
    """The content of a text command as HTML; raises EngineError."""
    before, after = _TEXTS[token.name]
    inner = TokenStream(stream.argument())
    pieces: list[str] = []
    for part in inner:
        if part.text[0] != "\\":
            blank = part.text.replace("~", "\u00a0").translate(_QUOTES)
            pieces.append("" if part.text in {"{", "}"} else escape_html(blank))
        elif part.name in _TEXTS:
            pieces.append(_text(part, inner))
        elif part.name in TEXT_ACCENTS:
            pieces.append(_accented(part, inner.argument()))
        elif part.name in _TEXT_SYMBOLS:
            pieces.append(_TEXT_SYMBOLS[part.name])
            if part.name.isalpha():
                inner.skip_space()
        else:
            raise EngineError(part.start, "Not valid in text mode.")
    return before + "".join(pieces) + after


def _accented(accent: Token, letters: list[Token]) -> str:
    """A letter of text with its accent, a dotless one with that for its dot."""
    if not letters or any(part.name not in {"", "i", "j"} for part in letters):
        raise EngineError(accent.start, "Not valid in text mode.")
    written = "".join(part.name or part.text for part in letters)
    return escape_html(normalize("NFC", written[0] + TEXT_ACCENTS[accent.name] + written[1:]))
