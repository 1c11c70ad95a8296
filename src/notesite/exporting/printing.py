"""PDF: by a TeX engine from the LaTeX, else by a browser from the page."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ENGINES = ("tectonic", "latexmk", "pdflatex", "lualatex", "xelatex")
"""Programs that make a PDF of LaTeX, in the order in which they are tried."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_SECONDS = 300
_RUNS = 3
_ERROR = re.compile(r"^(?:! ?(.*)|(?:error: )?\S*?:(\d+): (.*))$", re.MULTILINE)


class PrintError(Exception):
    """A PDF that could not be made; the message says why."""


def tex_engines() -> list[str]:
    """The TeX engines at hand."""
    return [name for name in ENGINES if shutil.which(name)]


def browser() -> str:
    """The browser at hand that prints, or empty."""
    return next((name for name in BROWSERS if shutil.which(name)), "")


def compile_latex(folder: Path, name: str, engine: str) -> bytes:
    """The PDF of `name`.tex in `folder`; raises PrintError with LaTeX's own words."""
    flags = ["-interaction=nonstopmode", "-halt-on-error", "-file-line-error", "-no-shell-escape"]
    commands = {
        "tectonic": ["tectonic", "--keep-logs", f"{name}.tex"],
        "latexmk": ["latexmk", "-pdf", "-norc", *flags, f"{name}.tex"],
    }
    command = commands.get(engine, [engine, *flags, f"{name}.tex"])
    for _ in range(1 if engine in commands else _RUNS):
        done = _run(command, folder)
        if done.returncode != 0:
            # Tectonic speaks on the error stream, the others in what they print.
            said = (done.stdout + b"\n" + done.stderr).decode(errors="replace")
            raise PrintError(_reason(said))
    return (folder / f"{name}.pdf").read_bytes()


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - a known program, its arguments our own
            command, cwd=folder, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PrintError(f"'{command[0]}' took more than {_SECONDS} seconds") from error


def _reason(log: str) -> str:
    found = _ERROR.search(log)
    if found is None:
        return log.strip()[-300:] or "it gave no reason"
    place = f" (line {found[2]} of the LaTeX file)" if found[2] else ""
    return f"{found[1] or found[3]}{place}"


def print_page(page: Path, target: Path, program: str) -> None:
    """Print the page at `page` to the PDF `target` by a browser; raises PrintError."""
    command = [
        program, "--headless", "--disable-gpu", "--no-pdf-header-footer",
        f"--print-to-pdf={target}", page.resolve().as_uri(),
    ]  # fmt: skip
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # Chromium's sandbox does not run for root, as in a container.
        command.insert(1, "--no-sandbox")
    done = _run(command, page.parent)
    if done.returncode != 0 or not target.is_file():
        raise PrintError(done.stderr.decode(errors="replace").strip()[-300:])
