"""What a note's page says about itself as a work: for search engines, and for those who cite it.

Google Scholar reads the tags of Highwire Press (its "Inclusion Guidelines for Webmasters"), and
wants them on scholarly articles only: on the notes whose front matter says `citable: true`. All
notes say the same in JSON-LD (https://schema.org/ScholarlyArticle).
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import TYPE_CHECKING, Any

from notesite.config import MacroConfig
from notesite.json_text import json_text
from notesite.latex_text import escape_latex
from notesite.linking import urls
from notesite.markdown.typography import quotes_of
from notesite.records import dataclass

if TYPE_CHECKING:
    from notesite.config import Config
    from notesite.languages import Catalogue
    from notesite.model import CitedWork, LinkedNote

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARAMETER = re.compile(r"#([1-9])")
_MATH = re.compile(r'<math\b[^<>]*?\balttext="([^"]*)"[^<>]*>.*?</math>', re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_SMALL = frozenset({"a", "an", "the", "on", "of", "in", "and", "some", "der", "die", "das", "ein"})


@dataclass(frozen=True, slots=True)
class CiteView:
    """`note.cite` in `note.html`: how to cite the note, as a line and as BibTeX."""

    line: str
    bibtex: str


@dataclass(frozen=True, slots=True)
class ScholarView:
    """`note.scholar`: Highwire's tags as names and contents, and JSON-LD that is safe in HTML."""

    tags: tuple[tuple[str, str], ...]
    json_ld: str


def authors_of(linked: LinkedNote, config: Config) -> tuple[str, ...]:
    """Whose work a note is: its own authors, else the site's."""
    own = linked.note.front_matter.authors
    return own or ((config.site.author,) if config.site.author else ())


def scholar_view(
    linked: LinkedNote, config: Config, language: str, description: str
) -> ScholarView:
    """What programs are told about the note; `description` is its summary as plain text."""
    is_citable = linked.note.front_matter.citable
    tags = _highwire(linked, config, language) if is_citable else ()
    return ScholarView(tags, json_text(_json_ld(linked, config, language, description)))


def _address(linked: LinkedNote, config: Config) -> str:
    base_url = config.site.base_url
    return urls.absolute_url(base_url, linked.url) if base_url else ""


def _highwire(linked: LinkedNote, config: Config, language: str) -> tuple[tuple[str, str], ...]:
    created, updated = linked.created, linked.updated
    pairs = [("citation_title", linked.note.title.text)]
    pairs += [("citation_author", name) for name in authors_of(linked, config)]
    if created:
        pairs.append(("citation_publication_date", created.strftime("%Y/%m/%d")))
    if updated:
        pairs.append(("citation_online_date", updated.strftime("%Y/%m/%d")))
    pairs.append(("citation_language", language))
    pairs += [("citation_keywords", tag) for tag in linked.tags]
    if address := _address(linked, config):
        pairs.append(("citation_fulltext_html_url", address))
    return tuple(pairs)


def _json_ld(
    linked: LinkedNote, config: Config, language: str, description: str
) -> dict[str, object]:
    address, base_url = _address(linked, config), config.site.base_url
    site = {"@type": "WebSite", "name": config.site.title, "url": base_url}
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle" if linked.note.front_matter.citable else "Article",
        "headline": linked.note.title.text,
        "description": description,
        "author": [{"@type": "Person", "name": name} for name in authors_of(linked, config)],
        "datePublished": linked.created.isoformat() if linked.created else "",
        "dateModified": linked.updated.isoformat() if linked.updated else "",
        "inLanguage": language,
        "keywords": list(linked.tags),
        "url": address,
        "mainEntityOfPage": address,
        "isPartOf": {key: value for key, value in site.items() if value},
        "citation": [_cited(work) for work in linked.works],
    }
    return {key: value for key, value in told.items() if value}


def _cited(work: CitedWork) -> dict[str, str]:
    told = {"@type": "CreativeWork", "name": work.title, "url": work.url, "text": work.text}
    return {key: value for key, value in told.items() if value}


