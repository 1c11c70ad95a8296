"""What all pages of a site are made with: the templates, the configuration, the site."""

from __future__ import annotations

from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from notesite.records import dataclass
from notesite.rendering.sharing import Shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jinja2 import Environment

    from notesite.config import Config
    from notesite.languages import Strings
    from notesite.model import LinkedNote, Section, Site


@dataclass(frozen=True)
class Setting:
    """The templates, the configuration and the site of some pages, and what these `shared`."""

    environment: Environment
    config: Config
    site: Site
    shared: Shared = field(default_factory=Shared)

    @cached_property
    def strings(self) -> Strings:
        """The site's language and its own words."""
        return self.config.words()

    @cached_property
    def sections_by_id(self) -> dict[str, Section]:
        """The sections without their notes."""
        return {section.id: section for section in flattened(self.site.navigation)}

    @property
    def has_map(self) -> bool:
        """Whether there is a map: it is wanted, and there is something to draw."""
        return self.config.theme.maps and self.site.has_links

    @cached_property
    def has_json_feed(self) -> bool:
        """Whether there is a JSON Feed."""
        return bool(self.config.site.base_url) and self.config.machines.json_feed

    def has_markdown(self, linked: LinkedNote) -> bool:
        """Whether the note's own Markdown is published (`outputs.markdown_source`)."""
        is_wanted = bool(self.config.site.base_url) and self.config.machines.markdown
        is_shown = linked.has_public_source and not linked.note.front_matter.is_draft
        return is_wanted and is_shown

    def section_title(self, linked: LinkedNote) -> str:
        """The readable title of the note's section."""
        return self.sections_by_id[linked.section].title.text


def flattened(sections: Iterable[Section]) -> Iterator[Section]:
    """The sections, each before its parts."""
    for section in sections:
        yield section
        yield from flattened(section.parts)
