"""`t` in templates: the strings of the page's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from notesite.languages import pieces
from notesite.records import dataclass

if TYPE_CHECKING:
    from datetime import date

    from notesite.languages import Catalogue
    from notesite.languages.language import Direction


@dataclass(frozen=True, slots=True)
class Words:
    """Called with a key and the values of its placeholders, it gives a string of the language.

    Where a value is markup, such as a link, the string is markup too, all else in it escaped.
    """

    catalogue: Catalogue

    def __call__(self, key: str, /, **values: object) -> str:
        """The string of `key`."""
        if not any(hasattr(value, "__html__") for value in values.values()):
            return self.catalogue.text(key, **values)
        texts = pieces(self.catalogue.pattern(key, **values))
        shown = (escape(values[each] if index % 2 else each) for index, each in enumerate(texts))
        return Markup("").join(shown)

    def date(self, day: date) -> str:
        """A date as the language writes it."""
        return self.catalogue.date(day)

    @property
    def direction(self) -> Direction:
        """Which way the language is written."""
        return self.catalogue.direction

    @property
    def language(self) -> str:
        """The page's BCP 47 tag."""
        return self.catalogue.tag