def cite_view(linked: LinkedNote, config: Config, catalogue: Catalogue) -> CiteView | None:
    """How to cite the note; None where it is nobody's or the site does not want to say."""
    authors = authors_of(linked, config)
    if not authors or not config.citations.cite_box:
        return None
    return CiteView(
        _line(linked, config, catalogue, authors), _bibtex(linked, config, catalogue, authors)
    )


def _line(
    linked: LinkedNote, config: Config, catalogue: Catalogue, authors: tuple[str, ...]
) -> str:
    *first, last = authors
    named = catalogue.text("list.and", first=", ".join(first), last=last) if first else last
    opening, closing, *_ = quotes_of(catalogue.tag)
    title = f"{opening}{linked.note.title.text}{closing}"
    date = catalogue.date(linked.created) if linked.created else ""
    date += f", {_revised(linked, catalogue)}" if linked.updated else ""
    parts = [named, title, config.site.title, date, _address(linked, config)]
    return ". ".join(part for part in parts if part)


def _revised(linked: LinkedNote, catalogue: Catalogue) -> str:
    updated = linked.updated
    return catalogue.text("note.updated", date=catalogue.date(updated)) if updated else ""


def _bibtex(
    linked: LinkedNote, config: Config, catalogue: Catalogue, authors: tuple[str, ...]
) -> str:
    day = linked.created
    fields = {
        "author": " and ".join(_bibtex_name(name) for name in authors),
        "title": f"{{{_latex_title(linked, config)}}}",
        "howpublished": escape_latex(config.site.title),
        "year": str(day.year) if day else "",
        "url": _address(linked, config),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    if day:
        lines.insert(-1 if fields["url"] else len(lines), f"  month = {_MONTHS[day.month - 1]},")
    if linked.updated:
        lines.append(f"  note = {{{escape_latex(_revised(linked, catalogue))}}},")
    return "\n".join([f"@misc{{{_key(linked, authors)},", *lines, "}"])


def _bibtex_name(name: str) -> str:
    # An `and` within a name would part it.
    escaped = escape_latex(name)
    return f"{{{escaped}}}" if " and " in name else escaped


def _latex_title(linked: LinkedNote, config: Config) -> str:
    """A rendered title in LaTeX, its formulas as they were written."""
    html = linked.note.title.html
    pieces: list[str] = []
    at = 0
    for found in _MATH.finditer(html):
        pieces.append(escape_latex(unescape(_TAG.sub("", html[at : found.start()]))))
        pieces.append(f"${_without_macros(unescape(found[1]), linked, config)}$")
        at = found.end()
    pieces.append(escape_latex(unescape(_TAG.sub("", html[at:]))))
    return "".join(pieces)


def _without_macros(tex: str, linked: LinkedNote, config: Config) -> str:
    """A formula without the macros of the site and of the note, which nobody else has."""
    if "\\" not in tex:
        return tex
    from notesite.math.macros import expand_simply, is_simple  # noqa: PLC0415 - for few titles
    from notesite.math.values import Macro  # noqa: PLC0415 - as above

    written = {
        name.lstrip("\\"): value.body if isinstance(value, MacroConfig) else value
        for name, value in config.math.macros.items()
        if not (isinstance(value, MacroConfig) and value.default is not None)
    }
    own = linked.note.front_matter.macros
    written |= {name: macro.body for name, macro in own if macro.default is None}
    macros = {
        name: Macro(body, max(map(int, _PARAMETER.findall(body)), default=0))
        for name, body in written.items()
    }
    known = {name: macro for name, macro in macros.items() if is_simple(macro)}
    return expand_simply(tex, known) or tex


def _key(linked: LinkedNote, authors: tuple[str, ...]) -> str:
    """`doe2026riesz`: family name, year, first word of the title that says something."""
    family = authors[0].split(",")[0].split()[-1] if authors[0].split() else ""
    words = [_plain(word) for word in re.split(r"[\s\-–—:]+", linked.note.title.text)]
    word = next((word for word in words if word and word not in _SMALL), "")
    year = str(linked.created.year) if linked.created else ""
    return f"{_plain(family)}{year}{word}" or "note"


def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", folded)
