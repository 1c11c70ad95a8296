"""What is said of references to what is not there, or is there in other capitals."""

from __future__ import annotations

import posixpath
import unicodedata
from typing import TYPE_CHECKING

from notesite.diagnostics import Fix
from notesite.model import Respelling
from notesite.patterns import pattern
from notesite.text import match_key

if TYPE_CHECKING:
    from notesite.linking.filling import Filling
    from notesite.linking.finding import Finder
    from notesite.model import Reference

SKIPPED_SUFFIXES = (".canvas", ".base", ".excalidraw")
"""The files that Obsidian alone can open."""

_ELSEWHERE = pattern(r"[A-Za-z]:[\\/]|file:|/(?:Users|home)/")
"""What looks like a file of somebody's computer."""
_HOST = pattern(r"www\.|(?:[\w-]+\.)+(?:com|org|net|edu|gov|io|dev|ai|app|me|info|eu)(?:/|$)")
"""What looks like a site of the web: a host with one of the usual endings."""


def report_unresolved(filling: Filling, reference: Reference) -> None:
    """Report why no published note is what `reference` names."""
    target, site = reference.target, filling.site
    if site.drafts.by_name(target, filling.path):
        filling.report("link-to-draft", f"'{target}' is a draft", reference)
    elif site.ignored.by_name(target, filling.path):
        filling.report("link-to-draft", f"'{target}' is left out of the site", reference)
    else:
        report_missing(filling, "link-not-found", "note", reference, site.finder)
        filling.wanted.append(target)


def report_missing(
    filling: Filling, code: str, what: str, reference: Reference, finder: Finder
) -> None:
    """Report that what `reference` names is not there, with where it may be instead."""
    target = reference.target
    if target.lower().endswith(SKIPPED_SUFFIXES):
        message = f"'{target}' opens in Obsidian only and has no page"
        filling.report("obsidian-file", message, reference)
        return
    if filling.site.ignored.by_name(target.lstrip("/"), filling.path):
        filling.report(code, f"the {what} '{target}' is left out of the site", reference)
        return
    name = target.rpartition("/")[2]
    moved = finder.by_name(name, filling.path) if "/" in target else None
    if moved and not moved.candidates:
        hint = f"it is now at '{moved.path}'; 'notesite check --fix' writes that"
        fix = Fix(target, _named(moved.path, reference, filling.path))
        filling.report(code, f"no {what} '{target}'", reference, (hint,), fix)
        return
    filling.report(code, f"no {what} '{target}'", reference, hints_for(reference, finder))


def hints_for(reference: Reference, finder: Finder) -> tuple[str, ...]:
    """What an author may have meant."""
    target = reference.target
    if target.startswith(("https://", "http://")):
        return (f"write ![]({target}) for a picture of the web",)
    if _HOST.match(target) and not reference.is_wikilink:
        return (f"an address of the web begins with https://, as in 'https://{target}'",)
    if _ELSEWHERE.match(target):
        return ("it lies on your computer alone; put a copy among the notes",)
    close = finder.suggestions(target)
    return (f"did you mean '{close[0]}'?",) if close else ()


def _named(path: str, reference: Reference, here: str) -> str:
    """How a reference of that kind in the note at `here` names the file at `path`."""
    if not reference.is_wikilink:
        return posixpath.relpath(path, posixpath.dirname(here) or ".")
    return path if reference.target.lower().endswith(".md") else path.removesuffix(".md")


def compare_capitals(filling: Filling, reference: Reference, path: str) -> None:
    """Take note of a reference that names what is at `path` in other capitals."""
    if f"/{path}".endswith((f"/{reference.target}", f"/{reference.target}.md")):
        return
    parts = [part for part in reference.target.split("/") if part not in {"", ".", ".."}]
    wanted = "/".join(path.split("/")[-len(parts) :])
    written = "/".join(parts)
    if not written.lower().endswith(".md"):
        wanted = wanted.removesuffix(".md")
    is_other_name = match_key(written) != match_key(wanted)
    if is_other_name or _nfc(written) == _nfc(wanted):
        return
    line = reference.span.start.line if reference.span else 1
    filling.respelled.append(Respelling(filling.file, line, reference.target, path))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
