"""The mathematical alphabets of Unicode, which MathML Core has in the place of `mathvariant`."""

from __future__ import annotations

_LATIN = {
    "bold": 0x1D400, "italic": 0x1D434, "bold-italic": 0x1D468, "script": 0x1D49C,
    "bold-script": 0x1D4D0, "fraktur": 0x1D504, "double-struck": 0x1D538,
    "bold-fraktur": 0x1D56C, "sans-serif": 0x1D5A0, "bold-sans-serif": 0x1D5D4,
    "sans-serif-italic": 0x1D608, "sans-serif-bold-italic": 0x1D63C, "monospace": 0x1D670,
}  # fmt: skip
"""Where each alphabet has its capital A; the others follow, then the small letters."""
_GREEK = {"bold": 0x1D6A8, "italic": 0x1D6E2, "bold-italic": 0x1D71C}
_DIGITS = {
    "bold": 0x1D7CE, "bold-italic": 0x1D7CE, "double-struck": 0x1D7D8, "sans-serif": 0x1D7E2,
    "sans-serif-italic": 0x1D7E2, "bold-sans-serif": 0x1D7EC, "sans-serif-bold-italic": 0x1D7EC,
    "monospace": 0x1D7F6,
}  # fmt: skip
_ELSEWHERE = {
    "script": dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)),
    "fraktur": dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True)),
    "double-struck": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
    "italic": {"h": "ℎ"},
}
"""The letters that Unicode had before the alphabets and did not take into them again."""
_GREEK_SIGNS = "∂ϵϑϰϕϱϖ"


def in_alphabet(character: str, variant: str) -> str:
    """The character in an alphabet; itself where the alphabet has none for it."""
    special = _ELSEWHERE.get(variant, {}).get(character)
    if special is not None:
        return special
    if character in _GREEK_SIGNS and variant in _GREEK:
        return chr(_GREEK[variant] + 51 + _GREEK_SIGNS.index(character))
    for first, last, offset, table in _RUNS:
        if first <= character <= last and variant in table:
            return chr(table[variant] + offset + ord(character) - ord(first))
    return character


_RUNS = (
    ("A", "Z", 0, _LATIN),
    ("a", "z", 26, _LATIN),
    ("0", "9", 0, _DIGITS),
    ("Α", "Ω", 0, _GREEK),
    ("α", "ω", 26, _GREEK),
)
"""Runs of characters, where they begin in the alphabets, and which alphabets have them."""
