"""Filling notes again only where what they asked of the rest of the site is answered otherwise.

Filling a note asks which files its references name and looks at the faces of other notes; both are
written down (see `seeing`). A note is filled again when its own text changed, when a note that it
looked at did, or when one of its questions now has another answer.
"""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from notesite.cache import Item, unpack
from notesite.cache.shelf import Shelf
from notesite.forking import Crew, in_chunks, may_fork
from notesite.linking.asking import ASKED, MAPPINGS
from notesite.linking.filled import (
    SHORT,
    Filled,
    closed_body,
    fill_note,
    filling_of,
    with_shared_names,
)
from notesite.linking.mentions import unpack_one
from notesite.linking.surveying import mentioned_as
from notesite.seeing import RESULTS, TEXT, digest, digest_of_group
from notesite.traces import KeysByPlace

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from notesite.cache.snapshots import Parts
    from notesite.config import Config
    from notesite.linking.context import Context
    from notesite.model import Note, Relation

_WORTH_A_FORK = 32
"""Notes from which on another process pays for its start, which takes as long as some ten."""
_CHUNK = 8
"""Notes that a process takes at a time."""

_Apart = tuple[str, Filled, bytes]
"""A note's path, what filling it found, and its sentences packed: as another process tells it."""

Related = tuple[tuple["Relation", ...], str]
"""What a note is like, and a digest of that."""


