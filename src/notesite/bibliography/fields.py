"""From the fields of a BibTeX entry to an entry, by the names that BibTeX and BibLaTeX use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.bibliography.bibtex import TYPES, RawEntry
from notesite.bibliography.entries import OTHERS, Date, Entry, Name
from notesite.bibliography.latex import read_address, read_latex, read_words
from notesite.bibliography.runs import Run, Text
from notesite.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

_ANCESTORS = 50
"""Entries that one may inherit from."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = pattern(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?(?:T.*|/(\d{4})?.*)?$")
"""ISO 8601, of a time only the day, and of a range its first day and its last year."""
_DOI = pattern(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_ARXIV = pattern(
    r"(?:arxiv[.:/ ]+(?:abs/|pdf/)?|arxiv\.org/(?:abs|pdf)/)"
    r"((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)",
    re.IGNORECASE,
)
_GENRES = {
    "phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis",
    "bachelorsthesis": "Bachelor’s thesis", "mathesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis", "candthesis": "Candidate thesis",
    "techreport": "Technical report", "resreport": "Research report",
    "patent": "Patent", "patentus": "US patent", "patenteu": "European patent",
    "patentde": "German patent", "patentfr": "French patent", "patentuk": "British patent",
}  # fmt: skip
"""What types of entries, and BibLaTeX's words in the field `type`, are called."""
_THESES = frozenset({"phdthesis", "mastersthesis", "bachelorsthesis"})
_STATES = {"inpress": "in press", "inpreparation": "in preparation"}
"""BibLaTeX's words in the field `pubstate` that are not written as they are said."""
_TITLE_OF_WHOLE = frozenset({"incollection", "inproceedings", "conference", "inbook"})


def read_entry(raw: RawEntry, entries: Mapping[str, RawEntry]) -> Entry:
    """The entry that `raw` writes; what it leaves out may come from its `crossref`."""
    fields = _Fields(_inherited(raw, entries, {raw.key}))
    doi = _DOI.sub("", fields.address("doi"))
    arxiv = _arxiv(fields, doi)
    is_preprint = bool(arxiv) and "arxiv" in fields.words("journal", "journaltitle").lower()
    return Entry(
        key=raw.key,
        kind="article" if is_preprint else TYPES.get(raw.type, "article"),
        title=_title(fields),
        authors=read_names(fields.value("author")),
        editors=read_names(fields.value("editor")),
        issued=_date(fields),
        accessed=_day(fields.words("urldate")),
        container=() if is_preprint else _container(fields),
        container_authors=read_names(fields.value("bookauthor")),
        series=fields.text("series"),
        volume=fields.words("volume"),
        issue=fields.words("issue") or ("" if raw.type in _REPORTS else fields.words("number")),
        pages=_pages(fields.words("pages")),
        edition=fields.words("edition"),
        publisher=_publisher(fields),
        place=fields.words("address", "location"),
        genre=_genre(raw, fields),
        number=fields.words("number") if raw.type in _REPORTS else "",
        chapter=fields.words("chapter"),
        version=fields.words("version"),
        note=fields.text("note", "addendum"),
        doi="" if "arxiv" in doi.lower() and arxiv else doi,
        url=_address(fields, arxiv),
        arxiv=arxiv,
        arxiv_class=fields.words("primaryclass", "eprintclass"),
        isbn=fields.words("isbn"),
        file=raw.file,
        span=raw.span,
        source=raw.source,
    )


_DECEMBER, _LAST_DAY = 12, 31
_TILDE = "\ue0ff"
"""Stands for the accent while names are split."""
_REPORTS = frozenset({"techreport", "report", "manual", "patent", "standard"})


def _genre(raw: RawEntry, fields: _Fields) -> str:
    written = fields.words("type") or (raw.type if raw.type in _THESES else "")
    return _GENRES.get(written.lower(), written)


class _Fields:
    """Fields under any of several names, the first that is there."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = fields

    def value(self, *names: str) -> str:
        return next((self._fields[n] for n in names if n in self._fields), "")

    def text(self, *names: str) -> Text:
        return read_latex(self.value(*names))

    def words(self, *names: str) -> str:
        return read_words(self.value(*names))

    def address(self, *names: str) -> str:
        return read_address(self.value(*names))


def _inherited(raw: RawEntry, entries: Mapping[str, RawEntry], seen: set[str]) -> dict[str, str]:
    """The fields of an entry with those of its `crossref` and `xdata` (BibTeX's rule).

    `seen` are the keys of those who give already: nobody gives twice, or to themselves.
    """
    fields = dict(raw.fields)
    named = [raw.fields[name] for name in ("crossref", "xdata") if name in raw.fields]
    for key in (key.strip() for names in named for key in names.split(",")):
        parent = entries.get(key)
        if parent is None or key in seen or len(seen) > _ANCESTORS:
            continue
        seen.add(key)
        inherited = _inherited(parent, entries, seen)
        if raw.type in _TITLE_OF_WHOLE and "title" in inherited:
            fields.setdefault("booktitle", inherited["title"])
        for name, value in inherited.items():
            fields.setdefault(name, value)
    return fields


def _title(fields: _Fields) -> Text:
    title, subtitle = fields.text("title"), fields.text("subtitle")
    return (*title, Run(": "), *subtitle) if title and subtitle else title or subtitle


def _container(fields: _Fields) -> Text:
    return fields.text("journal", "journaltitle", "booktitle", "maintitle")


def _publisher(fields: _Fields) -> str:
    named = fields.words("publisher", "school", "institution", "organization")
    is_address = "://" in fields.value("howpublished")
    return named or ("" if is_address else fields.words("howpublished"))


def _pages(written: str) -> str:
    return re.sub(r"\s*(?:-+|–|—)\s*", "–", written)


def read_names(written: str) -> tuple[Name, ...]:
    """The people whom a field joins with `and`."""
    if not written.strip():
        return ()
    from bibtexparser.middlewares.names import (  # noqa: PLC0415 - only BibTeX needs it
        split_multiple_persons_names,
    )

    # Between names `~` is a blank, in the accent it is none.
    parts = split_multiple_persons_names(written.replace("\\~", _TILDE))
    names = (_name(part) for part in parts)
    return tuple(name for name in names if name.family)


def _name(written: str) -> Name:
    from bibtexparser.middlewares.names import (  # noqa: PLC0415 - as above
        parse_single_name_into_parts,
    )

    if written.strip().lower() == OTHERS:
        return Name(OTHERS)
    parts = parse_single_name_into_parts(written, strict=False)

    def read(words: list[str]) -> str:
        return read_words(" ".join(words).replace(_TILDE, "\\~"))

    family, given = read(parts.last), read(parts.first)
    return Name(family or given, given if family else "", read(parts.von), read(parts.jr))


def _day(written: str) -> Date:
    found = _DATE.match(written)
    if found is None:
        return Date()
    year, month, day = (int(part or 0) for part in found.groups()[:3])
    is_month, is_day = 1 <= month <= _DECEMBER, 1 <= day <= _LAST_DAY
    return Date(year, month if is_month else None, day if is_month and is_day else None)


def _date(fields: _Fields) -> Date:
    written = fields.words("date") or fields.words("year")
    found = _DATE.match(written)
    if not found:
        state = fields.words("pubstate")
        return Date(text=written or _STATES.get(state, state))
    month = int(found[2]) if found[2] else _month(fields.words("month"))
    day = found[3] or fields.words("day")
    is_day = bool(month) and day.isdecimal() and len(day) <= 2
    until = int(found[4]) if found[4] and found[4] != found[1] else None
    return Date(int(found[1]), month, int(day) if is_day else None, until=until)


def _month(written: str) -> int | None:
    if written.isdecimal() and len(written) <= 2:
        return int(written) if 1 <= int(written) <= 12 else None
    name = written[:3].lower()
    return _MONTHS.index(name) + 1 if name in _MONTHS else None


def _arxiv(fields: _Fields, doi: str) -> str:
    """The identifier that arXiv gave the work, wherever it is written."""
    archive = fields.words("archiveprefix", "eprinttype").lower()
    eprint = fields.address("eprint")
    if eprint and (archive == "arxiv" or (not archive and re.match(r"\d{4}\.\d{4,5}", eprint))):
        return re.sub(r"^arxiv:", "", eprint, flags=re.IGNORECASE)
    places = ("journal", "journaltitle", "url", "note", "howpublished", "eprint")
    texts = (doi, *(fields.address(name) for name in places))
    return next((found[1] for text in texts if (found := _ARXIV.search(text))), "")


def _address(fields: _Fields, arxiv: str) -> str:
    url = fields.address("url")
    if not url:
        found = re.search(r"\\url\{([^{}]*)\}", fields.value("howpublished"))
        url = read_address(found[1]) if found else ""
    leads_to_arxiv = bool(arxiv) and "arxiv.org/" in url
    is_web = url.startswith(("https://", "http://"))
    return url if is_web and not leads_to_arxiv and "doi.org/" not in url else ""
