"""CSL-JSON: the bibliographies that Zotero, Mendeley and pandoc write."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from notesite.bibliography.entries import Date, Entry, Name
from notesite.bibliography.runs import from_markup
from notesite.diagnostics import Diagnostic, diagnose
from notesite.spans import Span
from notesite.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

TYPES = frozenset({
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
    "broadcast", "chapter", "classic", "collection", "dataset", "document", "entry",
    "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview",
    "legal_case", "legislation", "manuscript", "map", "motion_picture", "musical_score", "pamphlet",
    "paper-conference", "patent", "performance", "periodical", "personal_communication", "post",
    "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech",
    "standard", "thesis", "treaty", "webpage",
})  # fmt: skip
"""The types of CSL 1.0.2, appendix III."""
_ARXIV = re.compile(r"arxiv(?:\.org/abs/|[.:])\s*([\w.-]+(?:/\d{7})?)", re.IGNORECASE)
_YEAR = 4
"""Digits of a year."""
_DOI = re.compile(r"^https?://(?:dx\.)?doi\.org/", re.IGNORECASE)


def read_csl_json(text: str, file: str) -> tuple[dict[str, Entry], tuple[Diagnostic, ...]]:
    """The entries of a CSL-JSON file by key, the first of those with the same one."""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits is a ValueError of its own.
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        message = f"not valid JSON: {getattr(error, 'msg', 'too large or nested too deeply')}"
        return {}, (diagnose("bibliography-syntax", message, file, Span.at(line, column)),)
    items = read.get("items") if isinstance(read, dict) else read
    if not isinstance(items, list):
        message = "a bibliography in CSL-JSON is a list of items"
        return {}, (diagnose("bibliography-syntax", message, file, Span.at(1, 1)),)
    entries: dict[str, Entry] = {}
    problems: list[Diagnostic] = []
    broken: set[int] = set()
    for number, item in enumerate(items):
        entry = _entry(item, text, file, problems)
        if entry is None:
            broken.add(number)
        elif entry.key in entries:
            message = f"a second entry '{entry.key}'; the first one holds"
            problems.append(diagnose("bibliography-duplicate", message, file, entry.span))
        else:
            entries[entry.key] = entry
    return entries, (*problems, *_broken(broken, items, text, file))


def _entry(
    item: object,
    text: str,
    file: str,
    problems: list[Diagnostic],
) -> Entry | None:
    key = item.get("citation-key") or item.get("id") if isinstance(item, dict) else None
    if not isinstance(item, dict) or key is None or not str(key).strip():
        return None
    span = _place(str(key), text)
    kind = str(item.get("type", "document"))
    if kind not in TYPES:
        message = f"there is no item type '{kind}'"
        hints = did_you_mean(kind, TYPES)
        problems.append(diagnose("bibliography-entry-type", message, file, span, hints=hints))
    return _read(item, str(key), kind, file, span)


def _read(item: dict[str, Any], key: str, kind: str, file: str, span: Span) -> Entry:
    def words(*names: str) -> str:
        given = (item.get(name) for name in names)
        return next((str(each) for each in given if isinstance(each, str | int) and each != ""), "")

    arxiv = _ARXIV.search(" ".join((words("number"), words("archive_location"), words("URL"))))
    return Entry(
        key=key,
        kind=kind,
        title=from_markup(words("title")),
        authors=_names(item.get("author")),
        editors=_names(item.get("editor")),
        issued=_date(item.get("issued")),
        accessed=_date(item.get("accessed")),
        container=from_markup(words("container-title")),
        container_authors=_names(item.get("container-author")),
        series=from_markup(words("collection-title")),
        volume=words("volume"),
        issue=words("issue"),
        pages=re.sub(r"(?<!\s)\s*(?:-+|–)\s*", "–", words("page")),
        edition=words("edition"),
        publisher=words("publisher"),
        place=words("publisher-place", "event-place"),
        genre=words("genre"),
        number="" if arxiv else words("number"),
        chapter=words("chapter-number"),
        version=words("version"),
        note=from_markup(words("note")),
        doi=_DOI.sub("", words("DOI")),
        url="" if arxiv and "arxiv.org" in words("URL") else _web(words("URL")),
        arxiv=arxiv[1] if arxiv else "",
        isbn=words("ISBN"),
        file=file,
        span=span,
    )


def _web(address: str) -> str:
    return address if address.startswith(("https://", "http://")) else ""


def _broken(numbers: Collection[int], items: list[Any], text: str, file: str) -> list[Diagnostic]:
    """What is wrong with the items of these numbers, each at its place in the file."""
    found = []
    for number, (begin, end) in enumerate(_places(items, text) if numbers else ()):
        if number in numbers:
            what = "has no 'id'" if isinstance(items[number], dict) else "is no object"
            message = f"item {number + 1} of the list {what}"
            place = _span(text, begin, text[begin:end].partition("\n")[0])
            found.append(diagnose("bibliography-syntax", message, file, place))
    return found


def _places(items: list[Any], text: str) -> Iterator[tuple[int, int]]:
    """Where each item of the list begins and ends in the text, which is valid JSON."""
    decoder = json.JSONDecoder()
    end = text.index("[", max(text.find('"items"'), 0) if text.lstrip().startswith("{") else 0)
    for _ in items:
        begin = next(at for at in range(end + 1, len(text)) if text[at] not in ", \t\r\n")
        end = decoder.raw_decode(text, begin)[1]
        yield begin, end
        end -= 1


def _span(text: str, at: int, shown: str) -> Span:
    line = text.count("\n", 0, at) + 1
    return Span.at(line, at - text.rfind("\n", 0, at), len(shown))


def _place(key: str, text: str) -> Span:
    written = json.dumps(key)
    pattern = rf'"(?:id|citation-key)"\s*:\s*({re.escape(written)}|{re.escape(key)}\b)'
    found = re.search(pattern, text)
    if found is None:
        return Span.at(1, 1)
    return _span(text, found.start(), found[0])


def _names(written: Any) -> tuple[Name, ...]:  # noqa: ANN401 - JSON
    people = (
        [each for each in written if isinstance(each, dict)] if isinstance(written, list) else []
    )
    texts = ({k: v for k, v in each.items() if isinstance(v, str)} for each in people)
    names = map(_name, texts)
    return tuple(name for name in names if name.family)


def _name(parts: dict[str, str]) -> Name:
    if "family" not in parts:
        return Name(parts.get("literal") or parts.get("given", ""))
    particles = (parts.get("dropping-particle", ""), parts.get("non-dropping-particle", ""))
    particle = " ".join(filter(None, particles))
    return Name(parts["family"], parts.get("given", ""), particle, parts.get("suffix", ""))


def _date(written: Any) -> Date:  # noqa: ANN401 - JSON
    if not isinstance(written, dict):
        return Date(text=str(written or ""))
    parts = written.get("date-parts")
    given: list[Any] = parts if isinstance(parts, list) else []
    first, last, *_ = (*given, None, None)
    numbers, ends = _numbers(first), _numbers(last)
    if numbers:
        until = ends[0] if ends and ends[0] != numbers[0] else None
        return replace(_of_numbers(numbers), until=until)
    text = str(written.get("literal") or written.get("raw") or "")
    found = re.match(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$", text)
    return _of_numbers([int(n) for n in found.groups() if n]) if found else Date(text=text)


def _numbers(written: Any) -> list[int]:  # noqa: ANN401 - JSON
    listed = written if isinstance(written, list) else []
    return [int(each) for each in listed if str(each).isdecimal() and len(str(each)) <= _YEAR]


def _of_numbers(numbers: list[int]) -> Date:
    year, month, day, *_ = (*numbers, None, None)
    return Date(year, month, day)
