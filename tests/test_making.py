"""Pages made by several processes are those that one process makes."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from notesite import parsing
from notesite.building import Builder, BuildOptions, making, reading
from notesite.linking import remembering
from notesite.linking.filled import Filled
from notesite.remaking import Maker
from tests.conftest import SiteMaker, codes

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process makes all"),
    # What runs the tests has a thread of its own, which harms no copy.
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
]


@pytest.fixture
def many(site: SiteMaker, monkeypatch: pytest.MonkeyPatch) -> SiteMaker:
    """A site of some notes that link to each other, for which other processes pay."""
    monkeypatch.setattr(making, "may_fork", lambda: True)
    monkeypatch.setattr(making, "WORTH_IT", 4)
    monkeypatch.setattr(making, "CHUNK", 2)
    for number in range(30):
        text = f"# Note {number}\n\n$x_{{{number}}}$ [[note {number * 7 % 30}]]\n\nA claim. ^a\n"
        site.note(f"note {number}", text, tags=f"[tag{number % 3}]")
    return site


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".notesite" not in path.parts
    }


def forks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that are forked off from now on."""
    begun: list[int] = []
    fork = os.fork

    def watched() -> int:
        process = fork()
        if process:
            begun.append(process)
        return process

    monkeypatch.setattr(os, "fork", watched)
    return begun


def test_several_processes_make_what_one_makes(many: SiteMaker, monkeypatch) -> None:
    many.build(output=Path("one"), cached=False)
    begun = forks(monkeypatch)
    report = many.build(output=Path("three"), jobs=3, cached=False)
    assert len(begun) == 2
    assert contents(many.root / "one") == contents(many.root / "three")
    assert report.pages == len(contents(many.root / "three"))


def test_several_processes_fill_what_one_fills(many: SiteMaker, monkeypatch) -> None:
    many.note("asks", "# Asks\n\nOf [[note 3]] and of [[nothing at all]], $x$.\n")
    one = many.build(output=Path("one"), cached=False)
    monkeypatch.setattr(remembering, "may_fork", lambda: True)
    monkeypatch.setattr(remembering, "_WORTH_A_FORK", 2)
    begun = forks(monkeypatch)
    builder = Builder(BuildOptions(jobs=2, keep_going=True, index_later=True), many.root)
    two = builder.build()
    assert len(begun) == 2
    assert contents(many.root / "one") == contents(many.root / "output")
    assert codes(one) == codes(two) == ["link-not-found"]
    # What the other process saw and asked is known here.
    many.note("nothing at all", "# Nothing at all\n")
    assert codes(builder.build()) == []
    clean = many.build(output=Path("clean"), cached=False)
    assert codes(clean) == []
    assert contents(many.root / "clean") == contents(many.root / "output")


def test_names_that_many_notes_have_are_one_string(many: SiteMaker, monkeypatch) -> None:
    monkeypatch.setattr(remembering, "may_fork", lambda: True)
    monkeypatch.setattr(remembering, "_WORTH_A_FORK", 4)
    monkeypatch.setattr(remembering, "_CHUNK", 2)
    found: list[Filled] = []
    fill = remembering.Filler.fill

    def watched(filler, notes):
        found.extend(fill(filler, notes))
        return found

    monkeypatch.setattr(remembering.Filler, "fill", watched)
    many.build(jobs=2, cached=False)
    names = [name for each in found for name in (*each.seen, *each.targets, *each.places)]
    assert len(found) == 30
    assert len({id(name) for name in names}) == len(set(names))


def test_few_sources_are_in_memory_at_a_time(many: SiteMaker, monkeypatch) -> None:
    many.build(output=Path("one"), cached=False)
    at_once: list[int] = []
    parse = parsing.parse_notes

    def watched(sources, *others):
        at_once.append(len(sources))
        return parse(sources, *others)

    monkeypatch.setattr(parsing, "parse_notes", watched)
    monkeypatch.setattr(reading, "AT_ONCE", 200)
    many.build(output=Path("several"), cached=False)
    assert sum(at_once) == 30
    assert max(at_once) < 5
    assert contents(many.root / "one") == contents(many.root / "several")


def test_what_others_made_is_known_to_the_next_build(many: SiteMaker) -> None:
    builder = Builder(BuildOptions(jobs=2, index_later=True), many.root)
    first = builder.build()
    many.note("note 3", "# Other title\n")
    second = builder.build()
    assert 0 < len(second.written) < len(first.written) // 2
    clean = many.build(output=Path("clean"), cached=False)
    assert clean.pages == second.pages
    assert contents(many.root / "clean") == contents(many.root / "output")


def test_the_next_process_knows_it_too(many: SiteMaker, monkeypatch) -> None:
    many.build(jobs=2, cached=True)
    many.note("note 3", "# Other title\n")
    make = Maker.make
    made: list[str] = []

    def watched(self, page):
        made.append(page.path)
        return make(self, page)

    monkeypatch.setattr(Maker, "make", watched)
    monkeypatch.setattr(making, "WORTH_IT", 1000)
    many.build(jobs=2, cached=True)
    assert "note-3.html" in made
    assert len(made) < 40


def test_a_fault_of_a_template_is_told_once(many: SiteMaker) -> None:
    many.write("templates/note.html", "{{ nothing.at.all }}")
    report = many.build(jobs=2)
    assert codes(report).count("template-error") == 1
    assert not report.is_published


def test_what_a_dead_process_left_is_made_all_the_same(many: SiteMaker, monkeypatch) -> None:
    many.build(output=Path("one"), cached=False)
    parent = os.getpid()
    make = Maker.make

    def die(self, page):
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return make(self, page)

    monkeypatch.setattr(Maker, "make", die)
    report = many.build(output=Path("two"), jobs=2, cached=False)
    assert report.is_published
    assert contents(many.root / "one") == contents(many.root / "two")


def test_nobody_stays_behind_when_this_process_is_interrupted(many: SiteMaker, monkeypatch) -> None:
    many.build()
    before = contents(many.root / "output")
    for number in range(30):
        many.note(f"note {number}", "changed")
    begun = forks(monkeypatch)
    parent, made = os.getpid(), [0]
    make = Maker.make

    def interrupt(self, page):
        made[0] += 1
        if os.getpid() == parent and made[0] == 3:
            raise KeyboardInterrupt
        if os.getpid() != parent:
            threading.Event().wait(30)
        return make(self, page)

    monkeypatch.setattr(Maker, "make", interrupt)
    with pytest.raises(KeyboardInterrupt):
        many.build(jobs=2)
    assert begun
    for process in begun:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
    assert contents(many.root / "output") == before


def test_where_a_fork_is_not_safe_one_process_makes_all(many: SiteMaker, monkeypatch) -> None:
    monkeypatch.setattr(making, "may_fork", lambda: False)
    begun = forks(monkeypatch)
    many.build(jobs=2)
    assert not begun


def test_problems_found_before_pages_are_made_are_not_sent_again(
    many: SiteMaker, monkeypatch
) -> None:
    """Each process would send thousands of them with each of its shares, to be compared all."""
    many.note("asks", "# Asks\n\n" + "[[nothing at all]] [[nowhere]]\n\n" * 50)
    take_all = making.Making._take_all
    sent: list[int] = []

    def counted(self, shares) -> None:
        shares = list(shares)
        sent.extend(len(share.problems) for share in shares)
        take_all(self, shares)

    monkeypatch.setattr(making.Making, "_take_all", counted)
    report = many.build(jobs=3, cached=False)
    assert codes(report).count("link-not-found") >= 2
    assert len(sent) > 4
    assert not any(sent)
