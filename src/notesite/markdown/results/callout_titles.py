"""What the head of a theorem callout says: a name, perhaps a number, perhaps the kind once more.

The theorem plugin writes `[!thm|A.1] Riesz`; by hand people write `[!thm] Theorem 3.1: Riesz`,
`[!thm] 3.1 Riesz` or `[!definition] Definition (group)`, all of which name a result and its number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.markdown.places import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from notesite.kinds import Kind

_NUMBER = r"(?:\d+(?:\.\d+)*[a-z]?|[A-Z](?:\.\d+)+)"
_METADATA_NUMBER = re.compile(rf"{_NUMBER}|[A-Z]|[A-Z]\d+|[IVX]+")
_UNNUMBERED = frozenset({"*", "-"})
_BEHIND_KIND = re.compile(
    rf"(?:\s+§?\s*(?P<number>{_NUMBER})(?![\w.]*\w))?"
    r"(?:\s*(?P<name>\(.+\))\s*\.?|\s*[:.–—-]\s*(?P<rest>.*)|\s+(?P<of>of\s.+)|\s*)"
)
# Without the kind, only a number with a dot in it is surely one.
_NUMBER_FIRST = re.compile(r"§?(?P<number>\d+(?:\.\d+)+)\.?:?\s+(?P<rest>\S.*)")


def read_title(
    kind: Kind, metadata: str | None, title: str, env: Mapping[str, Any]
) -> tuple[str | None, str]:
    """The number and the name of a result whose callout has that metadata and that title.

    The number is None for one that is counted and empty for one without.
    """
    number, name = _apart(kind, title.strip(), env)
    written = (metadata or "").strip()
    if written in _UNNUMBERED:
        return "", name
    # Anything else is the style of a callout, which themes give a meaning.
    return (written if _METADATA_NUMBER.fullmatch(written) else number), name


def _apart(kind: Kind, title: str, env: Mapping[str, Any]) -> tuple[str | None, str]:
    """The number and the name that a title holds."""
    for word in {kind.title_in(words(env)), kind.title}:
        if title[: len(word)].casefold() != word.casefold():
            continue
        found = _BEHIND_KIND.fullmatch(title, len(word))
        if found and (kind.is_proof or not found["of"]):
            name = found["name"] or found["rest"] or found["of"] or ""
            return found["number"], _bare(name)
    found = _NUMBER_FIRST.fullmatch(title)
    return (found["number"], _bare(found["rest"])) if found else (None, title)


def _bare(name: str) -> str:
    """A name without parentheses around the whole, which a result's title has anyway."""
    inner = name[1:-1]
    is_wrapped = name[:1] == "(" and name[-1:] == ")" and not {"(", ")"} & set(inner)
    return inner.strip() if is_wrapped else name.strip()
