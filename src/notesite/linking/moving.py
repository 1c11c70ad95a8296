"""Old addresses: where another generator had the same notes, for redirects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.linking.urls import INDEX, quartz_slug, quartz_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from notesite.model import Section, Tag


def quartz_addresses(
    urls: Mapping[str, str], sections: Iterable[Section], tags: Iterable[Tag]
) -> Iterator[tuple[str, str]]:
    """Each page that Quartz 4 made of a site and that has another URL here, with that URL.

    `urls` gives the URL of each note by its path. Quartz has a page for each folder, as
    `Folder/index.html`, and one for each tag; a folder leads to the section of its first note.
    """
    for path, url in urls.items():
        if quartz_url(path) != url:
            yield quartz_url(path), url
    folders: dict[str, str] = {}
    for folder, url in _section_of_folders(sections, urls):
        folders.setdefault(folder, url)
    for folder, url in folders.items():
        address = "/".join(quartz_slug(part) for part in folder.split("/")) + f"/{INDEX}"
        if address != url:
            yield address, url
    for tag in tags:
        address = "tags/" + "/".join(quartz_slug(part) for part in tag.name.split("/")) + ".html"
        if address != tag.url:
            yield address, tag.url


def _section_of_folders(
    sections: Iterable[Section], urls: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """The folders of the notes, each with the page of the section of the first note in it."""
    section_of = {url: section.url for section in _flat(sections) for url in section.notes}
    for path, url in urls.items():
        parts = path.split("/")[:-1]
        for depth in range(1, len(parts) + 1):
            if url in section_of:
                yield "/".join(parts[:depth]), section_of[url]


def _flat(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _flat(section.parts)
