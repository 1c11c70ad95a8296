"""Text with a little markup: what titles, citations and references are made of.

A text is a tuple of runs, so that one formatter serves pages (HTML), search and feeds (plain text)
and papers (LaTeX).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from notesite.records import dataclass
from notesite.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Run:
    """Some characters in one style, perhaps a link.

    `style` is empty, `italic`, `bold`, `code`, `sub`, `sup`, `caps`, `nocase` (letters whose case
    no style may change) or `math`, whose text is TeX. `anchor` is the id that a link carries.
    `html` is finished HTML of the same meaning, for words of the note itself.
    """

    text: str
    style: str = ""
    link: str = ""
    anchor: str = ""
    html: str = ""


Text = tuple[Run, ...]

_TAGS = {"italic": "i", "bold": "b", "code": "code", "sub": "sub", "sup": "sup"}
_PUNCTUATION = ".?!"


def plain(text: str) -> Text:
    """A text of one run, or of none."""
    return (Run(text),) if text else ()


def joined(texts: Iterable[Text], separator: str) -> Text:
    """The texts that are not empty, with a separator between them."""
    parts: list[Run] = []
    for text in texts:
        if text and parts:
            parts.append(Run(separator))
        parts.extend(text)
    return tuple(parts)


def styled(text: Text, style: str) -> Text:
    """The text in a style, its own markup kept."""
    return tuple(replace(run, style=run.style or style) for run in text)


def italic(text: Text) -> Text:
    """The text as the title of a whole work: also those of its letters whose case must stay."""
    return styled(tuple(replace(r, style="") if r.style == "nocase" else r for r in text), "italic")


def linked(text: Text, link: str, anchor: str = "") -> Text:
    """The text as a link; only the first run carries the anchor."""
    return tuple(
        replace(run, link=link, anchor="" if at else anchor) for at, run in enumerate(text)
    )


def sentence(text: Text) -> Text:
    """The text with a full stop, unless it ends with a mark of its own."""
    if not text or text[-1].text.rstrip("”’\"')").endswith(tuple(_PUNCTUATION)):
        return text
    return (*text, Run("."))


def merged(text: Text) -> Text:
    """The same text with as few runs as possible."""
    found: list[Run] = []
    for run in text:
        last = found[-1] if found else None
        is_same = last and (last.style, last.link) == (run.style, run.link)
        if last and is_same and not (run.anchor or run.html or last.html or run.style == "math"):
            found[-1] = replace(last, text=last.text + run.text)
        elif run.text:
            found.append(run)
    return tuple(found)


def to_text(text: Text, formulas: Mapping[str, tuple[str, str]]) -> str:
    """Readable plain text."""
    return "".join(
        formulas.get(run.text, ("", run.text))[1] if run.style == "math" else run.text
        for run in text
    )


def to_html(text: Text, formulas: Mapping[str, tuple[str, str]]) -> str:
    """HTML; neighbouring runs of one link become one `<a>`."""
    pieces: list[str] = []
    link = ""
    for run in text:
        if run.link != link or run.anchor:
            pieces.append("</a>" if link else "")
            pieces.append(_opening(run) if run.link else "")
            link = run.link
        pieces.append(_run_html(run, formulas))
    return "".join(pieces) + ("</a>" if link else "")


def _opening(run: Run) -> str:
    anchor = f' id="{escape_html(run.anchor)}"' if run.anchor else ""
    role = ' role="doc-biblioref"' if run.anchor else ""
    return f'<a{anchor} href="{escape_html(run.link)}"{role}>'


def _run_html(run: Run, formulas: Mapping[str, tuple[str, str]]) -> str:
    if run.style == "math":
        html = formulas.get(run.text, ("", ""))[0]
        return html or f"<code>{escape_html(run.text)}</code>"
    escaped = run.html or escape_html(run.text)
    if run.style == "caps":
        return f'<span class="small-caps">{escaped}</span>'
    tag = _TAGS.get(run.style, "")
    return f"<{tag}>{escaped}</{tag}>" if tag else escaped


_MARKUP = re.compile(
    r"<(i|b|sub|sup|em|strong|span)\b([^<>]*)>(.*?)</\1>|(?<!\\)\$([^$]+)\$",
    re.IGNORECASE | re.DOTALL,
)
_STYLE_OF_TAG = {"i": "italic", "em": "italic", "b": "bold", "strong": "bold"}


def from_markup(text: str) -> Text:
    """The text that CSL-JSON writes with a few HTML tags, and with `$…$` for formulas."""
    runs: list[Run] = []
    at = 0
    for found in _MARKUP.finditer(text):
        runs.extend(plain(text[at : found.start()]))
        if found[4]:
            runs.append(Run(found[4], "math"))
        else:
            runs.extend(styled(from_markup(found[3]), _style_of_tag(found[1].lower(), found[2])))
        at = found.end()
    return (*runs, *plain(text[at:]))


def _style_of_tag(tag: str, attributes: str) -> str:
    if tag == "span":
        return "caps" if "small-caps" in attributes else "nocase"
    return _STYLE_OF_TAG.get(tag, tag)
