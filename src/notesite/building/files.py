"""The files of a site that are not notes: which there are, and the pages that copy them."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

from notesite.cache import digest
from notesite.diagnostics import Diagnostic, diagnose
from notesite.model import PlannedPage
from notesite.sources import matches_glob, read_source, scan
from notesite.stamps import digest_bytes, known_file
from notesite.theme import theme_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from notesite.building.values import Project
    from notesite.config import Config
    from notesite.model import ImageSize, Site
    from notesite.sources import SourceTree


_VIEW_BOX = re.compile(
    rb"""<svg\b[^>]*?\sviewBox\s*=\s*["']\s*[-+\d.e]+[\s,]+[-+\d.e]+[\s,]+([\d.]+)[\s,]+([\d.]+)\s*["']"""
)
_HEAD_OF_SVG = 8192
_NARROWEST = 300
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif")


def measure_image(path: Path) -> ImageSize | None:
    """Width and height of an image in pixels, or None where its header does not say."""
    import imagesize  # noqa: PLC0415 - only a site with images needs it

    try:
        width, height = imagesize.get(str(path))
        if path.suffix.lower() == ".svg" and not (width > 0 and height > 0):
            width, height = _drawn_size(path)
    except (OSError, ValueError):
        return None
    return (round(width), round(height)) if width > 0 and height > 0 else None


def _drawn_size(path: Path) -> tuple[float, float]:
    """The size of a drawing in SVG that says no more than its proportions, by its `viewBox`.

    In a figure, which is as wide as what it holds, it would have no width at all. As browsers do
    elsewhere, it is made 300 pixels wide, or as wide as its own units.
    """
    with path.open("rb") as file:
        found = _VIEW_BOX.search(file.read(_HEAD_OF_SVG))
    if found is None:
        return 0, 0
    width, height = float(found[1]), float(found[2])
    scale = max(1.0, _NARROWEST / width) if width > 0 else 0
    return width * scale, height * scale


def own_folders(project: Project) -> list[str]:
    """The site's own folders where the notes folder holds them, as in a vault with a config."""
    folders = (project.output, project.usual_output, project.templates, project.static)
    return [
        folder.relative_to(project.source).as_posix() + "/**"
        for folder in folders
        if folder.is_relative_to(project.source) and folder != project.source
    ]


def passed_over(tree: SourceTree, project: Project) -> Iterator[Diagnostic]:
    """What is said of the files that are not read, such as links out of the notes folder."""
    for path, reason in tree.passed_over:
        hints = ("'site.follow_links' allows it",) if "out of" in reason else ()
        file = project.name(tree.root / path)
        yield diagnose("source-passed-over", f"{reason}; it is left out", file, hints=hints)


def published_all_the_same(tree: SourceTree, project: Project) -> Iterator[Diagnostic]:
    """What is said of folders that Obsidian was told to keep out, and that are published."""
    for entry in project.excluded:
        folder = entry.strip("/")
        # One that begins with a slash is a regular expression.
        if entry.startswith("/") or not any(path.startswith(f"{folder}/") for path in tree.notes):
            continue
        yield diagnose(
            "vault-excluded",
            f"'{folder}' is among Obsidian's excluded files, but its notes are published",
            project.name(tree.root / folder),
            hints=(f'ignore = ["/{folder}"] below [site] leaves it out',),
        )


def left_out(tree: SourceTree, project: Project) -> tuple[str, ...]:
    """What the configuration leaves out of the notes, the site's own folders aside."""
    own = own_folders(project)
    return tuple(path for path in tree.ignored if not any(matches_glob(path, each) for each in own))


def static_files(project: Project) -> dict[str, Path]:
    """Static files by their path below `static/`; the site's win over the theme's."""
    files: dict[str, Path] = {}
    for folder in (theme_folder("static"), project.static):
        if folder.is_dir():
            tree = scan(folder)
            files.update({path: folder / path for path in (*tree.notes, *tree.files)})
    return files


def copied_files(files: dict[str, Path], project: Project, site: Site) -> Iterator[PlannedPage]:
    """The static `files`, those that are bundled left out, and the files beside notes."""
    from notesite.styling import bundled  # noqa: PLC0415 - as above

    parts = bundled(files)
    for path, file in sorted(files.items()):
        # The script that draws diagrams weighs more than all the rest.
        if path not in parts and (site.has_diagrams or not path.startswith("mermaid/")):
            yield copied_file(f"static/{path}", file)
    for path in site.assets:
        yield copied_file(path, project.source / path)


def markdown_pages(project: Project, config: Config, site: Site) -> Iterator[PlannedPage]:
    """The notes' own Markdown, as far as it is for readers."""
    from notesite.linking.urls import markdown_url  # noqa: PLC0415 - as above
    from notesite.outputs.markdown_source import has_markdown, markdown_page  # noqa: PLC0415

    def make(site: Site, url: str) -> bytes | None:
        linked = site.notes[url]
        source = read_source(project.source, linked.note.path, linked.note.file)
        page = None if isinstance(source, Diagnostic) else markdown_page(linked, source, config)
        return page.content if page else None

    for url, linked in site.notes.items():
        if has_markdown(linked, config):
            yield PlannedPage(markdown_url(url), make, (url,))


def files_of_quartz(project: Project, assets: Iterable[str]) -> Iterator[PlannedPage]:
    """The files beside notes where Quartz had them: a picture or a PDF cannot be redirected."""
    from notesite.linking.urls import quartz_file  # noqa: PLC0415 - as above

    for path in assets:
        if quartz_file(path) != path:
            yield copied_file(quartz_file(path), project.source / path)


def copied_file(path: str, file: Path) -> PlannedPage:
    """A file of the output that is a copy of `file`, which is there."""
    return PlannedPage(path, _read, (str(file), *file_as_given(file)))


def file_as_given(file: Path) -> tuple[object, ...]:
    """What shows a page made of `file`, which is there, that the file has changed."""
    known = known_file(file, "")
    # What may change again without showing is different from anything that was there before.
    return known.stamp, 0 if known.is_settled else time.time_ns()


def _read(_: Site, file: str, *_stamp: object) -> bytes:
    return Path(file).read_bytes()


def version_of_pages(project: Project, config: Config) -> str:
    """What every page depends on: the configuration and the templates."""
    parts = [repr(config)]
    for folder in (project.templates, theme_folder("templates")):
        tree = scan(folder) if folder.is_dir() else None
        for path in (*tree.notes, *tree.files) if tree else ():
            parts += [path, digest_bytes((folder / path).read_bytes())]
        parts.append("/")
    return digest(*parts)


def lines_of(files: set[str], project: Project) -> dict[str, list[str]]:
    """The lines of these files, named from the site's root, as far as they can be read."""
    lines = {}
    for file in files:
        try:
            text = (project.root / file).read_text(encoding="utf-8-sig", errors="replace")
        except OSError:
            continue
        lines[file] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines
