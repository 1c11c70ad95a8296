"""Markup that browsers lay out well, in the place of markup that is as right but looks worse.

What a style sheet can put right is put right there, and what lies in the font in
`scripts/mend_math_font.py`.
"""

from __future__ import annotations

import re
from unicodedata import normalize

from notesite.patterns import pattern

_INTEGRALS = "∫∬∭∮∯∰"
_BIG_OPERATORS = "∏∐∑⋀⋁⋂⋃⨀⨁⨂⨄⨆"

# plain TeX's sizes; LaTeX has had others since amsmath.
_SIZES = {'size="1.623em"': 'size="1.8em"', 'size="2.047em"': 'size="2.4em"',
          'size="2.470em"': 'size="3em"'}  # fmt: skip
# The one of the tildes that MathML Core knows and the font has wide forms of.
_WIDE_TILDE = pattern(r'(<mo stretchy="true"[^>]*>)[~\u0303](?=</mo>)')
_TILDE_BELOW = "<mo>~</mo></munder>"
# Chromium sets these on the letters under them as if they were dots.
_LOW_COVER = pattern(r"<mo>([⎴⏜⏠↼⇀])</mo></mover>")
_ACCENTED_BASE = pattern(
    r'(<msu(?:p|bsup)>)(<mover accent="true"><m([in])[^>]*>[^<]*</m\3>'
    r'<mo stretchy="false"[^>]*>[^<]*</mo></mover>)'
)
_INTEGRAL_BASE = pattern(rf"(<msu(?:b|bsup)><mo)((?: [^>]*)?>[{_INTEGRALS}]</mo>)")
# Chromium puts an accent on an operator as high as a limit; beside something it is none.
_OPERATOR_UNDER_ACCENT = pattern(
    rf'(<mover accent="true">)(<mo[^>]*>[{_INTEGRALS}{_BIG_OPERATORS}]</mo>)'
)
# Firefox draws these as large as sums in a display, between letters too.
_LARGE_IN_FIREFOX = pattern(r"<mo(?![^>]*largeop)([^>]*>[⊎⊕⊖⊗⊙]</mo>)")
_STROKE = "\u0338"
_CHANGED_SIGN = pattern(f"[⊎⊕⊖⊗⊙{_INTEGRALS}{_STROKE}]")
_STRUCK_LETTER = pattern(rf"<mrow><mspace/><(mi)()>(.[\ufe00\ufe01]?){_STROKE}</mi></mrow>")
_STRUCK_SIGN = pattern(rf"<(mo)([^>]*)>(.){_STROKE}</mo>")
# Chromium gives every fence that may grow the room of the largest there is. Of a hole nobody knows
# yet how high it is.
_HOLES = "\U00100000-\U0010ffff"
_ATOM = rf"<m[in](?: [^>]*)?>[^<{_HOLES}]{{1,4}}</m[in]>"
_LOW_SIGN = rf"<mo(?: [^>]*)?>(?:[^<&{_INTEGRALS}{_BIG_OPERATORS}{_HOLES}]|&[a-z]+;)</mo>"
_LOW_SCRIPT = rf"<msub>{_ATOM}(?:{_ATOM}|<mrow>(?:{_ATOM}|{_LOW_SIGN})*</mrow>)</msub>"
_LOW = rf"{_ATOM}|{_LOW_SIGN}|{_LOW_SCRIPT}|<mspace[^>]*/>"
_FENCED = rf'<mrow><mo stretchy="false"(?: [^>]*)?>[^<]</mo>(?:{_LOW})*</mrow>'
_MAY_GROW = r'(?: [lr]space="[^"]*"| form="[^"]*"| stretchy="true")*'
_LOW_FENCE = pattern(
    rf"(<mrow><mo)({_MAY_GROW}>[(\[{{⟨⌊⌈|‖]</mo>"
    rf"(?:{_LOW}|{_FENCED})*<mo)"
    rf"({_MAY_GROW}>[)\]}}⟩⌋⌉|‖]</mo></mrow>)"
)
_LIMITS = pattern(rf"<(munderover|munder|mover)><mo[^>]*>[{_BIG_OPERATORS}]</mo>")


