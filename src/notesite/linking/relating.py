"""Relations between notes: tags, backlinks, related notes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from notesite.linking.urls import tag_url
from notesite.model import Relation, Tag
from notesite.text import match_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_RELATED = 5
_TOO_COMMON = 100
MOST_ABOVE = 20
"""How many tags above a nested one have pages: each of them holds all of its name."""

_Trait = tuple[str, str]
"""What notes may share: `tag`, `link` or `work`, and which."""


def collect_tags(
    tags_of: Mapping[str, tuple[str, ...]], newest_first: Iterable[str]
) -> tuple[Tag, ...]:
    """The tags of all notes, by name; `tags_of` is by URL.

    Spellings that share a page are one tag, shown as first spelt. A nested tag counts for the tags
    above it too, as in Obsidian, though not for thousands of them.
    """
    spelling: dict[str, str] = {}
    holders: dict[str, list[str]] = defaultdict(list)
    for url in newest_first:
        pages: dict[str, None] = {}
        for tag in tags_of[url]:
            for name in _with_parents(tag):
                page = tag_url(name)
                spelling.setdefault(page, name)
                pages[page] = None
        for page in pages:
            holders[page].append(url)
    tags = (Tag(spelling[page], page, tuple(urls)) for page, urls in holders.items())
    return tuple(sorted(tags, key=lambda tag: (match_key(tag.name), tag.url)))


def _with_parents(tag: str) -> list[str]:
    parts = tag.split("/")
    above = range(1, min(len(parts), MOST_ABOVE + 1))
    return [*("/".join(parts[:count]) for count in above), tag]


def backlinks(targets: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """For each URL those that link to it, in their order; `targets` gives the links out of each."""
    found: dict[str, list[str]] = defaultdict(list)
    for url, linked in targets.items():
        for target in linked:
            if target != url:
                found[target].append(url)
    return {url: tuple(sources) for url, sources in found.items()}


def all_related(
    tags: Iterable[Tag],
    targets: Mapping[str, Iterable[str]],
    works: Mapping[str, Iterable[str]],
    linked: Mapping[str, frozenset[str]],
) -> dict[str, tuple[Relation, ...]]:
    """What each note is like, by URL, as Relatedness has it; those that are like none left out."""
    relatedness = Relatedness(tags, targets, works, linked)
    found = ((url, relatedness.of(url)) for url in targets)
    return {url: relations for url, relations in found if relations}


class Relatedness:
    """Which notes are like which, and why: by the tags, the links and the citations they share.

    Whatever two notes share counts the more the fewer notes have it; what more than a hundred have
    counts for nothing.
    """

    def __init__(
        self,
        tags: Iterable[Tag],
        targets: Mapping[str, Iterable[str]],
        works: Mapping[str, Iterable[str]],
        linked: Mapping[str, frozenset[str]],
    ) -> None:
        """`targets` and `works` give, by URL, what a note links to and the works that it cites.

        `linked` gives the notes that a note is known to belong to: those it links to, those that
        link to it, the other parts of its series.
        """
        self._linked = linked
        holders: dict[_Trait, list[str]] = {("tag", tag.name): list(tag.notes) for tag in tags}
        for kind, values_of in (("link", targets), ("work", works)):
            for url, values in values_of.items():
                for value in dict.fromkeys(values):
                    if value != url:
                        holders.setdefault((kind, value), []).append(url)
        self._holders = {
            trait: urls for trait, urls in holders.items() if 1 < len(urls) <= _TOO_COMMON
        }
        self._traits: dict[str, list[_Trait]] = defaultdict(list)
        for trait, urls in self._holders.items():
            for url in urls:
                self._traits[url].append(trait)

    def of(self, url: str) -> tuple[Relation, ...]:
        """The notes most like the one at `url`, the likest first.

        Notes that are linked need no introduction and are left out, unless there is nothing else to
        name.
        """
        traits = self._traits.get(url)
        if not traits:
            return ()
        scores = self._scores(url, traits)
        known = [other for other in self._linked.get(url, ()) if other in scores]
        strangers = scores.copy()
        for other in known:
            del strangers[other]
        ranked = _best(strangers)
        if len(ranked) < MOST_RELATED:
            ranked += _best({other: scores[other] for other in known})
        return tuple(self._relation(other, traits) for other in ranked[:MOST_RELATED])

    def _scores(self, url: str, traits: list[_Trait]) -> dict[str, float]:
        scores: dict[str, float] = {}
        for trait in traits:
            holders = self._holders[trait]
            weight = 1.0 / len(holders)
            for other in holders:
                scores[other] = scores.get(other, 0.0) + weight
        del scores[url]
        return scores

    def _relation(self, url: str, traits: list[_Trait]) -> Relation:
        own = set(self._traits[url])
        shared = [trait for trait in traits if trait in own]

        def values(wanted: str) -> tuple[str, ...]:
            return tuple(value for kind, value in shared if kind == wanted)

        tags = values("tag")
        # Who shares `analysis/real` shares `analysis`.
        deepest = tuple(tag for tag in tags if not any(t.startswith(f"{tag}/") for t in tags))
        return Relation(url, deepest, values("link"), values("work"))


def _best(scores: dict[str, float]) -> list[str]:
    """The names with the highest scores, equal ones by name; only these few are put in order."""
    if len(scores) > MOST_RELATED:
        least = sorted(scores.values(), reverse=True)[MOST_RELATED - 1]
        scores = {name: score for name, score in scores.items() if score >= least}
    return sorted(scores, key=lambda name: (-scores[name], name))[:MOST_RELATED]
