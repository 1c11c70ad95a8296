"""How languages write the number of an edition: 2nd, 2., 2e."""

from __future__ import annotations

_ENGLISH = {1: "st", 2: "nd", 3: "rd"}


def ordinal(number: int, language: str) -> str:
    """The number as an ordinal in a language, given by its code; the bare number in others."""
    match language.partition("-")[0]:
        case "en":
            is_teen = number // 10 % 10 == 1
            return f"{number}{'th' if is_teen else _ENGLISH.get(number % 10, 'th')}"
        case "de":
            return f"{number}."
        case "fr":
            return f"{number}{'re' if number == 1 else 'e'}"
    return str(number)
