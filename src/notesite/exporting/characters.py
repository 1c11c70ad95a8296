"""Characters beyond ASCII: what pdfLaTeX knows stays, the rest becomes a command.

The commands are those of pylatexenc. LuaLaTeX and XeLaTeX would take any character; pdfLaTeX is
the one that is everywhere.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from notesite.latex_text import escape_latex

_LATIN = range(0xC0, 0x180)
"""Letters that the font encoding T1 has, or composes."""
_NOT_IN_T1 = frozenset("ĦħĸĿŀŉŦŧ")
_PLAIN = {
    "\u2009": r"\,", "\u202f": r"\,", "\u200b": "", "\u2060": "", "\ufeff": "", "\ufe0e": "",
    "\ufe0f": "", "\u2028": " ", "\u2029": " ", "∎": r"\ensuremath{\blacksquare}",
    "«": r"\guillemotleft{}",
    "»": r"\guillemotright{}", "„": r"\quotedblbase{}", "‚": r"\quotesinglbase{}", "§": r"\S{}",
    "¶": r"\P{}", "©": r"\copyright{}", "°": r"\ensuremath{^{\circ}}", "•": r"\textbullet{}",
    "†": r"\dag{}", "‡": r"\ddag{}", "€": r"\texteuro{}", "£": r"\pounds{}", "¿": r"?`", "¡": r"!`",
    "ℓ": r"\ensuremath{\ell}", "→": r"\ensuremath{\rightarrow}", "←": r"\ensuremath{\leftarrow}",
    "↔": r"\ensuremath{\leftrightarrow}", "⇒": r"\ensuremath{\Rightarrow}",
    "−": r"\ensuremath{-}", "×": r"\ensuremath{\times}", "·": r"\ensuremath{\cdot}",
    "≤": r"\ensuremath{\leq}", "≥": r"\ensuremath{\geq}", "≠": r"\ensuremath{\neq}",
    "≈": r"\ensuremath{\approx}", "∞": r"\ensuremath{\infty}", "√": r"\ensuremath{\surd}",
    "∈": r"\ensuremath{\in}", "½": r"\ensuremath{\tfrac12}", "²": r"\ensuremath{^2}",
    "³": r"\ensuremath{^3}", "¹": r"\ensuremath{^1}", "±": r"\ensuremath{\pm}",
    "□": r"\ensuremath{\square}", "■": r"\ensuremath{\blacksquare}",
    "✓": r"\ensuremath{\checkmark}",
    "★": r"\ensuremath{\bigstar}", "′": r"\ensuremath{'}",
}  # fmt: skip


class Characters:
    """Writes characters, and remembers those that LaTeX has no command for."""

    def __init__(self) -> None:
        self.unknown: set[str] = set()

    def text(self, text: str) -> str:
        """Plain text as LaTeX."""
        escaped = escape_latex(text)
        return escaped if escaped.isascii() else "".join(map(self._character, escaped))

    def formula(self, tex: str) -> str:
        """TeX with its characters beyond ASCII as commands."""
        return tex if tex.isascii() else "".join(map(self._character, tex))

    def _character(self, character: str) -> str:
        if character.isascii():
            return character
        known = _PLAIN.get(character)
        if known is not None:
            return known
        if ord(character) in _LATIN and character not in _NOT_IN_T1:
            return character
        command = _command(character)
        if command is None:
            self.unknown.add(character)
            return character
        return command


@cache
def _command(character: str) -> str | None:
    """A command that works in text and in formulas, if there is one."""
    found = _encoder().unicode_to_latex(character)
    is_missing = not found or not found.isascii() or "unicode" in found.lower()
    # Commands for Cyrillic take fonts that not every TeX has.
    return None if is_missing or found.lower().startswith(("\\cyr", "{\\cyr")) else str(found)


@cache
def _encoder() -> Any:  # noqa: ANN401 - pylatexenc has no types
    from pylatexenc.latexencode import UnicodeToLatexEncoder  # noqa: PLC0415 - for an export alone

    return UnicodeToLatexEncoder(
        unknown_char_policy="keep",
        replacement_latex_protection="braces",
        unknown_char_warning=False,
    )
