"""How wide characters are, in hundredths of an em: those of STIX Two Math, rounded to 0.04 em.

Other mathematical fonts differ by a few hundredths.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_ITALIC = {
    28: "il", 32: "tι", 36: "I", 40: "crsJες", 44: "ej", 48: "ozγζνξοτ", 52: "bgkqvySδηθκλυ∂",
    56: "adfhnuxLPβρσ", 60: "pBEFTYZαμφ", 64: "CKRVXπχψω", 68: "AG", 72: "wDNOQU", 76: "H",
    84: "m", 88: "M", 92: "W",
}  # fmt: skip
_UPRIGHT = {
    20: "'", 24: ",.;: \u00a0", 28: "ijl|!⋅∣", 32: "ft{}-⟨⟩", 36: "I()[]¯", 40: "rsJ/?′˜",
    44: "cz∘∙•♯‖", 48: "aegvxy0123456789⌟⌜⌞⌝♭^", 52: "bdopqS∗*ℓ↓↑∖†", 56: "hknuPΓ∃∀∎",
    60: "BFLTZΣ", 64: "ERYΞΥ∪∩∧∨⊔", 68: "CVXΔ∫ℵ", 72: "ADGKOQ+=<>ΘΛΦΨ×≅≃∼≈⊂⊆∈−±≤≥⊥⊤⋆",
    76: "wHNUΠΩ∇", 80: "∅", 84: "m", 88: "MW⊗⊕…⇒", 92: "∑⊠", 96: "→←↦↪⋃⋂⋯∞", 112: "∐∏",
}  # fmt: skip
_ALPHABETS = {
    "DOUBLE-STRUCK": (0.68, 0.52), "SCRIPT": (0.76, 0.6), "FRAKTUR": (0.73, 0.5),
    "BLACK-LETTER": (0.73, 0.5), "BOLD": (0.72, 0.54), "SANS-SERIF": (0.58, 0.46),
    "MONOSPACE": (0.53, 0.53),
}  # fmt: skip
"""The mean width of capitals and of small letters, by a word of their Unicode names."""
_OTHER = 0.7


def _by_character(groups: dict[int, str]) -> dict[str, float]:
    return {character: width / 100 for width, all_ in groups.items() for character in all_}


_ITALIC_WIDTHS = _by_character(_ITALIC)
_UPRIGHT_WIDTHS = _by_character(_UPRIGHT)


@cache
def width_of(character: str, *, is_italic: bool) -> float:
    """The advance of a character in em; `is_italic` as in a formula's variables."""
    if is_italic and character in _ITALIC_WIDTHS:
        return _ITALIC_WIDTHS[character]
    if character in _UPRIGHT_WIDTHS:
        return _UPRIGHT_WIDTHS[character]
    if not character.isprintable() or unicodedata.category(character) in {"Mn", "Cf"}:
        return 0.0
    return _width_by_name(character)


def _width_by_name(character: str) -> float:
    """The width of a character of no table: that of its alphabet, or of most signs."""
    plain = unicodedata.normalize("NFKC", character)
    name = unicodedata.name(character, "")
    if "ITALIC" in name and plain in _ITALIC_WIDTHS and "BOLD" not in name:
        return _ITALIC_WIDTHS[plain]
    for word, (capital, small) in _ALPHABETS.items():
        if word in name:
            return small if plain.islower() or plain.isdigit() else capital
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return _ITALIC_WIDTHS.get(plain, _OTHER)
