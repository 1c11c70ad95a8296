"""Builds, timed as whole processes."""

from __future__ import annotations

import os
import subprocess
import time
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bench.peers import Peer

SETTLING = 0.3
"""Seconds until files count as settled: notesite reads again what has just been written."""


class Run(NamedTuple):
    """A build: seconds, those of all processors, the most memory in MiB, if it ended well in time.

    The time of the processors says more on a machine that does other things besides.
    """

    seconds: float
    cpu: float
    memory: int
    is_done: bool = True


class Series(NamedTuple):
    """The builds of one generator at one size."""

    peer: str
    notes: int
    kind: str
    runs: tuple[Run, ...]

    @property
    def seconds(self) -> float:
        """The median time."""
        return median(run.seconds for run in self.runs)

    @property
    def cpu(self) -> float:
        """The median time of all processors together."""
        return median(run.cpu for run in self.runs)

    @property
    def memory(self) -> int:
        """The most memory of any of the builds."""
        return max(run.memory for run in self.runs)

    @property
    def is_late(self) -> bool:
        """Whether a build was stopped, since it took too long."""
        return any(not run.is_done and not run.memory for run in self.runs)

    @property
    def is_done(self) -> bool:
        """Whether all builds ended well in time."""
        return all(run.is_done for run in self.runs)


def build(peer: Peer, folder: Path, limit: float) -> Run:
    """One build of the site in `folder`, stopped after `limit` seconds and more for the patient."""
    limit *= peer.patience
    executable = peer.executable()
    assert executable is not None
    arguments = [executable, *(part.format(folder=folder) for part in peer.command[1:])]
    given = {name: value.format(folder=folder) for name, value in peer.environment.items()}
    environment = {**os.environ, **given}
    # Python's own cache of what it compiled belongs to an installed program.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    process = subprocess.Popen(
        arguments, cwd=folder, env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    while time.perf_counter() - start < limit:
        found, status, usage = os.wait4(process.pid, os.WNOHANG)
        if found:
            seconds = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            cpu = usage.ru_utime + usage.ru_stime
            return Run(seconds, cpu, usage.ru_maxrss // 1024, process.returncode == 0)
        time.sleep(0.002)
    os.killpg(process.pid, 9)
    process.wait()
    return Run(limit, 0.0, 0, is_done=False)


def measure(
    peers: Sequence[Peer], count: int, folder: Path, rounds: int, limit: float
) -> list[Series]:
    """Builds from nothing, the generators taking turns so that all share the machine's moods.

    One that fails or takes too long is not tried again at this size.
    """
    runs: dict[str, list[Run]] = {peer.name: [] for peer in peers}
    for _ in range(rounds):
        for peer in peers:
            if all(run.is_done for run in runs[peer.name]):
                peer.wipe(folder / peer.name)
                runs[peer.name].append(build(peer, folder / peer.name, limit))
    return [Series(peer.name, count, "cold", tuple(runs[peer.name])) for peer in peers]


def measure_again(peer: Peer, count: int, folder: Path, rounds: int, limit: float) -> list[Series]:
    """Builds of a site that was built already: with nothing changed, and after an edit."""
    site = folder / peer.name
    note = site / peer.notes / "note-0.md"
    unchanged, edited = [], []
    for number in range(rounds):
        time.sleep(SETTLING)
        build(peer, site, limit)
        time.sleep(SETTLING)
        unchanged.append(build(peer, site, limit))
        with note.open("a", encoding="utf-8") as stream:
            stream.write(f"\nEdit {number}.\n")
        edited.append(build(peer, site, limit))
    return [
        Series(peer.name, count, "unchanged", tuple(unchanged)),
        Series(peer.name, count, "one edit", tuple(edited)),
    ]
