"""What can be written after `notesite`, and what `--help` says about it."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import NoReturn

from notesite import __version__

_DESCRIPTION = """\
Turn a folder of Markdown and LaTeX notes into a website.

  notesite new my-notes          start a site with a sample note per section
  notesite serve                 preview it, reloading as you write
  notesite build                 write it to the output folder
  notesite check                 find every problem, write nothing
  notesite new-note "Title"      start a note
  notesite import quartz DIR     move here from Quartz, or from obsidian
  notesite export NOTE --to pdf  a note as a paper, or its LaTeX
"""

_EPILOG = """\
Settings live in notesite.toml, looked for here and in the folders above; without one, defaults
hold and the notes are taken from ./notes or from here. Exit status: 0 done, 1 errors in the site,
2 a command that makes no sense.
"""


def build_argument_parser() -> argparse.ArgumentParser:
    """The parser of the command line; `command` in its result names the subcommand."""
    parser = _Parser(
        prog="notesite",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"notesite {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_build(commands)
    _add_serve(commands)
    _add_check(commands)
    _add_new(commands)
    _add_new_note(commands)
    _add_import(commands)
    _add_export(commands)
    return parser


class _Parser(argparse.ArgumentParser):
    """argparse's parser, which also says what a misspelt command or option may have been."""

    def error(self, message: str) -> NoReturn:
        """End with `message` and, where it names a slip, with what was meant; status 2."""
        super().error(message + self._meant(message))

    def _meant(self, message: str) -> str:
        unknown = _UNKNOWN.search(message)
        if unknown is None:
            return ""
        known = re.findall(r"'([^']+)'", unknown[2]) if unknown[1] else self.options()
        from notesite.text import did_you_mean  # noqa: PLC0415 - nothing else here needs it

        hints = did_you_mean(unknown[1] or unknown[3].partition("=")[0], known)
        return "".join(f"; {hint}" for hint in hints)

    def options(self) -> set[str]:
        """The options of this parser and of those of its commands."""
        own = {option for action in self._actions for option in action.option_strings}
        commands = [each for each in self._actions if isinstance(each, _Commands)]
        return own.union(
            *(parser.options() for each in commands for parser in each.choices.values())
        )


_UNKNOWN = re.compile(
    r"invalid choice: '([^']*)' \(choose from (.*)\)|unrecognized arguments: (--\S+)"
)

_Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse gives the type no public name


def _add_build(commands: _Commands[_Parser]) -> None:
    parser = commands.add_parser(
        "build",
        help="write the site to the output folder",
        description="Build the whole site. With errors, all are shown and the last good output "
        "stays as it is.",
    )
    _add_site_options(parser)
    _add_output_options(parser)
    parser.add_argument(
        "--keep-going", action="store_true",
        help="publish in spite of errors, each visible in its place",
    )  # fmt: skip


def _add_check(commands: _Commands[_Parser]) -> None:
    parser = commands.add_parser(
        "check",
        help="find every problem, write nothing",
        description="Do everything a build does but writing, and show hints too.",
    )
    _add_site_options(parser)
    _add_output_options(parser)
    parser.add_argument(
        "--format", choices=("text", "json", "github"), default="text",
        help="how to print what was found: for people, for programs, as GitHub annotations",
    )  # fmt: skip
    parser.add_argument(
        "--fix", action="store_true",
        help="write into the notes what is certain, such as the new path of a note that was moved",
    )  # fmt: skip
    parser.add_argument(
        "--external", action="store_true",
        help="ask the web for every link that leaves the site (needs notesite[web])",
    )  # fmt: skip


def _add_serve(commands: _Commands[_Parser]) -> None:
    parser = commands.add_parser(
        "serve",
        help="preview the site, reloading as you write",
        description="Build the site, show it at a local address, and build again at each change. "
        "The output folder is left alone.",
    )
    _add_site_options(parser)
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address to listen at (%(default)s)"
    )
    parser.add_argument(
        "--port", type=_port, help="the port to listen at (8000, or the next that is free)"
    )
    parser.add_argument("--open", action="store_true", help="open the site in the browser")
    parser.add_argument(
        "--follow", action="store_true", help="let the browser go to the note that was just saved"
    )


