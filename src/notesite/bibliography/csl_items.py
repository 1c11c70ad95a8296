"""Entries as items of CSL-JSON, for citeproc."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from notesite.bibliography.entries import Entry, Name
    from notesite.bibliography.runs import Run, Text


def csl_item(name: str, entry: Entry, write: Callable[[Text], str]) -> dict[str, Any]:
    """The entry under another name; `write` gives texts the form in which they travel."""
    item: dict[str, Any] = {"id": name, "type": entry.kind}
    texts = {"title": entry.title, "container-title": entry.container, "note": entry.note,
             "collection-title": entry.series}  # fmt: skip
    item |= {key: write(text) for key, text in texts.items() if text}
    words = {
        "volume": entry.volume, "issue": entry.issue, "page": entry.pages.replace("–", "-"),
        "edition": entry.edition, "publisher": entry.publisher, "genre": entry.genre,
        "publisher-place": entry.place, "number": entry.number, "DOI": entry.doi,
        "URL": entry.url or (f"https://arxiv.org/abs/{entry.arxiv}" if entry.arxiv else ""),
        "ISBN": entry.isbn, "version": entry.version, "chapter-number": entry.chapter,
    }  # fmt: skip
    item |= {key: value for key, value in words.items() if value}
    people = {"author": entry.authors, "editor": entry.editors,
              "container-author": entry.container_authors}  # fmt: skip
    item |= {role: [_csl_name(each) for each in names] for role, names in people.items() if names}
    issued = entry.issued
    parts = [part for part in (issued.year, issued.month, issued.day) if part is not None]
    if parts or issued.text:
        ranged = [parts, [issued.until]] if issued.until else [parts]
        item["issued"] = {"date-parts": ranged} if parts else {"literal": issued.text}
    seen = entry.accessed
    if seen.year is not None:
        day = [part for part in (seen.year, seen.month, seen.day) if part is not None]
        item["accessed"] = {"date-parts": [day]}
    return item


def tagged(run: Run) -> str:
    """A run in the markup that CSL-JSON has for texts."""
    tags = {"italic": "i", "bold": "b", "sub": "sub", "sup": "sup"}
    tag = tags.get(run.style, "")
    return f"<{tag}>{run.text}</{tag}>" if tag else run.text


def year_only(item: dict[str, Any]) -> dict[str, Any]:
    """A twin of an item that has nothing but its year.

    Of other types some styles would say what they are, in the place of names and title.
    """
    issued = {"issued": item["issued"]} if "issued" in item else {}
    return {"id": f"{item['id']}-year", "type": "article-journal", **issued}


def _csl_name(name: Name) -> dict[str, str]:
    if not name.given:
        return {"literal": name.last}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix,
             "non-dropping-particle": name.particle}  # fmt: skip
    return {key: value for key, value in parts.items() if value}
