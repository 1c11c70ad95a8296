"""How long an edit takes to be seen: `python -m bench serving [--browser] [COUNT …]`.

For each number of notes, the median and the 95th percentile of: the processor's time of a build by
a Builder that has built the site before, as `serve` has one; and, with `--browser`, the time from a
saved file to the new text on the page that is open in Chromium, with the watcher, the server and
the swap in between.
"""

from __future__ import annotations

import gc
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.corpus import Shape
from bench.peers import NOTESITE
from notesite.building import Builder, BuildOptions

if TYPE_CHECKING:
    import argparse

EDITS = 20
WARMING = 3
"""Edits before those that count: templates are compiled, lexers loaded."""

SEEN = "marker => document.body && document.body.textContent.includes(marker)"


def edit(note: Path, marker: str) -> None:
    """Add a line to the note's end, in place of the last edit's."""
    text = re.sub(r"\n\nSeen \w+\.\n$", "", note.read_text(encoding="utf-8"))
    note.write_text(f"{text}\n\nSeen {marker}.\n", encoding="utf-8")


def built(site: Path) -> list[float]:
    """Milliseconds of builds after an edit each, of the processor's time: others may be busy.

    Under the conditions of `serve`: the builder is told which note was edited, and what stays is
    left alone by the garbage collector.
    """
    options = BuildOptions(
        cached=True, jobs=os.cpu_count() or 1, output=site / "served", index_later=True,
        whole_fonts=True,
    )  # fmt: skip
    builder = Builder(options, site)
    builder.build()
    took = []
    for number in range(EDITS + WARMING):
        gc.freeze()
        note = (site / "notes" / f"note-{number % 5}.md").resolve()
        edit(note, f"built{number}")
        time.sleep(0.15)
        start = time.process_time()
        builder.build({note})
        took.append((time.process_time() - start) * 1000)
    return took[WARMING:]


def shown(site: Path) -> list[float]:
    """Milliseconds from a saved note to its new text in the browser."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - with --browser alone

    command = [sys.executable, "-m", "notesite", "serve", "--port", "0"]
    with (
        subprocess.Popen(command, cwd=site, stdout=subprocess.PIPE, text=True) as process,
        sync_playwright() as driver,
    ):
        try:
            assert process.stdout
            found = None
            while not found:
                found = re.search(r"http://\S+?:\d+", process.stdout.readline())
            browser = driver.chromium.launch(executable_path=_chromium())
            page = browser.new_page()
            page.goto(f"{found[0]}/note-0.html")
            took = [_seen(page, site / "notes" / "note-0.md", f"shown{n}") for n in range(23)]
            browser.close()
        finally:
            process.terminate()
    return took[WARMING:]


def _seen(page: Any, note: Path, marker: str) -> float:  # noqa: ANN401 - playwright's page
    time.sleep(0.4)
    edit(note, marker)
    saved = time.perf_counter()
    page.wait_for_function(SEEN, arg=marker, polling="raf")
    return (time.perf_counter() - saved) * 1000


def _chromium() -> str | None:
    return next((each for each in ("/usr/bin/chromium",) if Path(each).exists()), None)


def line(count: int, what: str, took: list[float]) -> str:
    """A line of the table."""
    slowest = statistics.quantiles(took, n=20)[-1]
    return f"{count:6} {what:10} {statistics.median(took):8.0f} ms {slowest:8.0f} ms"


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be said on the command line."""
    parser.add_argument("counts", type=int, nargs="*", default=[100, 1000])
    parser.add_argument("--browser", action="store_true", help="up to the page in Chromium")


def measure_edits(options: argparse.Namespace) -> None:
    """Print a table."""
    print(f"{'notes':>6} {'':10} {'median':>11} {'95 %':>11}")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = str(Path(folder) / "cache")
        for count in options.counts:
            site = Path(folder) / f"site-{count}"
            NOTESITE.prepare(site, count, Shape())
            print(line(count, "build", built(site)), flush=True)
            if options.browser:
                print(line(count, "browser", shown(site)), flush=True)
