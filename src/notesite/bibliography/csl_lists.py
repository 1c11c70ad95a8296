"""Lines of a list of references as citeproc wrote them, with labels of their own and links."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from notesite.bibliography.citing import Listed
from notesite.bibliography.references import links
from notesite.bibliography.runs import Run, Text, merged

if TYPE_CHECKING:
    from notesite.bibliography.entries import Entry

_LABEL = re.compile(r"^\s*([\[(]?\d+[\])]?\.?)\s*")


def listed(entry: Entry, text: Text, *, is_numeric: bool) -> Listed:
    """The line with its number as a label, and with links to DOI and arXiv."""
    label = ""
    found = _LABEL.match(text[0].text) if text and is_numeric else None
    if found:
        label = found[1]
        text = (replace(text[0], text=text[0].text[found.end() :]), *text[1:])
    return Listed(entry.key, label, _with_links(merged(text), entry))


def _with_links(text: Text, entry: Entry) -> Text:
    """Addresses in the text become links; those it leaves out are added."""
    written = "".join(run.text for run in text)
    runs: list[Run] = []
    for run in text:
        if run.style == "math":
            runs.append(run)
            continue
        for piece in re.split(r"(https?://[^\s<>\"]*[^\s<>\".,;)])", run.text):
            is_web = piece.startswith(("https://", "http://"))
            runs.append(replace(run, text=piece, link=piece if is_web else run.link))
    told = entry.doi and entry.doi in written
    told = told or (entry.arxiv and entry.arxiv in written) or (entry.url and entry.url in written)
    if "".join(run.link for run in runs):
        return tuple(runs)
    more = links(entry)
    if told and not any(run.link for run in runs):
        # It is written, but not as an address: `doi: 10.1000/x`.
        return tuple(piece for run in runs for piece in _linked_identifier(run, entry))
    return (*runs, Run(" "), *more) if more else tuple(runs)


def _linked_identifier(run: Run, entry: Entry) -> Text:
    addresses = {entry.doi: f"https://doi.org/{entry.doi}",
                 entry.arxiv: f"https://arxiv.org/abs/{entry.arxiv}"}  # fmt: skip
    for identifier, address in addresses.items():
        before, found, after = run.text.partition(identifier) if identifier else ("", "", "")
        if found:
            middle = replace(run, text=found, link=address)
            return (replace(run, text=before), middle, replace(run, text=after))
    return (run,)
