"""Pictures of notes for social networks: the title in the site's type, with its formulas.

Everything is laid out here and drawn from the outlines of the site's fonts, so that the same title
gives the same picture on every machine. Needs `notesite[cards]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.cards.places import font_files
from notesite.linking import urls
from notesite.model import PlannedPage
from notesite.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from notesite.cache import Store
    from notesite.cards.painting import Painter
    from notesite.config import Config
    from notesite.model import Section, Site


class Cards:
    """The cards of a site, build after build; its fonts are read when the first one is painted."""

    def __init__(self) -> None:
        self._painter: Painter | None = None

    def pages(
        self, site: Site, config: Config, static: Mapping[str, Path], store: Store | None
    ) -> Iterator[PlannedPage]:
        """A card for each note without a picture of its own, and one for all other pages.

        `static` gives the static files, the fonts among them, by their path below `static/`; in
        `store` a card is found again that was painted before.
        """
        fonts = font_files(static, config.theme.fonts)

        def make(site: Site, url: str, fonts_state: str) -> bytes:
            from notesite.cards.painting import Card, Painter  # noqa: PLC0415 - brings fontTools

            if self._painter is None or self._painter.state != fonts_state:
                self._painter = Painter(fonts, fonts_state)
            if url:
                linked = site.notes[url]
                title, below = linked.note.title, _section_title(site.navigation, linked.section)
                card = Card(title.html, title.text, config.site.title, below)
            else:
                name = config.site.title
                card = Card(escape_html(name), name, "", config.site.description)
            return self._painter.paint(card, config.theme.accent, store)

        state = fonts.state
        yield PlannedPage(urls.SITE_CARD, make, ("", state))
        for url, linked in site.notes.items():
            if not linked.image:
                yield PlannedPage(urls.card_url(url), make, (url, state))


def _section_title(sections: Iterable[Section], wanted: str) -> str:
    for section in sections:
        found = (
            section.title.text if section.id == wanted else _section_title(section.parts, wanted)
        )
        if found:
            return found
    return ""
