"""The kinds of results, such as theorems and proofs, and of all else that is numbered and named."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from notesite.config.tables import ResultKindConfig, ResultsConfig
    from notesite.languages import Catalogue

STYLES = ("plain", "definition", "remark", "proof")
"""How a result is set: its text in italics, upright, or after an italic name, or as a proof."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of result: its names, how it is set, and what it counts with.

    Kinds of one `counter` are counted together.
    """

    id: str
    title: str
    plural: str
    style: str = "plain"
    counter: str = ""
    is_numbered: bool = True
    aliases: tuple[str, ...] = ()
    is_own: bool = False
    """Whether the site has named it; ours have their names in every language."""

    @property
    def is_proof(self) -> bool:
        """Whether it belongs to the result before it."""
        return self.style == "proof"

    @property
    def wants_proof(self) -> bool:
        """Whether one would miss a proof of it."""
        return self.style == "plain" and self.id != "conjecture"

    def title_in(self, words: Catalogue) -> str:
        """Its name in a language: *Theorem*."""
        return self.title if self.is_own else words.text(f"result.{self.id}")

    def plural_in(self, words: Catalogue) -> str:
        """The plural of its name: *Theorems*."""
        return self.plural if self.is_own else words.text(f"results.{self.id}")


def _kind(name: str, style: str, *aliases: str, plural: str = "") -> Kind:
    title = name.capitalize()
    is_numbered = style != "proof"
    return Kind(name, title, plural or f"{title}s", style, "", is_numbered, aliases)


RESULTS = (
    _kind("definition", "definition", "def"),
    _kind("theorem", "plain", "thm"),
    _kind("lemma", "plain", "lem"),
    _kind("proposition", "plain", "prp", "prop"),
    _kind("corollary", "plain", "cor", plural="Corollaries"),
    _kind("conjecture", "plain", "cnj", "conj"),
    _kind("claim", "plain", "clm"),
    _kind("axiom", "definition", "axm"),
    _kind("assumption", "definition", "asm"),
    _kind("hypothesis", "definition", "hyp", plural="Hypotheses"),
    _kind("notation", "definition", "ntn"),
    _kind("example", "definition", "exm"),
    _kind("exercise", "definition", "exr"),
    _kind("algorithm", "definition", "alg"),
    _kind("remark", "remark", "rmk", "rem"),
    _kind("proof", "proof", "pf", "prf"),
    _kind("solution", "proof", "sol"),
)
"""The kinds that every site has, in the order in which they are listed.

The short names are those of the theorem plugins."""

OTHERS = (
    Kind("equation", "Equation", "Equations", aliases=("eq",)),
    Kind("figure", "Figure", "Figures", aliases=("fig",)),
    Kind("table", "Table", "Tables", aliases=("tbl", "tab")),
    Kind("section", "Section", "Sections", aliases=("sec",)),
    Kind("listing", "Listing", "Listings", aliases=("lst",)),
)
"""What is not a result but has numbers and labels like one."""

_SHARED = "theorem"
_PREFIX = re.compile(r"([^\W\d_]+)[-:]")


@dataclass(frozen=True)
class Kinds:
    """The kinds of one site."""

    results: tuple[Kind, ...]

    @cached_property
    def _by_name(self) -> Mapping[str, Kind]:
        named = {alias: kind for kind in self.results for alias in kind.aliases}
        named |= {kind.title.lower(): kind for kind in self.results}
        return named | {kind.id.lower(): kind for kind in self.results}

    @cached_property
    def _all(self) -> Mapping[str, Kind]:
        return {kind.id: kind for kind in (*OTHERS, *self.results)}

    @cached_property
    def _prefixes(self) -> frozenset[str]:
        aliases = {alias for kind in (*OTHERS, *self.results) for alias in kind.aliases}
        return frozenset(aliases | {name.lower() for name in self._all})

    def named(self, name: str) -> Kind | None:
        """The kind of results of that id, title or short name, in any case."""
        return self._by_name.get(name.lower())

    def titled(self, name: str, words: Catalogue) -> Kind | None:
        """The kind of results that is called so in the language of these words, in any case."""
        wanted = name.casefold()
        return next((k for k in self.results if k.title_in(words).casefold() == wanted), None)

    def of_label(self, label: str) -> Kind | None:
        """The kind of results that a label such as `thm-riesz` names by its beginning."""
        found = _PREFIX.match(label)
        return self.named(found[1]) if found else None

    def is_label(self, name: str) -> bool:
        """Whether a name looks like a label: it begins with the name of a kind, as `eq-x` does."""
        found = _PREFIX.match(name)
        return found is not None and found[1].lower() in self._prefixes

    def by_id(self, kind: str) -> Kind:
        """The kind of that id, equations, figures and the like among them."""
        return self._all[kind]

    @property
    def names(self) -> Iterator[str]:
        """What an author may write."""
        return (kind.id for kind in self.results)


def kinds_of(config: ResultsConfig) -> Kinds:
    """The kinds of a site: those that every site has, and its own."""
    known = {kind.id: kind for kind in RESULTS}
    own = {each.id: _configured(each, known.get(each.id)) for each in config.kinds}
    return Kinds(tuple(_counted(kind, config) for kind in (known | own).values()))


def _configured(config: ResultKindConfig, known: Kind | None) -> Kind:
    """A kind of the configuration, which may be one of ours with other settings."""
    title = config.title or config.id.replace("-", " ").capitalize()
    style = config.style or (known.style if known else "plain")
    return Kind(
        config.id,
        title,
        config.plural or f"{title}s",
        style,
        config.counter,
        config.numbered and style != "proof",
        (*config.aliases, *(known.aliases if known else ())),
        is_own=known is None or config.title != "",
    )


def _counted(kind: Kind, config: ResultsConfig) -> Kind:
    default = kind.id if config.counters == "own" else _SHARED
    return replace(kind, counter=kind.counter or default)
