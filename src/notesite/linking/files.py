"""References to files: links to them, images, films and sounds, and addresses in raw HTML."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from notesite.linking import embedding
from notesite.linking.images import alt_hint, sized
from notesite.linking.missing import compare_capitals, hints_for, report_missing
from notesite.linking.urls import mark
from notesite.model import Reference, ReferenceKind
from notesite.text import attributes_html, escape_html

if TYPE_CHECKING:
    from notesite.linking.filling import Filling
    from notesite.spans import Span


def find_file(filling: Filling, reference: Reference) -> str | None:
    """The path in the output of the file that a reference names, if there is one."""
    finder = filling.site.file_finder
    found = None if reference.is_wikilink else finder.relative(reference.target, filling.path)
    found = found or finder.by_name(reference.target.lstrip("/"), filling.path)
    if found is not None:
        filling.assets[found.path] = None
        compare_capitals(filling, reference, found.path)
        return found.path
    return _made_page(filling, reference.target)


def _made_page(filling: Filling, target: str) -> str | None:
    """A page that notesite makes or a static file, named as it stands in the output."""
    folder = posixpath.dirname(filling.page)
    relative = posixpath.normpath(posixpath.join(folder, target))
    for path in (relative, target.lstrip("/")):
        if path in filling.site.outputs:
            return path
    return None


def file_link(filling: Filling, reference: Reference) -> tuple[str, str]:
    """What opens and closes a link to a file."""
    path = find_file(filling, reference)
    label = escape_html(reference.text) if reference.text is not None else ""
    if path is None:
        _report(filling, "file-link-not-found", "file", reference)
        return f'<span class="link-unresolved">{label}', "</span>"
    fragment = f"#{reference.fragment}" if reference.fragment else ""
    return (
        f'<a href="{mark(path + fragment)}"{attributes_html(reference.attributes)}>{label}',
        "</a>",
    )


def image(filling: Filling, reference: Reference) -> str:
    """An image as HTML."""
    path = find_file(filling, reference)
    attributes = dict(reference.attributes)
    if path is None:
        _report(filling, "file-not-found", "image", reference)
        label = escape_html(attributes.get("alt") or reference.target)
        return f'<span class="image-missing">{label}</span>'
    if not attributes.get("alt"):
        message = "the image has no alt text"
        filling.report("image-alt-missing", message, reference, alt_hint(reference))
    attributes = sized(attributes, filling.site.files.get(path))
    attributes.setdefault("loading", "lazy")
    return f'<img src="{mark(path)}"{attributes_html(attributes.items())}>'


def medium(filling: Filling, reference: Reference) -> str:
    """A film, a sound, or a document that is shown where it is embedded, as HTML."""
    path = find_file(filling, reference)
    if path is None:
        _report(filling, "file-not-found", "file", reference)
        return f'<p><span class="link-unresolved">{escape_html(reference.text or "")}</span></p>'
    attributes = dict(reference.attributes)
    return embedding.medium(path, reference.fragment, reference.text or "", attributes)


def picture(filling: Filling, address: str, span: Span | None) -> str:
    """What the front matter's `image` names: a URL of the site or of the web, or empty."""
    target = address.removeprefix("!").removeprefix("[[").removesuffix("]]").partition("|")[0]
    if not target or target.startswith(("https://", "http://")):
        return target
    reference = Reference(ReferenceKind.IMAGE, target, span=span)
    path = find_file(filling, reference)
    if path is None:
        _report(filling, "file-link-not-found", "image", reference)
    return path or ""


def raw_address(filling: Filling, reference: Reference) -> str:
    """The address in an attribute of raw HTML; what is not found is left as it was."""
    site = filling.site
    found = site.finder.relative(reference.target, filling.path)
    if found is not None and reference.target.endswith(".md"):
        filling.targets[found.path] = None
        fragment = f"#{reference.fragment}" if reference.fragment else ""
        return mark(site.urls[found.path] + fragment)
    path = find_file(filling, reference)
    if path is not None:
        return mark(path)
    hints = hints_for(reference, site.file_finder)
    filling.report("file-link-not-found", f"no file '{reference.target}'", reference, hints)
    return escape_html(reference.text or "")


def _report(filling: Filling, code: str, what: str, reference: Reference) -> None:
    report_missing(filling, code, what, reference, filling.site.file_finder)
