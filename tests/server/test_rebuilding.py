"""Builds by another thread than answers, one at a time."""

import asyncio
import threading
import weakref
from pathlib import Path

import pytest

from notesite.building import BuildReport
from notesite.diagnostics import diagnose
from notesite.server import rebuilding
from notesite.server.rebuilding import (
    Rebuilder,
    StoppableProgress,
    Terminal,
    summarise,
)
from notesite.server.working import StoppedError, Work
from notesite.spans import Span


class FakeBuilder:
    """Builds what it is given, in turn; waits for `gate` if there is one."""

    def __init__(self, *outcomes, gate=None):
        self.outcomes = list(outcomes)
        self.gate = gate
        self.builds = 0
        self.started = threading.Event()
        self.has_stale_index = False
        self.indexes = 0
        self.left = 0
        self.touched = []

    def build_index(self):
        self.indexes += 1
        self.has_stale_index = False
        return BuildReport((), is_published=True)

    def leave_index(self):
        self.left += 1

    def build(self, touched=None):
        self.touched.append(touched)
        self.builds += 1
        self.started.set()
        if self.gate:
            assert self.gate.wait(10)
        outcome = self.outcomes.pop(0) if self.outcomes else BuildReport((), is_published=True)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


def shown_if_any(report):
    return "shown" * bool(report.diagnostics)


def run(fake_site, builder, script, render=shown_if_any):
    """Run a rebuilder while `script(rebuilder)` does, and return what was told."""
    told: list[str] = []
    work = Work()
    worker = threading.Thread(target=work.do)
    worker.start()

    async def both():
        rebuilder = Rebuilder(
            builder,
            work,
            fake_site.preview,
            Terminal(told.append, render),
        )
        task = asyncio.create_task(rebuilder.run())
        await script(rebuilder)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    try:
        asyncio.run(both())
    finally:
        work.end()
        worker.join()
    return told


async def until(condition):
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.005)


class Circle:
    """Something that is in use by itself alone."""

    def __init__(self) -> None:
        self.itself = self


def test_what_a_build_leaves_behind_is_let_go_of(fake_site, monkeypatch):
    monkeypatch.setattr(rebuilding, "_TIDYING", 0.01)
    left: list[weakref.ref[Circle]] = []

    class Leaving(FakeBuilder):
        def build(self, touched=None):
            left.append(weakref.ref(Circle()))
            return super().build(touched)

    async def script(rebuilder: Rebuilder) -> None:
        for number in range(1, 4):
            rebuilder.ask()
            await until(lambda number=number: len(left) == number)
            await until(lambda: left[-1]() is None)

    run(fake_site, Leaving(), script)


def test_browsers_hear_of_a_build_before_the_terminal_does(fake_site):
    builder = FakeBuilder(fake_site.publish({"alpha.html": b"2"}))
    heard: list[str] = []

    async def listen() -> None:
        async for event in fake_site.preview.stream(fake_site.preview.build):
            heard.append(event)  # noqa: PERF401 - as they come

    async def script(rebuilder: Rebuilder) -> None:
        listener = asyncio.create_task(listen())
        await until(lambda: len(heard) == 2)
        rebuilder.ask()
        await until(lambda: len(heard) == 4)
        listener.cancel()

    def render(_: object) -> str:
        heard.append("terminal")
        return ""

    run(fake_site, builder, script, render)
    assert "alpha.html" in heard[2]
    assert heard[3] == "terminal"


def test_a_build_is_shown_and_told(fake_site):
    builder = FakeBuilder(fake_site.publish({"alpha.html": b"2"}))

    async def script(rebuilder):
        rebuilder.ask()
        await until(lambda: fake_site.preview.build == "run-2")

    (line,) = run(fake_site, builder, script)
    assert line.startswith("built in ")
    assert line.endswith(" ms: wrote alpha.html")


def test_asking_during_a_build_leads_to_one_more(fake_site):
    gate = threading.Event()
    builder = FakeBuilder(gate=gate)

    async def script(rebuilder):
        rebuilder.ask()
        await until(builder.started.is_set)
        for _ in range(5):
            rebuilder.ask()
            await asyncio.sleep(0)
        assert builder.builds == 1
        gate.set()
        await until(lambda: builder.builds == 2)
        await asyncio.sleep(0.02)

    run(fake_site, builder, script)
    assert builder.builds == 2


def test_a_build_that_breaks_off_is_told_and_the_next_one_still_reloads(fake_site):
    builder = FakeBuilder(ZeroDivisionError("by <0>"), fake_site.publish({"alpha.html": b"2"}))
    messages = []

    async def script(rebuilder):
        stream = fake_site.preview.stream("run-1")
        await anext(stream)
        await anext(stream)
        rebuilder.ask(reload=True)
        messages.append(await anext(stream))
        rebuilder.ask()
        messages.append(await anext(stream))
        await stream.aclose()

    told = run(fake_site, builder, script)
    assert "Traceback" in told[0]
    assert "the build broke off with ZeroDivisionError: by <0>" in messages[0]
    assert '"reload": true' in messages[1]
    assert '"problems": []' in messages[1]


