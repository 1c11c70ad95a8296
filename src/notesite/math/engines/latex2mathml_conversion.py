"""A formula given to latex2mathml piece by piece, in commands that it is known to get right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from latex2mathml import exceptions
from latex2mathml.converter import convert

from notesite.math.accents import ACCENTS
from notesite.math.delimiters import SIZED
from notesite.math.engines.alphabets import in_alphabet
from notesite.math.engines.engine import COLON, EngineError
from notesite.math.engines.latex2mathml_arguments import (
    DIGITS_APART,
    MOVABLE,
    digits_apart,
    limits_behind,
)
from notesite.math.engines.latex2mathml_brackets import BRACKETS, written_out
from notesite.math.engines.latex2mathml_commands import (
    ALIASES,
    NEGATED,
    VARIANTS,
)
from notesite.math.engines.latex2mathml_constructs import (
    Converter,
    cramped,
    fraction,
    scripts_at_sides,
    scripts_before,
)
from notesite.math.engines.latex2mathml_signs import (
    CLASSES,
    DELIMITERS,
    ENCLOSING,
    FENCE_ALIASES,
    SIGNS,
    SWITCHES,
)
from notesite.math.engines.latex2mathml_texts import TEXTS, accented_letter, text_elements
from notesite.math.engines.rebuilding import FIRST_FRAGMENT, rebuilt, with_joined_letters
from notesite.math.engines.tables import TABLES, split_table, table
from notesite.math.tex import Token, TokenStream, braced, join, tokenize
from notesite.patterns import pattern
from notesite.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Callable

DEPTH_LIMIT = 60
"""How deep tables and alphabets may nest; each level is a conversion of its own."""

_SIZES = {"big": "1.2em", "Big": "1.8em", "bigg": "2.4em", "Bigg": "3em"}
_FORMS = {"l": ' form="prefix"', "m": ' form="infix"', "r": ' form="postfix"'}
_SELECTORS = {"mathcal": "\ufe00", "mathscr": "\ufe01"}
"""Which of Unicode's script capitals are meant, chancery or roundhand, for fonts that have both."""
_PRIMES = "\u2032\u2033\u2034\u2057"
UPRIGHT = ' mathvariant="normal" '
r"""Of a letter made upright by `\mathrm`, which an alphabet around it does not change.

The blank at its end tells it from a letter that is upright by itself.
"""
_LETTERS = pattern(r"<mi(?: mathvariant=\"normal\")?>([^<])</mi>")
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


class Conversion:
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
            return rebuilt(mathml, self._fragments, frozenset(self._limits))
        except _FAILURES as error:
            raise EngineError(-1, _in_words(error)) from error

    def _prepared(self, token: Token, stream: TokenStream) -> str:
        name = token.name
        fragment = self._made_here(token, stream) if name else None
        if fragment is not None:
            return fragment
        if name in _SPECIAL:
            return _SPECIAL[name](self, token, stream)
        if token.text == "'":
            return self.primed(token, stream)
        if name in DIGITS_APART:
            digits_apart(token, stream)
        return self._simple(token, stream)

    def _made_here(self, token: Token, stream: TokenStream) -> str | None:
        """The fragment of a command of which latex2mathml sees nothing; None for others."""
        name = token.name
        if place := limits_behind(stream):
            operator = MOVABLE.sub("", self.formula([token]))
            if place == "limits":
                operator = operator.replace("<mo", '<mo movablelimits="false"', 1)
            return self._fragment(operator, limits=place == "limits")
        if name in TEXTS:
            return self._fragment(text_elements(token, stream))
        if name in ACCENTS:
            return self._fragment(f"<mtext>{accented_letter(token, stream)}</mtext>")
        if name in VARIANTS:
            return self._fragment(self._in_alphabet(name, stream.argument()))
        return None

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
            content = with_joined_letters(content)
            content = re.sub(r"<mi>(\w)</mi>", rf"<mi{UPRIGHT}>\1</mi>", content)
            return f"<mrow>{content}</mrow>"

        def letter(mi: re.Match[str]) -> str:
            shape = selector if "A" <= mi[1] <= "Z" else ""
            is_capital = "\u0391" <= mi[1] <= "\u03a9"
            shown = in_alphabet(mi[1], variant.removesuffix("-italic") if is_capital else variant)
            return f"<mi>{shown}{shape}</mi>"

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

    def made(self, token: Token, stream: TokenStream) -> str:
        """What is made of its converted parts."""
        return self._fragment(_MADE[token.name](self, token, stream))

    def at_sides(self, token: Token, stream: TokenStream) -> str:
        r"""`\sideset`, around an operator that keeps its limits."""
        return self._fragment(scripts_at_sides(self, token, stream), limits=self._display)

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
        """Primes, of which latex2mathml stacks several, with an exponent behind them or none."""
        count = 1
        while stream.take("'"):
            count += 1
        is_raised = stream.take("^")
        if count == 1 and not is_raised:
            return "'"
        sign = _PRIMES[count - 1] if count <= len(_PRIMES) else "\u2032" * count
        primes = token.replaced(self._fragment(f"<mo>{sign}</mo>").strip())
        exponent = stream.argument() if is_raised else []
        stream.push(braced([primes, *exponent], token) if is_raised else [primes])
        return "^"


_MADE: dict[str, Callable[[Converter, Token, TokenStream], str]] = {
    "genfrac": fraction,
    "prescript": scripts_before,
    "cramped": cramped,
}

_SPECIAL: dict[str, Callable[[Conversion, Token, TokenStream], str]] = {
    "begin": Conversion.table,
    "colon": Conversion.colon,
    **dict.fromkeys(("left", "middle", "right"), Conversion.fence),
    **dict.fromkeys(SIZED, Conversion.sized),
    **dict.fromkeys(CLASSES, Conversion.spaced),
    **dict.fromkeys(ENCLOSING, Conversion.enclosed),
    **dict.fromkeys(SWITCHES, Conversion.switched),
    **dict.fromkeys(BRACKETS, Conversion.bracket),
    **dict.fromkeys(_MADE, Conversion.made),
    "sideset": Conversion.at_sides,
    "operatorname": Conversion.operator,
    "hspace": Conversion.space,
    "not": Conversion.negated,
}


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