def _add_new(commands: _Commands[_Parser]) -> None:
    parser = commands.add_parser(
        "new",
        help="start a site",
        description="Write a small complete site: settings, a note per section, a workflow that "
        "publishes it on GitHub Pages.",
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is not there yet")
    parser.add_argument("--title", help="the site's name (the folder's if left out)")


def _add_new_note(commands: _Commands[_Parser]) -> None:
    parser = commands.add_parser(
        "new-note",
        help="start a note",
        description="Write an empty note with its front matter where its section's notes are.",
    )
    parser.add_argument("title", metavar="TITLE")
    parser.add_argument("--section", help="the id of the section, as in notesite.toml")
    parser.add_argument("--config", type=Path, metavar="FILE", help="the settings to use")


def _add_import(commands: _Commands[_Parser]) -> None:
    parser = commands.add_parser(
        "import",
        help="move here from Quartz, or start from an Obsidian vault",
        description="Write a notesite.toml from the settings of a Quartz site or of an Obsidian "
        "vault, and say what was understood, what was not, and what is wrong in the notes. No "
        "note is changed and no code of the old site is run.",
    )
    parser.add_argument("kind", choices=("quartz", "obsidian"), help="what is to be read")
    parser.add_argument(
        "folder", type=Path, metavar="DIR", nargs="?", default=Path(),
        help="the Quartz repository, or the vault (here if left out)",
    )  # fmt: skip
    parser.add_argument(
        "--keep-urls", action="store_true",
        help="keep Quartz's addresses instead of redirecting from them",
    )  # fmt: skip
    parser.add_argument(
        "--pages", action="store_true",
        help="also write the workflow that publishes the site on GitHub Pages",
    )  # fmt: skip
    parser.add_argument(
        "--dry-run", action="store_true", help="print the settings instead of writing them"
    )


def _add_export(commands: _Commands[_Parser]) -> None:
    parser = commands.add_parser(
        "export",
        help="a note as LaTeX or PDF",
        description="Write a note as a LaTeX document with its theorems, equations, citations and "
        "figures, or as a PDF: of that document where there is a TeX engine, else printed by "
        "Chromium.",
    )
    parser.add_argument("note", metavar="NOTE", help="its file, its name or its title")
    parser.add_argument(
        "--to", choices=("tex", "pdf"), default="tex", help="what to make (%(default)s)"
    )
    parser.add_argument(
        "--output", type=Path, dest="target", metavar="FILE",
        help="the file to write, or a folder for it (the note's name, here)",
    )  # fmt: skip
    parser.add_argument("--force", action="store_true", help="replace what is there already")
    _add_site_options(parser)


def _add_site_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--source", type=Path, metavar="DIR", help="the folder of notes")
    parser.add_argument("--config", type=Path, metavar="FILE", help="the settings to use")
    parser.add_argument(
        "--base-url", type=_base_url, metavar="URL", help="the address the site is published at"
    )
    parser.add_argument("--strict", action="store_true", help="let warnings count as errors")
    parser.add_argument(
        "--no-cache", action="store_true", help="compute everything anew and keep nothing for later"
    )
    parser.add_argument("--drafts", action="store_true", help="show drafts too")
    loudness = parser.add_mutually_exclusive_group()
    loudness.add_argument("-q", "--quiet", action="store_true", help="say nothing but errors")
    loudness.add_argument(
        "-v",
        "--verbose",
        action="store_true",
        help="show every warning, hints too, and every file written",
    )


def _add_output_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="the folder to write the site to"
    )
    parser.add_argument(
        "--force-adopt", action="store_true",
        help="take over an output folder that holds files notesite did not write",
    )  # fmt: skip


def _base_url(text: str) -> str:
    from notesite.config.checking import base_url_fault  # noqa: PLC0415 - `--version` needs none

    fault = base_url_fault(text)
    if fault:
        raise argparse.ArgumentTypeError(f"the address {fault}")
    return text


def _port(text: str) -> int:
    port = int(text) if text.isdecimal() else -1
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return port
