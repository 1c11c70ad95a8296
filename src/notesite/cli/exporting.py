"""`notesite export`: a note as LaTeX or PDF."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from notesite.building import Builder
from notesite.exporting.exporting import export, find_note, suggestions, write_document
from notesite.exporting.printing import (
    PrintError,
    browser,
    compile_latex,
    print_page,
    tex_engines,
)
from notesite.records import dataclass
from notesite.temporary import temporary_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from notesite.building import BuildOptions, BuildReport, Linked
    from notesite.exporting.exporting import Export
    from notesite.model import Note

FORMATS = ("tex", "pdf")


class ExportError(Exception):
    """Why there is no export; the message is for people."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for: which note, as what, where to; `force` replaces files."""

    note: str
    format: str
    target: Path | None
    force: bool


@dataclass(frozen=True, slots=True)
class Done:
    """What was written, how, and what there is to say about the note."""

    target: Path
    by: str
    report: BuildReport


def run(wanted: Wanted, options: BuildOptions, here: Path) -> Done:
    """Write the export; raises ExportError."""
    builder = Builder(options, here)
    linked, report = builder.read_site()
    if linked is None:
        raise ExportError(_faults(report))
    note = _note(linked, wanted.note, here)
    target = _target(wanted, note, here)
    made = export(linked, note, target.stem)
    _refuse_existing(target, made, wanted)
    try:
        by = _write(made, target, wanted, linked, options)
    except (PrintError, OSError) as error:
        raise ExportError(str(error)) from error
    full = builder.extended(report, made.diagnostics)
    shown = tuple(each for each in full.diagnostics if each.file == note.file)
    return Done(target, by, replace(full, diagnostics=shown))


def _faults(report: BuildReport) -> str:
    return "; ".join(f"{each.file}: {each.message}" for each in report.diagnostics[:3])


def _note(linked: Linked, name: str, here: Path) -> Note:
    note = find_note(linked, name, here)
    if note is None:
        close = suggestions(linked, name)
        meant = f"; did you mean '{close[0]}'?" if close else ""
        raise ExportError(f"no note '{name}'{meant}")
    return note


def _target(wanted: Wanted, note: Note, here: Path) -> Path:
    """Where the document goes: here under the note's name, if nothing else is said."""
    name = note.path.rpartition("/")[2].removesuffix(".md") + f".{wanted.format}"
    if wanted.target is None:
        return here / name
    target = here / wanted.target
    if target.is_dir():
        return target / name
    if not target.parent.is_dir():
        raise ExportError(f"there is no folder '{target.parent}'")
    return target


def _refuse_existing(target: Path, made: Export, wanted: Wanted) -> None:
    pictures = [target.parent / made.folder] if made.document.pictures else []
    written = [target, *(pictures if wanted.format == "tex" else [])]
    there = next((path for path in written if path.exists()), None)
    if there is not None and not wanted.force:
        raise ExportError(f"'{there}' is there already; --force replaces it")
    if target.is_dir():
        raise ExportError(f"'{target}' is a folder")


def _write(
    made: Export, target: Path, wanted: Wanted, linked: Linked, options: BuildOptions
) -> str:
    """Write the file; what made it."""
    if wanted.format == "tex":
        _write_latex(made, target)
        return "notesite"
    engines = tex_engines()
    if engines:
        return _write_pdf(made, target, engines)
    program = browser()
    if not program:
        message = "a PDF takes a TeX engine (tectonic, latexmk, pdflatex) or Chromium"
        raise ExportError(f"{message}; neither is here; --to tex works without")
    _print(made, target, program, linked, options)
    return program


def _write_latex(made: Export, target: Path) -> None:
    failed = write_document(made, target)
    if failed:
        raise ExportError(f"a picture could not be converted: {failed[0]}")


def _write_pdf(made: Export, target: Path, engines: Sequence[str]) -> str:
    """Write the PDF by the first engine that can; its name."""
    refused = ""
    with temporary_folder() as folder:
        # A name that every engine takes, whatever the note is called.
        _write_latex(made, folder / "document.tex")
        for engine in engines:
            try:
                content = compile_latex(folder, "document", engine)
            except PrintError as error:
                # An engine may be there and not be whole; another one then does.
                refused = refused or f"{engine} could not set the note: {error}"
                continue
            target.write_bytes(content)
            return engine
    raise ExportError(f"{refused}; --to tex writes what it was given")


def _print(made: Export, target: Path, program: str, linked: Linked, options: BuildOptions) -> None:
    """Print the note's page, from a build of its own, by a browser."""
    urls = {each.note.path: each.url for each in linked.site.notes.values()}
    url = urls.get(made.note.path, "")
    if not url:
        raise ExportError("the note has no page to print; with --drafts a draft has one")
    with temporary_folder() as folder:
        site = replace(options, output=folder / "site", publish=True, keep_going=True)
        Builder(site, linked.project.root).build()
        printed = folder / "note.pdf"
        print_page(folder / "site" / url, printed, program)
        shutil.copyfile(printed, target)
