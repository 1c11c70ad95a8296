"""Results shown again, and what is said under each: what it uses and what uses it."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from notesite.linking import embedding
from notesite.linking.filling import Elsewhere
from notesite.linking.labels import Home
from notesite.linking.links import find_note
from notesite.linking.missing import report_unresolved
from notesite.linking.referring import Words
from notesite.linking.urls import mark
from notesite.model import Label
from notesite.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notesite.linking.filling import Filling
    from notesite.model import LinkedResult, Note, Reference, Result

_CLASS = re.compile(r'class="result [^"]*')
_LINK = re.compile(r'class="result-link" href="#([^"]*)"')


def restate(filling: Filling, reference: Reference) -> str | Elsewhere:
    """A result of this or another note again, with its own number and a link to its home."""
    found = _find(filling, reference)
    if found is None:
        return f'<p><span class="link-unresolved">{escape_html(reference.text or "")}</span></p>\n'
    note, result = found
    if note.path != filling.path:
        filling.targets[note.path] = None
    body = embedding.block_of(note.body, result.anchor)
    key = f"{note.path}#^{result.anchor}"
    if body is None or key in filling.around or len(filling.around) > embedding.DEEPEST:
        message = f"'{reference.fragment}' is shown again within itself"
        filling.report("embed-cycle", message, reference)
        return ""
    finish = partial(_restated, filling, note, result)
    return Elsewhere(note, body, f"^{result.anchor}", finish)


def _restated(filling: Filling, note: Note, result: Result, html: str) -> str:
    """A result as it is shown again: it leads to its home, and says whose it is."""
    html = _CLASS.sub(lambda found: f"{found[0]} result-restated", html, count=1)
    address = mark(f"{filling.site.urls[note.path]}#{result.anchor}")
    html = _LINK.sub(lambda _: f'class="result-link" href="{address}"', html, count=1)
    if note.path == filling.path:
        return html
    where = filling.words.pattern("result.from")
    # The class comes first, so that this is not taken for a sentence that mentions the note.
    link = f'<a class="result-source" href="{address}">{note.title.html}</a>'
    before, _, after = where.partition("{note}")
    said = f"{escape_html(before)}{link}{escape_html(after)}"
    return html.replace("</p>", f' <span class="result-home">{said}</span></p>', 1)


def _find(filling: Filling, reference: Reference) -> tuple[Note, Result] | None:
    """The result that is to be shown again; what is not there is reported."""
    name = reference.fragment.removeprefix("^")
    linked = find_note(filling, reference) if reference.target else None
    if reference.target:
        notes: Sequence[Note] = [filling.site.notes[linked.path]] if linked else ()
        anchors = {name}
    else:
        homes = filling.site.labels.find(name, filling.path)
        own = filling.site.notes[filling.path]
        notes = [filling.site.notes[homes[0].path]] if homes else [own]
        anchors = {name, homes[0].label.anchor} if homes else {name}
    for note in notes:
        for result in note.results:
            if result.anchor in anchors or result.label == name:
                return note, result
    if not reference.target or linked:
        _report_unknown(filling, reference, name)
    else:
        report_unresolved(filling, reference)
    return None


def _report_unknown(filling: Filling, reference: Reference, name: str) -> None:
    """Report that no published result has that name."""
    code, message = "label-unknown", f"no result '{reference.text}' to show again"
    hints = filling.site.labels.nearest(name)
    homes = filling.site.labels.find(name, filling.path)
    hidden = filling.site.hidden_labels.find(name, filling.path)
    if homes and not reference.target:
        kind = filling.site.kinds.by_id(homes[0].label.kind).id
        message, hints = f"'{name}' ({kind}) is no result, and cannot be shown again", ()
    elif hidden:
        message = f"'{name}' is a label of '{hidden[0].path}', which is not published"
        code, hints = "link-to-draft", ()
    filling.report(code, message, reference, hints)


def uses(filling: Filling, reference: Reference) -> str:
    """What the result at this place uses and what uses it, folded; nothing in an embed."""
    if filling.around or not filling.site.shows_uses:
        return ""
    linked = filling.site.results[f"{filling.page}#{reference.fragment}"]
    words = filling.words
    parts = [("result.uses", linked.uses), ("result.used_by", linked.used_by)]
    lines = [
        f"<p>{escape_html(words.text(key))} {_links(filling, urls)}</p>\n"
        for key, urls in parts
        if urls
    ]
    if not lines:
        return ""
    counts = [words.text(f"{key}_count", count=len(urls)) for key, urls in parts if urls]
    summary = escape_html(" · ".join(counts))
    return (
        f'<details class="result-uses">\n<summary>{summary}</summary>\n{"".join(lines)}</details>\n'
    )


def _links(filling: Filling, urls: Sequence[str]) -> str:
    return ", ".join(result_link(filling, filling.site.results[url]) for url in urls)


def result_link(filling: Filling, linked: LinkedResult) -> str:
    """A link to a result: its kind, number and name, and whose it is."""
    result = linked.result
    label = Label(result.label, result.kind, result.number, result.anchor, None, result.name)
    words, home = Words(filling), Home(linked.path, label)
    name = result.name if result.number else None
    shown = words.with_name(home, name.html) if name else words.name(home)
    # The class comes first, so that this is not taken for a sentence that mentions the other note.
    return f'<a class="result-user" href="{mark(linked.url)}">{shown}</a>'