def for_browsers(mathml: str) -> str:
    """The formula with what browsers need."""
    if 'size="' in mathml:
        for plain, latex in _SIZES.items():
            mathml = mathml.replace(plain, latex)
    if "<mover accent" in mathml:
        mathml = _with_accents(mathml)
    if "<mrow><mo" in mathml:
        mathml = _with_low_fences(mathml)
    if _TILDE_BELOW in mathml:
        tilde = '<mo stretchy="true" class="math-tilde-below">\u02dc</mo></munder>'
        mathml = mathml.replace(_TILDE_BELOW, tilde)
    if mathml.isascii():
        return mathml
    if _CHANGED_SIGN.search(mathml):
        mathml = _LARGE_IN_FIREFOX.sub(r'<mo largeop="false"\1', mathml)
        mathml = _INTEGRAL_BASE.sub(r'\1 class="math-integral"\2', mathml)
        mathml = _STRUCK_LETTER.sub(_struck_out, mathml)
        mathml = _STRUCK_SIGN.sub(_struck_out, mathml)
    has_limits = "<munder" in mathml or "<mover>" in mathml
    is_grouping = "<mrow><mo" in mathml or "<mover accent" in mathml
    return _with_grouped_limits(mathml) if has_limits and is_grouping else mathml


def _with_low_fences(mathml: str) -> str:
    """The formula with fences that do not grow around what is no higher than they are."""
    changed = 1
    while changed:
        mathml, changed = _LOW_FENCE.subn(_low_fence, mathml)
    return mathml


def _low_fence(fence: re.Match[str]) -> str:
    opening, low, closing = (
        part.replace(' stretchy="true"', ' stretchy="false"') for part in fence.groups()
    )
    fixed = ' stretchy="false"'
    before = "" if low.startswith(fixed) else fixed
    after = "" if closing.startswith(fixed) else fixed
    return f"{opening}{before}{low}{after}{closing}"


def _struck_out(struck: re.Match[str]) -> str:
    """A character with a stroke drawn through it, where Unicode has none that is whole.

    Firefox puts a combining stroke beside it, and a letter with one is no longer italic.
    """
    tag, attributes, character = struck[1], struck[2], struck[3]
    whole = normalize("NFC", character + _STROKE)
    if len(whole) == 1:
        return f"<{tag}{attributes}>{whole}</{tag}>"
    return f'<mrow class="math-cancel"><{tag}{attributes}>{character}</{tag}></mrow>'


def _with_accents(mathml: str) -> str:
    """Accents that stretch, and letters that keep their exponents where they are.

    TeX sets an exponent by the letter under the accent (The TeXbook, appendix G, rule 12), browsers
    by the height of both, which `<mpadded>` makes that of a letter.
    """
    if "~" in mathml or "\u0303" in mathml:
        mathml = _WIDE_TILDE.sub("\\1\u02dc", mathml)
    if not mathml.isascii():
        mathml = _LOW_COVER.sub(r'<mo class="math-lifted">\1</mo></mover>', mathml)
        mathml = _OPERATOR_UNDER_ACCENT.sub(r"\1<mrow>\2<mi></mi></mrow>", mathml)
    if "<msup><mover" in mathml or "<msubsup><mover" in mathml:
        mathml = _ACCENTED_BASE.sub(r'\1<mpadded height="0.58em">\2</mpadded>', mathml)
    return mathml


def _with_grouped_limits(mathml: str) -> str:
    """Big operators with their limits in groups of their own.

    Firefox stretches parentheses to what is no operator, and a sum with limits is one to it.
    """
    for match in reversed(list(_LIMITS.finditer(mathml))):
        end = _end_of(mathml, match.start(), match[1])
        element = mathml[match.start() : end]
        if mathml.endswith('<mover accent="true">', 0, match.start()):
            element += "<mi></mi>"
        mathml = f"{mathml[: match.start()]}<mrow>{element}</mrow>{mathml[end:]}"
    return mathml


def _end_of(mathml: str, start: int, name: str) -> int:
    """Where the element `name` that begins at `start` ends."""
    depth = 0
    for tag in re.compile(rf"<(/?){name}[ >]").finditer(mathml, start):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end()
    return len(mathml)
