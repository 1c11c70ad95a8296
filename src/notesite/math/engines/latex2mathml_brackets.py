r"""Brackets of states and sets for latex2mathml, in delimiters that it knows: `\Braket{a|b}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notesite.math.tex import Token

_AROUND: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Bra": (("\\left", "\\langle"), ("\\right", "|")),
    "Ket": (("\\left", "|"), ("\\right", "\\rangle")),
    "Braket": (("\\left", "\\langle"), ("\\right", "\\rangle")),
    "set": (("\\{", "\\,"), ("\\,", "\\}")),
    "Set": (("\\left", "\\{", "\\:"), ("\\:", "\\right", "\\}")),
}
_BARS: dict[str, tuple[str, ...]] = {
    "Braket": ("\\,", "\\middle", "|", "\\,"), "set": ("\\mid",),
    "Set": ("\\;", "\\middle", "|", "\\;"),
}  # fmt: skip
"""What a bar within them becomes; in a set only the first does."""

BRACKETS = frozenset(_AROUND)
"""The commands, without backslash."""


def written_out(command: Token, content: list[Token]) -> list[Token]:
    """The tokens that say the same of `content`."""
    opening, closing = _AROUND[command.name]
    bars = _BARS.get(command.name, ("|",))
    most = -1 if command.name == "Braket" else 1
    return [
        *map(command.replaced, opening), *_with_bars(content, bars, most),
        *map(command.replaced, closing),
    ]  # fmt: skip


def _with_bars(content: list[Token], bars: tuple[str, ...], most: int) -> list[Token]:
    pieces: list[Token] = []
    depth = 0
    for token in content:
        depth += (token.text == "{") - (token.text == "}")
        if depth or token.name or "|" not in token.text or most == 0:
            pieces.append(token)
            continue
        parts = token.text.split("|", most)
        most -= len(parts) - 1 if most > 0 else 0
        for index, part in enumerate(parts):
            pieces += [token.replaced(bar) for bar in bars] if index else []
            pieces += [token.replaced(part)] if part else []
    return pieces
