"""What a run found, as a page of the documentation."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bench.peers import HUGO, MATH, PEERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.peers import Peer
    from bench.running import Series

AGAIN = {"unchanged": "nothing changed", "one edit": "one note edited"}
"""How builds of a site that was built already are called, by kind."""

_HEAD = """---
title: Speed
summary: "How long builds take, beside other generators, and how that was measured."
---

Notes made up by seed, of some 20 KB with 250 formulas each, nearly all of them different, so that
no cache of formulas helps. Times are those of whole processes, medians of as many rounds as are
named below, the generators taking turns; the ratio is to Hugo leaving the formulas alone, in the
same run; the time of all processors together and the most memory of one process stand beside it.
`python -m bench install` fetches the other generators, `python -m bench run` measures and writes
this page, for 10 to 1,000 notes in three rounds if not told otherwise.

"Its parts alone" are markdown-it-py, math-core and Pygments in a loop that reads the same notes and
writes their HTML with all processors: no generator that is made of them takes less.

Measured on {date} on {machine}; rounds: {rounds}.
"""


def page(series: Sequence[Series], rounds: int, missing: Sequence[Peer]) -> str:
    """The page in Markdown; `missing` are the generators that were not there."""
    cold = [each for each in series if each.kind == "cold"]
    parts = [
        _HEAD.format(rounds=rounds, date=datetime.now(UTC).date(), machine=machine()),
        "## From nothing\n",
        _cold_table(cold),
        "![Seconds by number of notes](speed.svg)\n",
        "## Again\n",
        "When everything was built before:\n",
        _again_table([each for each in series if each.kind != "cold"]),
        _versions(),
    ]
    if missing:
        names = ", ".join(peer.name for peer in missing)
        parts.append(f"Not there when this was measured: {names}.\n")
    parts.append(
        "Quartz is no package of npm: it needs a checkout of its own, and is not compared here.\n"
    )
    return "\n".join(parts)


def machine() -> str:
    """The processor, its cores and memory, the system and Python."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    model = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        model = names[0] if names else model
    except OSError:
        pass
    load = os.getloadavg()[0]
    return (
        f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}; load average {load:.1f} at the end"
    )


def _cold_table(series: Sequence[Series]) -> str:
    counts = sorted({each.notes for each in series})
    names = [peer.name for peer in PEERS if any(each.peer == peer.name for each in series)]
    known = {(each.peer, each.notes): each for each in series}
    heads = [f"{count:,} notes" for count in counts]
    lines = ["| | formulas | " + " | ".join(heads) + " |", "|---|---|" + "---:|" * len(counts)]
    for name in names:
        cells = [_cell(known, name, count) for count in counts]
        lines.append(f"| {name} | {MATH[name]} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _cell(known: dict[tuple[str, int], Series], name: str, count: int) -> str:
    found, base = known.get((name, count)), known.get((HUGO.name, count))
    if found is None:
        return "–"
    if not found.is_done:
        return f"over {found.seconds:.0f} s" if found.is_late else "failed"
    ratio = f"{found.seconds / base.seconds:.1f} ×, " if base and base.is_done else ""
    return f"{found.seconds:.2f} s ({ratio}{found.cpu:.1f} s CPU, {found.memory} MiB)"


def _again_table(series: Sequence[Series]) -> str:
    names = list(dict.fromkeys(each.peer for each in series))
    known = {(each.peer, each.notes, each.kind): each.seconds for each in series}
    columns = [(name, kind) for name in names for kind in AGAIN]
    heads = [f"{name}: {AGAIN[kind]}" for name, kind in columns]
    lines = ["| notes | " + " | ".join(heads) + " |", "|---:|" + "---:|" * len(columns)]
    for count in sorted({each.notes for each in series}):
        cells = [_seconds(known.get((name, count, kind))) for name, kind in columns]
        lines.append(f"| {count:,} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _seconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds:.2f} s"


def _versions() -> str:
    found = []
    for peer in PEERS:
        executable = peer.executable()
        if executable is None or peer.command[0] == "{python}":
            continue
        argument = "version" if peer.command[0] == "hugo" else "--version"
        run = subprocess.run([executable, argument], capture_output=True, text=True, check=False)
        words = run.stdout.strip().splitlines()
        line = words[-1].partition(" from ")[0].partition(" linux")[0] if words else ""
        named = f"{peer.command[0]} {line}" if line[:1].isdigit() else line
        if named and named not in found:
            found.append(named)
    return "\nVersions: " + "; ".join(found) + ".\n"
