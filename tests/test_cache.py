"""The cache: never wrong, never needed, never able to run anything."""

from __future__ import annotations

import pickle
import random
import sqlite3
import subprocess
import sys
import time
import zlib
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from notesite import cache, parsing
from notesite.cache import Item, Store, digest, pack, site_cache, unpack
from notesite.cache.shelf import LostError, Shelf, shelved
from notesite.cache.snapshots import Snapshot
from notesite.config import MarkdownConfig, ResultsConfig
from notesite.diagnostics import diagnose
from notesite.languages import Strings
from notesite.markdown.note import NoteParser
from notesite.markdown.workings import Workings
from notesite.math import MathSettings
from notesite.model import ELSEWHERE, Note, Source
from notesite.parsing import ParseMeans, ParseSettings, parse_notes
from notesite.spans import Span
from notesite.stamps import newest_change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SETTINGS = ParseSettings(MarkdownConfig(), MathSettings(), Strings("en"), ResultsConfig())
TEXT = """\
---
title: A $x$ title
date: 2024-02-29
tags: [a]
---
See [[b#c|d]], $\\frac{1}{2$ and [w](https://a.example/).

$$ e = m \\label{eq:a} $$ ^id
"""


def source(name: str, text: str = TEXT) -> Source:
    return Source(f"{name}.md", f"notes/{name}.md", text, digest(text))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "cache.sqlite"


def read(sources: list[Source], store: Store | None, jobs: int = 1) -> list[Note]:
    return parse_notes(sources, SETTINGS, SETTINGS.parser(), ParseMeans(Shelf(store), jobs))


def test_values_are_kept(file: Path) -> None:
    store = Store(file)
    store.put({str(number): bytes([number]) for number in range(100)})
    store.close()
    store = Store(file)
    assert store.get(str(number) for number in range(50, 1200)) == {
        str(number): bytes([number]) for number in range(50, 100)
    }


def test_values_are_made_one_after_the_other(file: Path) -> None:
    made: list[int] = []

    def values() -> Iterator[tuple[str, bytes]]:
        for number in range(3):
            made.append(number)
            yield f"key {number}", b"value"

    store = Store(file)
    assert store.put_each(values())
    assert store.has([f"key {number}" for number in range(3)]) == {"key 0", "key 1", "key 2"}
    store.close()
    assert not store.put_each(values())
    assert made == [0, 1, 2]


def test_what_of_a_snapshot_could_not_be_saved_is_saved_later(file: Path) -> None:
    store = Store(file)
    saved = Snapshot(store, "site")
    saved.save({"notes": {"a.md": "one"}})
    store.close()
    saved.save({"notes": {"a.md": "two", "b.md": "three"}})
    again = Store(file)
    assert Snapshot(again, "site").load() == {"notes": {"a.md": "one"}}
    saved._store = again
    saved.save({"notes": {"a.md": "two", "b.md": "three"}})
    assert Snapshot(again, "site").load() == {"notes": {"a.md": "two", "b.md": "three"}}


def test_which_values_are_there_is_told_without_them(file: Path) -> None:
    store = Store(file)
    store.put({f"k{number}": b"v" for number in range(1200)})
    assert store.has(["k1", "gone", "k1199"]) == {"k1", "k1199"}
    assert len(store.has(f"k{number}" for number in range(2000))) == 1200
    assert Store(file.parent / "gone" / "x.sqlite").has(["k1"]) == set()