class Filler:
    """Fills the notes of one site, build after build."""

    def __init__(self, shelf: Shelf | None = None, jobs: int = 1) -> None:
        """What is heavy is kept on the `shelf`; up to `jobs` processes work at once."""
        self._shelf = shelf or Shelf()
        self._jobs = jobs
        self._site: Context | None = None
        self._config = ""
        self._filled: dict[str, Filled] = {}
        self._digests: dict[str, str] = {}
        self._keys: KeysByPlace | None = None
        self._names: dict[str, str] = {}
        self._named: dict[str, tuple[object, str]] = {}
        self._related_mark = ""
        self._related: dict[str, Related] = {}
        self._fresh: tuple[str, tuple[str, ...]] = ("", ())

    def remember(self, parts: Parts) -> None:
        """Go on from what another Filler of the same site left in a snapshot."""
        self._filled = parts.get("filled", {})
        self._digests = parts.get("fill-digests", {})
        self._keys = None
        self._names = parts.get("fill-names", {})
        self._config = self._names.pop("config", "")
        self._related = parts.get("related", {})
        self._related_mark = self._names.pop("related", "")

    def parts(self) -> Parts:
        """What a snapshot is to keep."""
        return {
            "filled": self._filled,
            "fill-digests": self._digests,
            "fill-names": {
                **self._names,
                "config": self._config,
                "related": self._related_mark,
            },
            "related": self._related,
        }

    def begin(
        self, site: Context, config: Config, edited: Collection[str] | None = None
    ) -> set[str]:
        """Fill from now on for `site`, which need not be the one before.

        Of its notes those at the paths of `edited` alone are others, if any are given. Returns the
        paths of the notes that were filled before and have to be filled again.
        """
        before, self._site = self._site, site
        self._fresh = ("", ())
        mark = digest(repr(config))
        if mark != self._config:
            self._config = mark
            self._filled.clear()
            self._digests.clear()
            self._keys = None
        now = {key: self._digest_of(key) for key in self._keys_other_than_in(before, edited)}
        changed = frozenset(key for key in now if now[key] != self._digests[key])
        names = self._names_of(site)
        others = frozenset(name for name in names if names[name] != self._names.get(name))
        lost = self._filled.keys() - site.urls.keys()
        if changed or others:
            lost |= {
                path
                for path, known in self._filled.items()
                if not changed.isdisjoint(known.seen)
                or (others and not self._has_its_answers(known, others))
            }
        for path in lost:
            del self._filled[path]
        self._digests.update(now)
        self._names = names
        return lost

    def _keys_other_than_in(
        self, before: Context | None, edited: Collection[str] | None
    ) -> Iterable[str]:
        """The keys that may have another digest than in the surroundings before."""
        assert self._site
        if before is None or before.urls is not self._site.urls:
            return self._digests
        if self._keys is None:
            self._keys = KeysByPlace(self._digests)
        return self._keys.of_changed(before, self._site, edited)

    def _names_of(self, site: Context) -> dict[str, str]:
        """For each part that answers questions a digest of all that its answers depend on."""
        parts: dict[str, object] = {name: getattr(site, name) for name in ASKED}
        found = {}
        for name, part in parts.items():
            before = self._named.get(name)
            if before is None or before[0] is not part:
                names = sorted(part) if isinstance(part, frozenset) else part.names()  # type: ignore[attr-defined]
                self._named[name] = (part, digest(repr(names)))
            found[name] = self._named[name][1]
        return found

    def fill(self, notes: Sequence[Note]) -> list[Filled]:
        """What filling the notes finds, on several processors where that pays."""
        missing = [note for note in notes if self._known(note) is None]
        if self._jobs > 1 and len(missing) >= _WORTH_A_FORK and may_fork():
            chunks = in_chunks(missing, _CHUNK)
            work = partial(self._fill_apart, chunks)
            copies = min(self._jobs, len(chunks)) - 1
            with Crew(len(chunks), work, copies=copies, begin_apart=self._shelf.reopen) as crew:
                for path, filled, sentences in chain.from_iterable(crew.results()):
                    self._keep(path, filled, sentences)
        return [self.filled(note) for note in notes]

    def _fill_apart(self, chunks: Sequence[Sequence[Note]], number: int) -> list[_Apart]:
        return [(note.path, *self._fill(note)) for note in chunks[number]]

    def filled(self, note: Note) -> Filled:
        """What filling `note` finds."""
        known = self._known(note)
        if known is None:
            known, sentences = self._fill(note)
            self._keep(note.path, known, sentences)
        return known

    def _known(self, note: Note) -> Filled | None:
        """What filling `note` found, if that is still so."""
        known = self._filled.get(note.path)
        return known if known and note.key and known.key == note.key else None

    def _keep(self, path: str, filled: Filled, sentences: bytes) -> None:
        self._filled[path] = filled = with_shared_names(filled)
        self._shelf.put(_sentences_key(filled.digest), Item(b"", sentences))
        # What it saw has to be compared by the next build.
        for key in filled.seen:
            if self._keys and key not in self._digests:
                self._keys.add(key)
            self._digests[key] = self._digest_of(key)

    def related_by(
        self, mark: str, find: Callable[[], dict[str, tuple[Relation, ...]]]
    ) -> dict[str, Related]:
        """What `find` finds, or found before for the same `mark` of all that it takes."""
        if mark != self._related_mark:
            self._related_mark = mark
            self._related = {url: (found, digest(repr(found))) for url, found in find().items()}
        return self._related

    def heavy_keys(self) -> list[str]:
        """The keys of all that is kept on the shelf."""
        return [_sentences_key(known.digest) for known in self._filled.values()]

    def _mention(self, path: str, number: int) -> str:
        """The sentence in which the note at `path` links to the target of that number."""
        key = _sentences_key(self._filled[path].digest)
        sentence: str = self._shelf.get(key, partial(unpack_one, number=number))
        return sentence

    def mentions(self, sources: Sequence[tuple[str, int]]) -> tuple[str, ...]:
        """The sentences of several notes, each by its path and the number of its target."""
        return tuple(self._mention(path, number) for path, number in sources)

    def mentions_digest(self, sources: Sequence[tuple[str, int]]) -> str:
        """A digest of these sentences, got without them."""
        filled, size = self._filled, SHORT
        return mentioned_as(
            [filled[path].mentions[at * size : at * size + size] for path, at in sources]
        )

    def pieces(self, path: str) -> tuple[str, ...]:
        """The HTML of the note at `path`, as `Filling.fill_pieces` has it."""
        if self._fresh[0] == path:
            return self._fresh[1]
        assert self._site
        note = self._site.notes[path]
        filling = filling_of(note, self._site.urls[path], self._site)
        return closed_body(filling, note, note.body).pieces

    def html(self, path: str) -> str:
        """The HTML of the note at `path`."""
        return "".join(self.pieces(path))

    def _fill(self, note: Note) -> tuple[Filled, bytes]:
        """What filling `note` finds, and the packed sentences in which it mentions others."""
        assert self._site
        made = fill_note(note, self._site, self._site.urls)
        self._fresh = (note.path, made.pieces)
        return made.found, made.sentences

    def _has_its_answers(self, known: Filled, others: frozenset[str]) -> bool:
        """Whether the parts of the surroundings that changed answer what they answered then."""
        return all(
            digest(getattr(getattr(self._site, name), how)(*arguments)) == answer
            for (name, how, *arguments), answer in unpack(known.asked)
            if name in others
        )

    def _digest_of(self, key: str) -> str:
        """The digest of what a filling sees under `key`."""
        assert self._site
        group, _, rest = key.partition(" ")
        if not rest:
            value = getattr(self._site, key)
            return digest(tuple(value) if key in MAPPINGS else value)
        name, _, path = rest.partition(" ")
        if name != "notes":
            return repr(getattr(self._site, name).get(path))
        note = self._site.notes.get(path)
        if note is None:
            return ""
        if group == RESULTS:
            return digest_of_group(note, RESULTS)
        return note.key if group == TEXT else f"{note.face} {self._site.urls[path]}"


def _sentences_key(html_digest: str) -> str:
    return f"sentences {html_digest}"
