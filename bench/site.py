"""How long a site takes, as a whole process: `python bench/site.py [COUNT …]`.

For each number of notes: a build from nothing, one with nothing changed, one after an edit. The
cache is a folder of this run's own. Times are the least of three; compare those of one run only.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from shutil import rmtree

from corpus import Corpus

RUNS = 3


def build(folder: Path, cache: Path) -> tuple[float, int]:
    """Seconds that `notesite build` takes, and the memory in MiB that it held at most."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "notesite", "build", "--quiet"], cwd=folder, env=environment
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"the build failed with {status}")
    return time.perf_counter() - start, usage.ru_maxrss // 1024


def measure(count: int, folder: Path) -> str:
    """A line of the table for `count` notes."""
    site, cache = folder / f"site-{count}", folder / f"cache-{count}"
    Corpus(count).write(site)
    cold, unchanged, edited, memory = [], [], [], 0
    for run in range(RUNS):
        rmtree(cache, ignore_errors=True)
        rmtree(site / "output", ignore_errors=True)
        seconds, held = build(site, cache)
        cold.append(seconds)
        memory = max(memory, held)
        # Files of the last tenth of a second are not taken for settled.
        time.sleep(0.2)
        build(site, cache)
        unchanged.append(build(site, cache)[0])
        note = site / "notes" / "note-0.md"
        note.write_text(note.read_text(encoding="utf-8") + f"\nEdit {run}.\n", encoding="utf-8")
        edited.append(build(site, cache)[0])
    times = (f"{min(each):8.2f} s" for each in (cold, unchanged, edited))
    return f"{count:6} {' '.join(times)} {memory:8} MiB"


def main() -> None:
    counts = [int(each) for each in sys.argv[1:]] or [10, 100, 300]
    print(f"{'notes':>6} {'cold':>10} {'unchanged':>10} {'one edit':>10} {'memory':>12}")
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            print(measure(count, Path(folder)), flush=True)


if __name__ == "__main__":
    main()