def test_of_many_diagnostics_errors_are_told_again_and_what_is_new(fake_site):
    def warning(name, line):
        return diagnose("link-not-found", f"no note '{name}'", "a.md", Span.at(line, 1, 1))

    error = diagnose("math-syntax", "no", "b.md")
    first = BuildReport((warning("x", 3), warning("y", 9)), is_published=True)
    # A line was written above, and a link twice.
    then = BuildReport((warning("x", 4), warning("y", 10), warning("y", 12), error))
    builder = FakeBuilder(first, then)
    shown = []

    async def script(rebuilder):
        for count in (1, 2):
            rebuilder.ask()
            await until(lambda count=count: builder.builds == count)
            await asyncio.sleep(0.02)

    def render(report):
        shown.append(report.diagnostics)
        return ""

    run(fake_site, builder, script, render)
    assert shown == [first.diagnostics, (warning("y", 12), error)]


def test_diagnostics_are_told_only_when_they_change(fake_site):
    faulty = BuildReport((diagnose("math-syntax", "no", "a.md"),), is_published=True)
    builder = FakeBuilder(faulty, faulty, BuildReport((), is_published=True))

    async def script(rebuilder):
        for count in (1, 2, 3):
            rebuilder.ask()
            await until(lambda count=count: builder.builds == count)
            await asyncio.sleep(0.02)

    told = run(fake_site, builder, script)
    assert [line for line in told if line == "shown"] == ["shown"]
    assert len(told) == 4


@pytest.mark.parametrize(
    ("report", "line"),
    [
        (BuildReport((), is_published=True), "built in 12 ms: nothing changed"),
        (
            BuildReport((), written=("a", "b", "c"), removed=("d",), is_published=True),
            "built in 12 ms: wrote a, b, c, removed d",
        ),
        (
            BuildReport(
                (diagnose("math-syntax", "", ""), diagnose("link-not-found", "", "")),
                written=tuple("abcd"),
                is_published=True,
            ),
            "built in 12 ms: wrote 4 files; 1 error; 1 warning",
        ),
        (
            BuildReport((diagnose("config-syntax", "", ""),)),
            "not published; the site stays as it was; 1 error",
        ),
    ],
)
def test_a_build_is_one_line(report, line):
    assert summarise(report, 0.0123) == line


def test_a_build_that_nobody_waits_for_ends_at_its_next_step():
    progress = StoppableProgress(None)
    steps = iter(progress([1, 2, 3], "Counting"))
    assert next(steps) == 1
    progress.stop()
    with pytest.raises(StoppedError):
        next(steps)


def test_progress_is_passed_on():
    seen = []

    class Bar:
        def __call__(self, items, doing):
            seen.append(doing)
            return items

    assert list(StoppableProgress(Bar())([1, 2], "Counting")) == [1, 2]
    assert seen == ["Counting"]


def test_what_was_touched_is_gathered_until_somebody_does_not_know(fake_site):
    gate = threading.Event()
    builder = FakeBuilder(gate=gate)
    a, b = frozenset({Path("a.md")}), frozenset({Path("b.md")})

    async def script(rebuilder):
        async def builds(count):
            await until(lambda: len(builder.touched) == count)

        rebuilder.ask(touched=a)
        await builds(1)
        rebuilder.ask(touched=a)
        rebuilder.ask(touched=b)
        gate.set()
        await builds(2)
        await asyncio.sleep(0.02)
        rebuilder.ask(touched=a)
        rebuilder.ask()
        rebuilder.ask(touched=b)
        await builds(3)

    run(fake_site, builder, script)
    # Before the first build nobody knows.
    assert builder.touched == [None, a | b, None]


def test_after_a_build_that_broke_off_all_is_looked_at(fake_site):
    builder = FakeBuilder(BuildReport((), is_published=True), ZeroDivisionError())
    a = frozenset({Path("a.md")})

    async def script(rebuilder):
        for count in (1, 2, 3):
            rebuilder.ask(touched=a)
            await until(lambda count=count: len(builder.touched) == count)
            await asyncio.sleep(0.05)

    run(fake_site, builder, script)
    assert builder.touched == [None, a, None]


def test_all_is_looked_at_when_nothing_changes_for_a_while(fake_site, monkeypatch):
    monkeypatch.setattr(rebuilding, "_IDLE", 0.03)
    builder = FakeBuilder()
    a = frozenset({Path("a.md")})

    async def script(rebuilder):
        rebuilder.ask()
        await until(lambda: builder.builds == 1)
        await asyncio.sleep(0.1)
        rebuilder.ask(touched=a)
        await until(lambda: builder.builds == 3)
        await asyncio.sleep(0.1)

    told = run(fake_site, builder, script)
    assert builder.touched == [None, a, None]
    # That nothing was missed is not worth a line.
    assert len(told) == 2


def test_the_search_is_indexed_when_nothing_changes_for_a_while(fake_site, monkeypatch):
    monkeypatch.setattr(rebuilding, "_IDLE", 0.01)
    builder = FakeBuilder()

    async def script(rebuilder):
        builder.has_stale_index = True
        rebuilder.ask()
        await until(lambda: builder.indexes == 1)
        assert builder.builds <= 1

    run(fake_site, builder, script)


def test_a_change_comes_before_the_search_and_gives_up_an_index_under_way(fake_site, monkeypatch):
    monkeypatch.setattr(rebuilding, "_IDLE", 60)
    builder = FakeBuilder()

    async def script(rebuilder):
        builder.has_stale_index = True
        rebuilder.ask()
        await until(lambda: builder.builds == 1)
        rebuilder.ask()
        await until(lambda: builder.builds == 2)
        assert builder.indexes == 0
        assert builder.left == 2

    run(fake_site, builder, script)
