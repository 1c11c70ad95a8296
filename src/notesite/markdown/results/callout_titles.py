"""What the head of a theorem callout says: a name, perhaps a number, perhaps the kind once more.

The theorem plugin writes `[!thm|A.1] Riesz`; by hand people write `[!thm] Theorem 3.1: Riesz`,
`[!thm] 3.1 Riesz` or `[!definition] Def: group`, all of which name a result and its number. Where
one kind of callout serves for all, as in `[!theorem] Lemma 2`, the title has the kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.markdown.places import words
from notesite.markdown.results.tokens import settings
from notesite.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from notesite.kinds import Kind

_NUMBER = r"(?:\d+(?:\.\d+)*[a-z]?|[A-Z](?:\.\d+)+)"
_METADATA_NUMBER = pattern(rf"{_NUMBER}|[A-Z]|[A-Z]\d+|[IVX]+")
_UNNUMBERED = frozenset({"*", r"\*", "-"})
_BEHIND_KIND = pattern(
    rf"(?:\s+§?\s*(?P<number>{_NUMBER})(?![\w.]*\w))?"
    r"(?:\s*(?P<name>\(.+\))\s*\.?|\s*[:.–—-]\s*(?P<rest>.*)|\s+(?P<of>of\s.+)|\s*)"
)
_STOP = pattern(r"([^.]*\w{4})\.")
"""A name and a full stop that ends no abbreviation."""
# Without the kind, only a number with a dot in it is surely one.
_NUMBER_FIRST = pattern(r"§?(?P<number>\d+(?:\.\d+)+)\.?:?\s+(?P<rest>\S.*)")


def read_title(
    kind: Kind, metadata: str | None, title: str, env: Mapping[str, Any]
) -> tuple[Kind, str | None, str]:
    """The kind, the number and the name of a result whose callout has that metadata and title.

    The number is None for one that is counted and empty for one without.
    """
    kind, number, name = _apart(kind, title.strip(), env)
    written = (metadata or "").strip()
    if written in _UNNUMBERED:
        return kind, "", name
    # Anything else is the style of a callout, which themes give a meaning.
    return kind, (written if _METADATA_NUMBER.fullmatch(written) else number), name


def _apart(kind: Kind, title: str, env: Mapping[str, Any]) -> tuple[Kind, str | None, str]:
    """The kind, the number and the name that a title holds."""
    for each, word in _words_for(kind, env):
        if title[: len(word)].casefold() != word.casefold():
            continue
        found = _BEHIND_KIND.fullmatch(title, len(word))
        if found and (each.is_proof or not found["of"]):
            name = found["name"] or found["rest"] or found["of"] or ""
            return each, found["number"], _bare(name)
    found = _NUMBER_FIRST.fullmatch(title)
    number, name = (found["number"], found["rest"]) if found else (None, title)
    return kind, number, _bare(name)


def _words_for(kind: Kind, env: Mapping[str, Any]) -> Iterator[tuple[Kind, str]]:
    """What a title may call the kind of its result: its own in any way, or another by its name."""
    language = words(env)
    yield from ((kind, word) for word in sorted({kind.title_in(language), kind.title}))
    for alias in kind.aliases:
        yield from ((kind, f"{alias}."), (kind, alias))
    for other in settings(env).kinds.results:
        if not (kind.is_proof or other.is_proof or other == kind):
            yield from ((other, word) for word in sorted({other.title_in(language), other.title}))


def _bare(name: str) -> str:
    """A name without what a result's title has anyway: parentheses around it, a full stop."""
    name = name.strip()
    inner = name[1:-1]
    if name[:1] == "(" and name[-1:] == ")" and not {"(", ")"} & set(inner):
        return inner.strip()
    ended = _STOP.fullmatch(name)
    return ended[1] if ended else name
