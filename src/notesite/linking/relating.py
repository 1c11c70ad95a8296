"""Relations between notes: tags, backlinks, related notes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from notesite.linking.urls import tag_url
from notesite.model import Tag
from notesite.text import match_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_RELATED = 5


def collect_tags(
    tags_of: Mapping[str, tuple[str, ...]], newest_first: Iterable[str]
) -> tuple[Tag, ...]:
    """The tags of all notes, by name; `tags_of` is by URL.

    Spellings that share a page are one tag, shown as first spelt. A nested tag counts for the tags
    above it too, as in Obsidian.
    """
    spelling: dict[str, str] = {}
    holders: dict[str, list[str]] = defaultdict(list)
    for url in newest_first:
        pages: dict[str, None] = {}
        for tag in tags_of[url]:
            for name in _with_parents(tag):
                spelling.setdefault(tag_url(name), name)
                pages[tag_url(name)] = None
        for page in pages:
            holders[page].append(url)
    tags = (Tag(spelling[page], page, tuple(urls)) for page, urls in holders.items())
    return tuple(sorted(tags, key=lambda tag: (match_key(tag.name), tag.url)))


def _with_parents(tag: str) -> list[str]:
    parts = tag.split("/")
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]


def backlinks(targets: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """For each URL those that link to it, in their order; `targets` gives the links out of each."""
    found: dict[str, list[str]] = defaultdict(list)
    for url, linked in targets.items():
        for target in linked:
            if target != url:
                found[target].append(url)
    return {url: tuple(sources) for url, sources in found.items()}


def related(url: str, tags: Iterable[Tag], linked: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """The notes most like the one at `url`, the likest first.

    A shared tag counts the more the fewer notes carry it; notes that link to each other need no
    introduction and are left out, unless there is nothing else to name.
    """
    scores: dict[str, float] = defaultdict(float)
    for tag in tags:
        for other in tag.notes:
            if other != url:
                scores[other] += 1.0 / len(tag.notes)
    known = linked.get(url, frozenset())
    ranked = sorted(scores, key=lambda other: (other in known, -scores[other], other))
    return tuple(ranked[:MOST_RELATED])