@pytest.mark.parametrize(
    "content", [b"", b"not a database" * 100, b"SQLite format 3\0" + b"x" * 999]
)
def test_a_damaged_file_is_made_anew(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    store = Store(file)
    store.put({"a": b"1"})
    assert store.get(["a"]) == {"a": b"1"}


def test_values_of_which_a_bit_turned_are_gone(file: Path) -> None:
    def turn(column: str, old: bytes, new: bytes) -> None:
        with closing(sqlite3.connect(file)) as other, other:
            ((content,),) = other.execute(f"SELECT {column} FROM items WHERE key = 'a'")
            assert old in content
            other.execute(f"UPDATE items SET {column} = ?", (content.replace(old, new),))

    store = Store(file)
    store.put({"a": Item(b"small", b"heavy")})
    turn("heavy", b"heavy", b"Heavy")
    assert store.get(["a"]) == {"a": b"small"}
    assert store.heavy("a") is None
    turn("value", b"small", b"smalm")
    assert store.get(["a"]) == {}
    store.put({"a": b"new"})
    assert (store.get(["a"]), store.heavy("a")) == ({"a": b"new"}, b"")
    with closing(sqlite3.connect(file)) as other, other:
        other.execute("UPDATE items SET key = 'b'")
    assert store.get(["a", "b"]) == {}


def test_a_file_that_is_damaged_within_is_made_anew(file: Path) -> None:
    store = Store(file)
    store.put({f"k{number}": bytes(5000) + b"x" for number in range(50)})
    store.close()
    size = file.stat().st_size
    with file.open("r+b") as damaged:
        damaged.seek(4096)
        damaged.write(b"\xa5" * (size - 4096))
    store = Store(file)
    assert store.get(["k1"]) == {}
    assert store.put({"a": b"1"})
    assert store.get(["a"]) == {"a": b"1"}


def test_nothing_waits_for_the_disk(file: Path) -> None:
    store = Store(file)
    assert store._connection
    assert store._connection.execute("PRAGMA synchronous").fetchone() == (0,)


@pytest.mark.parametrize("seed", range(20))
def test_after_a_power_cut_a_value_is_one_that_was_put_or_none(file: Path, seed: int) -> None:
    chance = random.Random(seed)
    states = []
    for state in range(2):
        store = Store(file)
        store.put({f"k{n}": Item(b"%d" % state * n * 40, b"%d" % state * n) for n in range(200)})
        store.close()
        states.append(file.read_bytes())
    # Any of the blocks of a disk may be older than others.
    size = max(map(len, states))
    blocks = [chance.choice(states)[at : at + 4096] for at in range(0, size, 4096)]
    file.write_bytes(b"".join(blocks))
    store = Store(file)
    found = store.get(f"k{n}" for n in range(200))
    for n in range(1, 200):
        assert found.get(f"k{n}") in {None, b"0" * n * 40, b"1" * n * 40}
        assert store.heavy(f"k{n}") in {None, b"0" * n, b"1" * n}
    assert store.put({"new": b"1"})
    assert store.get(["new"]) == {"new": b"1"}


def test_a_disk_that_refuses_is_as_good_as_no_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    store = Store(tmp_path / "file" / "cache.sqlite")
    store.put({"a": b"1"})
    assert store.get(["a"]) == {}
    store.close()


def test_a_locked_file_is_as_good_as_no_cache(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache.store, "_PATIENCE", 0.01)
    Store(file).close()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    store = Store(file)
    store.put({"a": b"1"})
    other.execute("ROLLBACK")
    other.close()
    assert store.get(["a"]) == {}


def test_what_nobody_uses_for_a_month_is_dropped(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = 86_400

    def at(days: float) -> Store:
        monkeypatch.setattr("notesite.cache.store.time.time", lambda: 1e9 + days * day)
        return Store(file)

    at(0).put({"used": b"1", "unused": b"2"})
    assert at(20).get(["used"]) == {"used": b"1"}
    at(0).put({"kept": b"4"})
    at(20).use(["kept"])
    at(40).put({"new": b"3"})
    assert at(40).get(["kept"]) == {"kept": b"4"}
    assert at(40).get(["used", "unused", "new"]) == {"used": b"1", "new": b"3"}


def test_what_is_unused_is_looked_for_once_a_day(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements: list[str] = []
    for days in (0, 0.1, 1.2, 1.3):
        monkeypatch.setattr("notesite.cache.store.time.time", lambda at=days: (1e4 + at) * 86_400)
        store = Store(file)
        assert store._connection
        store._connection.set_trace_callback(statements.append)
        store.put({str(days): b"1"})
        store.close()
    assert sum("DELETE" in statement for statement in statements) == 2


def test_an_edited_note_is_read_with_what_its_unedited_parts_became(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "---\ntitle: A\n---\n```python\nx = 1\n```\n"
    parser = SETTINGS.parser()
    means = ParseMeans(Shelf(Store(file)))
    (before,) = parse_notes([source("a", text)], SETTINGS, parser, means)
    made: list[tuple[str, ...]] = []
    find = Workings.of

    def watched(self: Workings, parts: tuple[str, ...], work: Callable[[], object]) -> object:
        def noted() -> object:
            made.append(parts)
            return work()

        return find(self, parts, noted)

    monkeypatch.setattr(Workings, "of", watched)
    later = ParseMeans(Shelf(Store(file)))
    for edited, worked_out in (
        (text + "more", []),
        (text.replace("1", "2"), ["code"]),
        (text.replace("python", "ruby"), ["lexer", "code"]),
        (text.replace("title: A", "title: B"), ["front matter"]),
    ):
        made.clear()
        (note,) = parse_notes([source("a", edited)], SETTINGS, parser, later, {"a.md": before})
        assert [parts[0] for parts in made] == worked_out
        clean = parser.parse(source("a", edited))
        assert (note, note.body) == (clean, clean.body)


def test_a_note_comes_back_as_it_was() -> None:
    (note,) = read([source("a")], None)
    assert unpack(pack(replace(note, load_body=ELSEWHERE))) == note
    assert unpack(pack(note.body)) == note.body != ()
    assert note.diagnostics
    assert note.front_matter.date == date(2024, 2, 29)


class Evil:
    """Runs something when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Path.touch, (Path("evil"),)  # type: ignore[return-value]


@pytest.mark.parametrize(
    "packed",
    [b"", b"x", b"zx", b"z" + zlib.compress(b"x"), b"p" + pickle.dumps(Evil()),
     b"z" + zlib.compress(pickle.dumps(print)), b"p" + pickle.dumps(diagnose),
     b"p" + pickle.dumps(Store)],
)  # fmt: skip
def test_bytes_from_elsewhere_run_nothing(
    packed: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="damaged"):
        unpack(packed)
    assert list(tmp_path.iterdir()) == []


def test_lists_of_texts_do_not_share_a_digest() -> None:
    lists = [("a", "b"), ("a\0b",), ("ab",), ("a", "", "b"), ("a\\0b",), ("a\\", "b"), ()]
    assert len({digest(*each) for each in lists}) == len(lists)


def test_notes_are_parsed_once(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = [source("a"), source("b")]
    first = read(sources, Store(file))
    parsed: list[str] = []
    parse = NoteParser.parse

    def counting(self: NoteParser, each: Source, *known: Workings) -> Note:
        parsed.append(each.path)
        return parse(self, each, *known)

    monkeypatch.setattr(NoteParser, "parse", counting)
    assert read(sources, Store(file)) == first
    assert parsed == []
    changed = [source("a"), source("b", "Other.")]
    assert [note.formulas for note in read(changed, Store(file))] == [2, 0]
    assert parsed == ["b.md"]
    # Another name in diagnostics, another setting, another version: another parse.
    read([replace(source("a"), file="elsewhere/a.md")], Store(file))
    other = replace(SETTINGS, markdown=MarkdownConfig(hard_breaks=True))
    parse_notes([source("a")], other, other.parser(), ParseMeans(Shelf(Store(file))))
    monkeypatch.setattr(cache.versions, "_installed", lambda: ["pygments-99.dist-info"])
    monkeypatch.setattr(cache, "code_version", cache.code_version.__wrapped__)
    read([source("a")], Store(file))
    assert parsed == ["b.md", "a.md", "a.md", "a.md"]


def test_what_others_plugins_made_is_not_kept(file: Path) -> None:
    settings = replace(
        SETTINGS, markdown=MarkdownConfig(plugins=("mdit_py_plugins.subscript:sub_plugin",))
    )
    parse_notes([source("a")], settings, settings.parser(), ParseMeans(Shelf(Store(file))))
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM items").fetchone() == (0,)


def test_damaged_values_are_computed_again(file: Path) -> None:
    first = read([source("a")], Store(file))
    connection = sqlite3.connect(file)
    connection.execute("UPDATE items SET value = x'00'")
    connection.commit()
    connection.close()
    assert read([source("a")], Store(file)) == first


def test_the_shelf_gives_back_what_the_cache_alone_has(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notesite.cache.shelf.BUDGET", 0)
    shelf = Shelf(Store(file))
    shelf.put("a", shelved("small", "heavy"))
    assert shelf.get("a") == "heavy"
    shelf.save()
    assert shelf.get("a") == "heavy"
    assert list(shelf.small(["a", "b"])) == ["a"]
    connection = sqlite3.connect(file)
    connection.execute("DELETE FROM items")
    connection.commit()
    connection.close()
    with pytest.raises(LostError):
        shelf.get("a")


def test_the_shelf_without_a_cache_keeps_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notesite.cache.shelf.BUDGET", 0)
    monkeypatch.setattr("notesite.cache.shelf._AT_ONCE", 0)
    (tmp_path / "file").touch()
    for shelf in (Shelf(), Shelf(Store(tmp_path / "file" / "x.sqlite"))):
        shelf.put("a", shelved("small", "heavy"))
        shelf.save()
        assert shelf.get("a") == "heavy"


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@pytest.mark.parametrize("can_fork", [True, False])
def test_several_processes_make_the_same_notes(
    monkeypatch: pytest.MonkeyPatch, can_fork: bool
) -> None:
    parse_always_in_parallel(monkeypatch, can_fork=can_fork)
    monkeypatch.setattr(parsing, "CHUNK", 2)
    sources = [source(str(number), f"Note {number} with $x_{{{number}}}$.") for number in range(40)]
    assert read(sources, None, jobs=3) == read(sources, None)


def parse_always_in_parallel(monkeypatch: pytest.MonkeyPatch, *, can_fork: bool) -> None:
    monkeypatch.setattr(parsing, "WORTH_IT", 1)
    monkeypatch.setattr(parsing, "WORTH_A_FORK", 1)
    monkeypatch.setattr(parsing, "may_fork", lambda: can_fork)


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@pytest.mark.parametrize(
    ("where", "can_fork"), [("_begin", False), ("_parse_chunk", False), ("_parse_chunk", True)]
)
@pytest.mark.parametrize("chunk", [1, 8])
def test_a_process_that_dies_costs_only_time(
    monkeypatch: pytest.MonkeyPatch, where: str, chunk: int, can_fork: bool
) -> None:
    parse_always_in_parallel(monkeypatch, can_fork=can_fork)
    monkeypatch.setattr(parsing, "CHUNK", chunk)
    monkeypatch.setattr(parsing, where, _die)
    sources = [source(str(number)) for number in range(20)]
    assert read(sources, None, jobs=2) == read(sources, None)


def _die(_: object) -> None:
    import os

    os._exit(9)


def test_sites_have_a_file_each(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert site_cache(tmp_path / "a").parent == tmp_path / "notesite" / "sites"
    assert site_cache(tmp_path / "a") != site_cache(tmp_path / "b")
    assert newest_change([]) == 0
    assert Span.at(1, 1) == unpack(pack(Span.at(1, 1)))


@pytest.mark.parametrize(
    "command", [["-m", "notesite"], ["-c", "from notesite.cli import main; main()"]]
)
def test_the_command_line_may_be_started_anyhow(tmp_path: Path, command: list[str]) -> None:
    text = "Words and $x_{1}$, again and again. " * 400
    for number in range(50):
        (tmp_path / f"{number}.md").write_text(f"{text} {number}", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, *command, "build"], cwd=tmp_path, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "50 notes" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_cache_that_stays_locked_is_waited_for_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache.store, "_PATIENCE", 0.5)
    file = tmp_path / "cache.sqlite"
    store = Store(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not store.put({"a": b"1"})
        start = time.monotonic()
        for _ in range(10):
            assert not store.put({"a": b"1"})
        assert time.monotonic() - start < 2
        other.execute("ROLLBACK")
    assert store.put({"a": b"1"})
    store.close()
