"""Parsing all the notes of a site: from the cache if it has them, on all cores if it pays."""

from __future__ import annotations

import gc
from collections import deque
from contextlib import suppress
from dataclasses import field, replace
from typing import TYPE_CHECKING

from notesite import cache
from notesite.cache.shelf import LostError, Shelf, shelved
from notesite.forking import Crew, Progress, in_chunks, may_fork, no_progress
from notesite.markdown.note import NoteParser
from notesite.markdown.workings import Workings
from notesite.model import ELSEWHERE
from notesite.records import dataclass
from notesite.seeing import face_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future, ProcessPoolExecutor

    from notesite.config import MarkdownConfig, ResultsConfig
    from notesite.languages import Strings
    from notesite.math import MathSettings
    from notesite.model import Note, Source

CHUNK = 8
"""Notes that a process is given at a time."""

WORTH_IT = 500_000
"""Characters of notes from which on another process pays for its start, about half a second's."""

WORTH_A_FORK = 60_000
"""The same where another process begins as a copy of this one, in some 20 milliseconds."""


DOING = "Reading notes"


@dataclass(frozen=True, slots=True)
class ParseSettings:
    """All that a note's parse depends on besides its text."""

    markdown: MarkdownConfig
    math: MathSettings
    strings: Strings
    results: ResultsConfig

    @property
    def can_be_cached(self) -> bool:
        """Whether nobody else's code takes part, whose versions we do not know."""
        return not self.markdown.plugins and ":" not in self.math.engine

    def parser(self) -> NoteParser:
        """A parser; raises PluginError and ValueError as NoteParser does."""
        return NoteParser(self.markdown, self.math, self.strings, self.results)

    def version(self) -> str:
        """What keys of the cache begin with."""
        settings = repr((self.markdown, self.math, self.strings, self.results))
        return cache.digest(cache.code_version(), settings)


@dataclass(frozen=True, slots=True)
class ParseMeans:
    """What helps: where bodies are kept, how many processes may work at once, a progress bar."""

    shelf: Shelf = field(default_factory=Shelf)
    jobs: int = 1
    progress: Progress = no_progress


def parse_notes(
    sources: Sequence[Source],
    settings: ParseSettings,
    parser: NoteParser,
    means: ParseMeans,
    before: Mapping[str, Note] | None = None,
) -> list[Note]:
    """The notes of the sources, in their order; `parser` must be of `settings`.

    `before` are notes that were parsed with the same settings, by path: of those that were edited
    what is the same is not worked out again, unless there are many.

    The file that a fault in notesite showed in is added to the exception.
    """
    # What somebody else's code made must not meet what another version of it makes.
    shelf = means.shelf if settings.can_be_cached else Shelf()
    version = settings.version() if settings.can_be_cached else ""
    keys = {
        source.path: cache.digest(
            version, source.path, source.file, source.digest, *sorted(source.referred_to)
        )
        for source in sources
    }
    notes = _known(keys, shelf) if version else {}
    missing = [source for source in sources if source.path not in notes]
    worth_it = WORTH_A_FORK if may_fork() else WORTH_IT
    is_long = sum(len(source.text) for source in missing) >= worth_it
    parsed: Iterable[_Parsed]
    if means.jobs > 1 and is_long and settings.can_be_cached:
        parsed = _parse_in_parallel(missing, settings, parser, means)
    else:
        parsed = (
            _parse(parser, source, _recall_of((before or {}).get(source.path), shelf))
            for source in means.progress(missing, DOING)
        )
    for path, item, workings in parsed:
        shelf.put(keys[path], item)
        if workings:
            shelf.put(workings_key(keys[path]), cache.Item(b"", workings))
        notes[path] = _note(item.value, keys[path], shelf)
    shelf.save()
    return [notes[source.path] for source in sources]


def kept_notes(
    stated: Iterable[tuple[str, str, str]], settings: ParseSettings, shelf: Shelf
) -> dict[str, Note]:
    """The notes that were parsed before, by path; `stated` gives path, file and digest of each."""
    if not settings.can_be_cached:
        return {}
    version = settings.version()
    keys = {path: cache.digest(version, path, file, mark) for path, file, mark in stated}
    return _known(keys, shelf)


def _note(face: bytes, key: str, shelf: Shelf) -> Note:
    """The note of a packed face; raises ValueError where it is none."""
    note: Note = cache.unpack(face)
    return replace(note, key=key, load_body=shelf.loader(key))


def _known(keys: dict[str, str], shelf: Shelf) -> dict[str, Note]:
    found = shelf.small(keys.values())
    notes: dict[str, Note] = {}
    for path, key in keys.items():
        with suppress(ValueError, KeyError):
            notes[path] = _note(found[key], key, shelf)
    return notes


