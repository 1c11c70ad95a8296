"""Moving to notesite: a configuration made from what another program knows of the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.building import Builder, BuildOptions
from notesite.config import CONFIG_NAME, parse_config
from notesite.importing.inspecting import inspect
from notesite.importing.obsidian import read_obsidian
from notesite.importing.quartz import read_quartz
from notesite.importing.quartz_site import QuartzError
from notesite.records import dataclass

if TYPE_CHECKING:
    from pathlib import Path

    from notesite.building import BuildReport
    from notesite.importing.draft import Draft

__all__ = ["ImportFailure", "Imported", "import_site", "write_config"]

_HEADING = """\
Made by `notesite import {kind}`. Every key is explained in notesite's docs/configuration.md.
Each folder is a section; to order or to rename them, write [[sections]] tables."""


class ImportFailure(Exception):  # noqa: N818 - the outcome of a command, told to a person
    """Nothing was imported; the message says why."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A configuration for the folder `root`, and what is to be said of it, in sentences.

    `understood` is what the configuration takes over, `left` what it does not, `wrong` what is
    amiss in the old site, some with lines of examples below.
    """

    root: Path
    config: str
    understood: tuple[str, ...]
    left: tuple[str, ...]
    wrong: tuple[str, ...]
    report: BuildReport

    @property
    def file(self) -> Path:
        """Where the configuration belongs."""
        return self.root / CONFIG_NAME


def import_site(kind: str, root: Path, *, keep_urls: bool = False) -> Imported:
    """Read the site at `root`, a folder of `kind` `quartz` or `obsidian`; nothing is written.

    The notes are all read and linked, to say what is wrong with them. Raises ImportFailure when
    there is nothing of that kind.
    """
    if not root.is_dir():
        raise ImportFailure(f"there is no folder '{root}'")
    draft = _read(kind, root, keep_urls=keep_urls)
    text = draft.render(_HEADING.format(kind=kind))
    _, problems = parse_config(text)
    if problems:
        raise ImportFailure(f"the settings read make no configuration: {problems[0].message}")
    here = root.resolve()
    options = BuildOptions(config=here / CONFIG_NAME, config_text=text, publish=False)
    report = Builder(options, here).build()
    return Imported(
        root=root,
        config=text,
        understood=tuple(draft.understood),
        left=tuple(draft.left),
        wrong=(*draft.wrong, *inspect(report, heeds_capitals=kind == "quartz")),
        report=report,
    )


def _read(kind: str, root: Path, *, keep_urls: bool) -> Draft:
    if kind == "obsidian":
        return read_obsidian(root)
    try:
        return read_quartz(root, keep_urls=keep_urls)
    except QuartzError as error:
        raise ImportFailure(str(error)) from error


def write_config(imported: Imported) -> None:
    """Write the configuration where it belongs; raises ImportFailure when one is there already."""
    try:
        with imported.file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(imported.config)
    except FileExistsError as error:
        message = f"'{imported.file}' is there already; nothing was changed"
        raise ImportFailure(message) from error
    except OSError as error:
        message = f"'{imported.file}' cannot be written: {error.strerror or error}"
        raise ImportFailure(message) from error
