"""Planning: which files a site has, and how each of them is made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from notesite.building.files import (
    copied_files,
    file_as_given,
    files_of_quartz,
    markdown_pages,
    static_files,
)
from notesite.cache import digest
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from jinja2 import Environment

    from notesite.building.values import Project
    from notesite.cache import Store
    from notesite.cards import Cards
    from notesite.config import Config
    from notesite.diagnostics import Diagnostic
    from notesite.model import LinkedNote, PlannedPage, Site
    from notesite.rendering.sharing import Shared


@dataclass(frozen=True, slots=True)
class _Plan:
    """What was planned last, for which site, and what the pages share."""

    site: Site
    shared: Shared
    pages: dict[str, PlannedPage]
    problems: tuple[Diagnostic, ...]


def _is_as_public(old: LinkedNote, new: LinkedNote) -> bool:
    """Whether a note whose text was edited has the files that it had.

    Of a note's text only its signs, for fonts, and whether its Markdown can be published have a say
    in which files a site has.
    """
    return old.note.signs == new.note.signs and old.has_public_source == new.has_public_source


class Planner:
    """Plans the files of one site, build after build; keeps what planning needs between them."""

    def __init__(self, *, whole_fonts: bool) -> None:
        """`whole_fonts` serves the whole math font, not the part that the site needs."""
        self._whole_fonts = whole_fonts
        self._store: Store | None = None
        self._version = ""
        self._cards: Cards | None = None
        self._environment: tuple[str, Environment] | None = None
        self._last: _Plan | None = None

    def begin(self, version: str, store: Store | None) -> None:
        """Plan from now on with templates of that version, and with that cache, if there is one."""
        self._version = version
        self._store = store

    def plan(
        self, project: Project, config: Config, site: Site, problems: list[Diagnostic]
    ) -> list[PlannedPage]:
        """The files of the site; of two with one path the second counts."""
        from notesite.outputs import generated_files  # noqa: PLC0415 - as above
        from notesite.previewing.files import preview_files  # noqa: PLC0415
        from notesite.rendering.look import dead_links  # noqa: PLC0415
        from notesite.rendering.pages import PageRenderer  # noqa: PLC0415 - Jinja is slow to import
        from notesite.rendering.setting import Setting  # noqa: PLC0415

        before = len(problems)
        setting = Setting(self._templates(project), config, site)
        pages = [
            *PageRenderer(setting).pages(),
            *preview_files(site, config),
            *generated_files(site, config),
        ]
        pages += markdown_pages(project, config, site)
        files = static_files(project)
        pages += self._look(files, config, site, problems)
        if config.theme.cards:
            pages += self._card_pages(files, config, site)
        pages += copied_files(files, project, site)
        if "quartz" in {config.site.urls, config.site.old_urls}:
            pages += files_of_quartz(project, site.assets)
        planned = {page.path: page for page in pages}
        problems.extend(dead_links(config, planned))
        found = tuple(problems[before:])
        self._last = _Plan(site, setting.shared, planned, found)
        return list(planned.values())

    def plan_again(
        self,
        site: Site,
        edited: Collection[str],
        changed: frozenset[str],
        problems: list[Diagnostic],
    ) -> dict[str, PlannedPage] | None:
        """The files, by path, of a site of which only the texts of the `edited` notes are others.

        `changed` are the keys of all that has changed with them. None where the texts matter to
        which files there are: then `plan` has to be asked.
        """
        last = self._last
        if last is None or not all(
            _is_as_public(last.site.notes[u], site.notes[u]) for u in edited
        ):
            return None
        last.shared.forget(changed)
        self._last = replace(last, site=site)
        problems.extend(last.problems)
        return last.pages

    def _look(
        self, files: dict[str, Path], config: Config, site: Site, problems: list[Diagnostic]
    ) -> Iterator[PlannedPage]:
        """The style sheet and the like, made again when a static file or the signs have changed."""
        from notesite.styling import FontMeans, look_files  # noqa: PLC0415 - as above

        stamps = tuple((path, *file_as_given(file)) for path, file in sorted(files.items()))
        signs = sorted(set().union(*(each.note.signs for each in site.notes.values())))
        means = FontMeans(self._store, self._whole_fonts)
        given = digest(repr(stamps), "".join(signs), str(means.whole))
        for page in look_files(files, config, signs, means, problems):
            yield replace(page, given=(given,))

    def _card_pages(
        self, files: dict[str, Path], config: Config, site: Site
    ) -> Iterator[PlannedPage]:
        """The pictures for social networks, from the fonts among the static files."""
        from notesite.cards import Cards  # noqa: PLC0415 - as above

        if self._cards is None:
            self._cards = Cards()
        return self._cards.pages(site, config, files, self._store)

    def _templates(self, project: Project) -> Environment:
        """The compiled templates, which stay as long as their texts do."""
        from notesite.rendering.environment import build_environment  # noqa: PLC0415 - as above

        if self._environment is None or self._environment[0] != self._version:
            templates = project.templates if project.templates.is_dir() else None
            self._environment = (self._version, build_environment(templates, self._store))
        return self._environment[1]