def workings_key(key: str) -> str:
    """What the cache has the workings of the note under that it has under `key`."""
    return f"workings {key}"


def _recall_of(note: Note | None, shelf: Shelf) -> Callable[[], Mapping[str, object]]:
    """What gets the workings of a note as it was read before, where there are any."""

    def recall() -> Mapping[str, object]:
        with suppress(LostError):
            found = shelf.get(workings_key(note.key)) if note else {}
            return found if isinstance(found, dict) else {}
        return {}

    return recall


_Parsed = tuple[str, cache.Item, bytes]
"""A note's path, its face and body packed, and its workings: so they go from process to process,
and are kept."""


def _parse(
    parser: NoteParser, source: Source, recall: Callable[[], Mapping[str, object]] = dict
) -> _Parsed:
    workings = Workings(recall)
    try:
        note = parser.parse(source, workings)
        body = note.body
        face = replace(note, face=face_of(note), load_body=ELSEWHERE)
        held = cache.pack(workings.held) if workings.held else b""
        return note.path, shelved(face, body), held
    except Exception as error:
        error.add_note(f"while reading {source.file}")
        raise


def _parse_in_parallel(
    sources: Sequence[Source], settings: ParseSettings, parser: NoteParser, means: ParseMeans
) -> Iterator[_Parsed]:
    """The notes as they are ready, in no order."""
    chunks = in_chunks(sources, min(CHUNK, len(sources) // (2 * means.jobs)))
    if not may_fork():
        yield from _parse_in_a_pool(chunks, settings, parser, means)
        return

    def work(number: int) -> list[_Parsed]:
        return [_parse(parser, source) for source in chunks[number]]

    with Crew(len(chunks), work, copies=min(means.jobs, len(chunks)) - 1) as crew:
        for parsed in crew.results(means.progress, DOING):
            yield from parsed


def _parse_in_a_pool(
    chunks: Sequence[Sequence[Source]],
    settings: ParseSettings,
    parser: NoteParser,
    means: ParseMeans,
) -> Iterator[_Parsed]:
    """The same by processes that start afresh, as this one has threads a copy would cut off."""
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - slow to import, and rarely needed
    from multiprocessing import active_children, get_context  # noqa: PLC0415 - as above

    others = set(active_children())
    workers = min(means.jobs - 1, len(chunks))
    waiting = deque(range(len(chunks)))
    handed_out: dict[int, Future[list[_Parsed]]] = {}
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_begin, initargs=(settings,)
    ) as pool:
        try:
            # The others are given chunks from the front, as few at a time as keep them busy, and
            # this process takes them from the back, until nothing is left.
            for _ in means.progress(range(len(chunks)), DOING):
                _hand_out(pool, waiting, handed_out, chunks, at_once=2 * workers)
                if waiting:
                    number = waiting.pop()
                    yield from [_parse(parser, source) for source in chunks[number]]
                # What is ready is not kept until the end: it is large.
                for number in [each for each, future in handed_out.items() if future.done()]:
                    yield from _result(handed_out.pop(number), chunks[number], parser)
            for number, future in handed_out.items():
                yield from _result(future, chunks[number], parser)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            # Python waits at its end for what they are at, which nobody wants any more.
            for each in set(active_children()) - others:
                each.kill()
            raise


def _hand_out(
    pool: ProcessPoolExecutor,
    waiting: deque[int],
    handed_out: dict[int, Future[list[_Parsed]]],
    chunks: Sequence[Sequence[Source]],
    *,
    at_once: int,
) -> None:
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - as above

    under_way = sum(not future.done() for future in handed_out.values())
    # A pool that lost a process takes nothing more; this one then does the rest.
    with suppress(BrokenProcessPool):
        while waiting and under_way < at_once:
            handed_out[waiting[0]] = pool.submit(_parse_chunk, chunks[waiting[0]])
            waiting.popleft()
            under_way += 1


def _result(
    future: Future[list[_Parsed]], chunk: Sequence[Source], parser: NoteParser
) -> list[_Parsed]:
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - as above

    try:
        return future.result()
    except BrokenProcessPool:
        # The other process is gone, killed perhaps for want of memory.
        return [_parse(parser, source) for source in chunk]


_OBJECTS = 200_000
"""As on the command line, of which such a process knows nothing."""

_parsers: list[NoteParser] = []
"""The parser of a process that parses for another one."""


def _begin(settings: ParseSettings) -> None:
    gc.set_threshold(_OBJECTS)
    _parsers.append(settings.parser())


def _parse_chunk(sources: Iterable[Source]) -> list[_Parsed]:
    return [_parse(_parsers[-1], source) for source in sources]
