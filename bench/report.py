"""What a run found, as a page of the documentation."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bench.peers import HUGO, MATH, NOTESITE, PEERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.peers import Peer
    from bench.running import Series

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

Measured on {date} on {machine}; rounds: {rounds}.
"""


def page(series: Sequence[Series], rounds: int, limit: float, missing: Sequence[Peer]) -> str:
    """The page in Markdown; `missing` are the generators that were not there."""
    cold = [each for each in series if each.kind == "cold"]
    parts = [
        _HEAD.format(rounds=rounds, date=datetime.now(UTC).date(), machine=machine()),
        "## From nothing\n",
        _cold_table(cold, limit),
        "![Seconds by number of notes](speed.svg)\n",
        "## Again\n",
        "notesite, when everything was built before:\n",
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


def _cold_table(series: Sequence[Series], limit: float) -> str:
    counts = sorted({each.notes for each in series})
    names = [peer.name for peer in PEERS if any(each.peer == peer.name for each in series)]
    known = {(each.peer, each.notes): each for each in series}
    heads = [f"{count:,} notes" for count in counts]
    lines = ["| | formulas | " + " | ".join(heads) + " |", "|---|---|" + "---:|" * len(counts)]
    for name in names:
        cells = [_cell(known, name, count, limit) for count in counts]
        lines.append(f"| {name} | {MATH[name]} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _cell(known: dict[tuple[str, int], Series], name: str, count: int, limit: float) -> str:
    found, base = known.get((name, count)), known.get((HUGO.name, count))
    if found is None:
        return "–"
    if not found.is_done:
        is_late = any(run.seconds >= limit for run in found.runs)
        return f"over {limit:.0f} s" if is_late else "failed"
    ratio = f"{found.seconds / base.seconds:.1f} ×, " if base and base.is_done else ""
    return f"{found.seconds:.2f} s ({ratio}{found.cpu:.1f} s CPU, {found.memory} MiB)"


def _again_table(series: Sequence[Series]) -> str:
    lines = ["| notes | nothing changed | one note edited |", "|---:|---:|---:|"]
    for count in sorted({each.notes for each in series}):
        times = {each.kind: each.seconds for each in series if each.notes == count}
        lines.append(f"| {count:,} | {times['unchanged']:.2f} s | {times['one edit']:.2f} s |")
    return "\n".join(lines) + "\n"


def _versions() -> str:
    found = []
    for peer in PEERS:
        executable = peer.executable()
        if executable is None or peer.name.startswith(NOTESITE.name):
            continue
        argument = "version" if peer.command[0] == "hugo" else "--version"
        run = subprocess.run([executable, argument], capture_output=True, text=True, check=False)
        words = run.stdout.strip().splitlines()
        line = words[-1].partition(" from ")[0].partition(" linux")[0] if words else ""
        named = f"{peer.command[0]} {line}" if line[:1].isdigit() else line
        if named and named not in found:
            found.append(named)
    return "\nVersions: " + "; ".join(found) + ".\n"
