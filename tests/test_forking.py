"""Work shared with copies of this process."""

from __future__ import annotations

import mmap
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from notesite.forking import MOST_CHUNKS, Crew, in_chunks

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked elsewhere"),
    # What runs the tests has a thread of its own, which harms no copy.
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
]


def test_every_chunk_is_done_once() -> None:
    with Crew(100, lambda number: (number, "x" * 50_000), copies=2) as crew:
        results = list(crew.results())
    assert sorted(number for number, _ in results) == list(range(100))


def test_copies_take_their_part(tmp_path: Path) -> None:
    def work(_: int) -> int:
        # Whoever begins waits for the others, however late a busy machine starts them.
        (tmp_path / str(os.getpid())).touch()
        deadline = time.monotonic() + 20
        while len(list(tmp_path.iterdir())) < 3 and time.monotonic() < deadline:
            time.sleep(0.01)
        return os.getpid()

    with Crew(20, work, copies=2) as crew:
        assert len(set(crew.results())) == 3


def test_a_copy_goes_on_while_nobody_reads_what_it_did() -> None:
    """Chunks of notes are larger than the pipe that a process is given at first."""
    here = os.getpid()
    with mmap.mmap(-1, 1) as begun:

        def work(_: int) -> bytes:
            if os.getpid() != here:
                begun[0] += 1
                return b"x" * 150_000
            deadline = time.monotonic() + 20
            while begun[0] < 5 and time.monotonic() < deadline:
                time.sleep(0.01)
            return b""

        with Crew(8, work, copies=1) as crew:
            next(crew.results())
        assert begun[0] >= 5


def test_a_fault_shows_here() -> None:
    def fail(number: int) -> int:
        raise RuntimeError(f"at {number}")

    with pytest.raises(RuntimeError), Crew(4, fail, copies=1) as crew:
        list(crew.results())


def test_nothing_stays_open() -> None:
    before = sorted(Path("/proc/self/fd").iterdir())
    with Crew(4, lambda number: number, copies=2) as crew:
        assert sorted(crew.results()) == [0, 1, 2, 3]
    with Crew(400, lambda number: number, copies=2) as crew:
        pass
    assert sorted(Path("/proc/self/fd").iterdir()) == before


@pytest.mark.parametrize("size", [1, 10_000_000])
def test_copies_end_with_the_first_process(tmp_path: Path, size: int) -> None:
    """Killed, it can tell nobody; the copies notice, even where they wait to be read."""
    program = (
        "import os, time\n"
        "from notesite.forking import Crew\n"
        "def work(number):\n"
        "    open(f'{os.getpid()}', 'w').close()\n"
        "    time.sleep(0.2)\n"
        f"    return b'x' * {size}\n"
        "with Crew(1000, work, copies=2) as crew:\n"
        "    list(crew.results())\n"
    )
    first = subprocess.Popen([sys.executable, "-c", program], cwd=tmp_path)
    deadline = time.monotonic() + 20
    while len(list(tmp_path.iterdir())) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    first.wait()
    processes = [int(each.name) for each in tmp_path.iterdir()]
    assert len(processes) == 3
    while any(map(is_alive, processes)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_alive, processes))


def is_alive(process: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False


def test_a_fork_is_safe_as_long_as_there_are_no_threads() -> None:
    program = (
        "import threading\n"
        "from notesite.forking import may_fork\n"
        "print(may_fork())\n"
        "done = threading.Event()\n"
        "threading.Thread(target=done.wait).start()\n"
        "print(may_fork())\n"
        "done.set()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.split() == [b"True", b"False"]


def test_chunks_fit_into_the_list() -> None:
    assert in_chunks(range(5), 2) == [range(2), range(2, 4), range(4, 5)]
    assert in_chunks(range(3), 0) == [range(1), range(1, 2), range(2, 3)]
    assert len(in_chunks(range(100_000), 1)) <= MOST_CHUNKS
