"""The commands that begin something: a site, a note, a site from another tool's files."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from notesite.building import BuildOptions, open_project
from notesite.cli import printing, telling
from notesite.diagnostics import Severity
from notesite.text import plural

if TYPE_CHECKING:
    from argparse import Namespace

_FROM_A_FOLDER = """\
This notesite was installed from a folder that other computers cannot see. Before you publish, say
in .github/workflows/pages.yml where they get it, such as pip install git+https://…"""


def new(options: Namespace) -> int:
    """`notesite new`."""
    from notesite.scaffold import ScaffoldError, new_site  # noqa: PLC0415 - for this command alone

    folder: Path = options.folder
    title = options.title or folder.resolve().name.replace("-", " ").capitalize()
    requirement, advice = _told_to_pip()
    try:
        written = new_site(folder, title, requirement)
    except ScaffoldError as error:
        return telling.fail(str(error))
    print(f"{folder}: {plural(len(written), 'file')} written\n")
    print(f"  cd {folder}\n  notesite serve\n{advice}", end="")
    return 0


def _told_to_pip() -> tuple[str, str]:
    """What a workflow tells pip to install, and what its author must be told because of it."""
    from notesite.scaffold import NAME, requirement  # noqa: PLC0415 - for two commands alone

    origin = requirement()
    return (origin, "") if origin else (NAME, f"\n{_FROM_A_FOLDER}\n")


def new_note(options: Namespace) -> int:
    """`notesite new-note`."""
    from notesite.scaffold import ScaffoldError  # noqa: PLC0415 - for this command alone
    from notesite.scaffold import new_note as write_note  # noqa: PLC0415

    here = Path.cwd()
    project, config, problems = open_project(BuildOptions(config=options.config), here)
    if any(problem.severity is Severity.ERROR for problem in problems):
        print(printing.render_diagnostics(problems, {}, colour=False), file=sys.stderr)
        return 1
    try:
        path = write_note(project, config, options.title, options.section, _today())
    except ScaffoldError as error:
        return telling.fail(str(error))
    print(path.relative_to(here) if path.is_relative_to(here) else path)
    return 0


def import_(options: Namespace) -> int:
    """`notesite import`."""
    from notesite.importing import (  # noqa: PLC0415 - for this command alone
        ImportFailure,
        import_site,
        write_config,
    )

    if options.keep_urls and options.kind != "quartz":
        return telling.fail("--keep-urls is about Quartz's addresses")
    try:
        imported = import_site(options.kind, options.folder, keep_urls=options.keep_urls)
        if not options.dry_run:
            write_config(imported)
    except ImportFailure as error:
        return telling.fail(str(error))
    print(printing.render_import(imported), end="")
    if options.dry_run:
        print(f"\n{imported.file} would be:\n\n{imported.config}", end="")
    else:
        print(f"\nwritten: {imported.file}")
        if options.pages:
            problem = _write_workflow(options.folder)
            if problem:
                return telling.fail(problem)
        if imported.report.count(Severity.ERROR):
            print(
                "errors keep 'notesite build' from publishing; '--keep-going' shows each in place"
            )
    return 0


def _write_workflow(root: Path) -> str:
    """Write the workflow for GitHub Pages and say so; what is wrong, if it could not be."""
    from notesite.scaffold import ScaffoldError, write_workflow  # noqa: PLC0415 - for this alone

    requirement, advice = _told_to_pip()
    try:
        print(f"written: {write_workflow(root, requirement)}\n{advice}", end="")
    except ScaffoldError as error:
        return str(error)
    return ""


def _today() -> datetime.date:
    return datetime.datetime.now().astimezone().date()
