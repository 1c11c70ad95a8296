"""Filling notes again only where what they asked of the rest of the site is answered otherwise.

Filling a note asks which files its references name and looks at the faces of other notes; both are
written down (see `seeing`). A note is filled again when its own text changed, when a note that it
looked at did, or when one of its questions now has another answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from html import unescape
from typing import TYPE_CHECKING, Any, cast

from notesite.cache import Item, pack, unpack
from notesite.linking.citing import Closed, PageCiting
from notesite.linking.filling import Filling
from notesite.linking.mentions import mentions
from notesite.linking.saying import names_said
from notesite.markdown.mermaid import has_diagrams
from notesite.markdown.withholding import withheld_from
from notesite.model import Reference, ReferenceKind
from notesite.seeing import RESULTS, TEXT, SeenMapping, SeenSite, digest, digest_of_group
from notesite.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from notesite.bibliography.citing import Citable, Style
    from notesite.config import Config
    from notesite.diagnostics import Diagnostic
    from notesite.linking.filling import Surroundings
    from notesite.linking.finding import Found
    from notesite.linking.labels import Home
    from notesite.model import CitedWork, Note, Relation, Respelling, Withheld
    from notesite.snapshots import Parts

_SHORT = 8
"""Bytes of a sentence's digest."""
_FEW = 3
_LINK = re.compile('href="\0([^\0]+)\0"')

Question = tuple[str, ...]
"""What was asked: the name of a part of the surroundings, the method, and for what."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What filling a note found, its HTML aside, and what it saw and asked to find it.

    `targets` are paths of notes. The sentences that link to them are kept apart, as they are long;
    `mentions` holds a short digest of each, one after the other.
    """

    key: str
    seen: tuple[str, ...]
    asked: bytes
    """The questions with the digests of their answers, packed."""
    digest: str
    """Of the HTML and what is withheld."""
    has_diagrams: bool
    summary_html: str
    summary_text: str
    image: str
    targets: tuple[str, ...]
    places: tuple[str, ...]
    """What it links to besides its own page: URLs, with fragments where they have one."""
    assets: tuple[str, ...]
    wanted: tuple[str, ...]
    respelled: tuple[Respelling, ...]
    mentions: bytes
    withheld: tuple[Withheld, ...] | None
    works: tuple[CitedWork, ...]
    references_anchor: str
    said: tuple[tuple[str, str], ...]
    problems: tuple[Diagnostic, ...]

    def shows_same(self, other: Filled) -> bool:
        """Whether nothing but the text differs, as others may show or count it."""
        return replace(self, **{name: getattr(other, name) for name in _OWN}) == other


_OWN = ("key", "seen", "asked", "digest", "mentions", "withheld", "problems")
"""What of a filled note is its own: nobody shows it on another page, or only as a mention."""


class Filler:
    """Fills the notes of one site, build after build."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        """What is heavy is kept on the `shelf`."""
        self._shelf = shelf or Shelf()
        self._site: Surroundings | None = None
        self._config = ""
        self._filled: dict[str, Filled] = {}
        self._digests: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._named: dict[str, tuple[object, str]] = {}
        self._related_mark = ""
        self._related: dict[str, tuple[Relation, ...]] = {}
        self._fresh: tuple[str, tuple[str, ...]] = ("", ())

    def remember(self, parts: Parts) -> None:
        """Go on from what another Filler of the same site left in a snapshot."""
        self._filled = parts.get("filled", {})
        self._digests = parts.get("fill-digests", {})
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

    def begin(self, site: Surroundings, config: Config) -> None:
        """Fill from now on for `site`, which need not be the one before."""
        self._site = site
        self._fresh = ("", ())
        if digest(repr(config)) != self._config:
            self._config = digest(repr(config))
            self._filled.clear()
            self._digests.clear()
        now = {key: self._digest_of(key) for key in self._digests}
        changed = frozenset(key for key in now if now[key] != self._digests[key])
        names = self._names_of(site)
        others = frozenset(name for name in names if names[name] != self._names.get(name))
        self._filled = {
            path: known
            for path, known in self._filled.items()
            if path in site.urls and changed.isdisjoint(known.seen)
            if not others or self._has_its_answers(known, others)
        }
        self._digests, self._names = now, names

    def _names_of(self, site: Surroundings) -> dict[str, str]:
        """For each part that answers questions a digest of all that its answers depend on."""
        parts: dict[str, object] = {name: getattr(site, name) for name in _ASKED}
        found = {}
        for name, part in parts.items():
            before = self._named.get(name)
            if before is None or before[0] is not part:
                names = sorted(part) if isinstance(part, frozenset) else part.names()  # type: ignore[attr-defined]
                self._named[name] = (part, digest(repr(names)))
            found[name] = self._named[name][1]
        return found

    def filled(self, note: Note) -> Filled:
        """What filling `note` finds."""
        known = self._filled.get(note.path)
        if known is None or known.key != note.key or not note.key:
            known = self._fill(note)
            self._filled[note.path] = known
            # What it saw has to be compared by the next build.
            self._digests.update((key, self._digest_of(key)) for key in known.seen)
        return known

    def related_by(
        self, mark: str, find: Callable[[], dict[str, tuple[Relation, ...]]]
    ) -> dict[str, tuple[Relation, ...]]:
        """What `find` finds, or found before for the same `mark` of all that it takes."""
        if mark != self._related_mark:
            self._related_mark, self._related = mark, find()
        return self._related

    def heavy_keys(self) -> list[str]:
        """The keys of all that is kept on the shelf."""
        return [_sentences_key(known.digest) for known in self._filled.values()]

    def _keep_mentions(self, html_digest: str, sentences: tuple[str, ...]) -> None:
        packed = pack(sentences, compress=False)
        self._shelf.put(_sentences_key(html_digest), Item(b"", packed))

    def _mention(self, path: str, number: int) -> str:
        """The sentence in which the note at `path` links to the target of that number."""
        sentences: tuple[str, ...] = self._shelf.get(_sentences_key(self._filled[path].digest))
        return sentences[number]

    def mentions(self, sources: Sequence[tuple[str, int]]) -> tuple[str, ...]:
        """The sentences of several notes, each by its path and the number of its target."""
        return tuple(self._mention(path, number) for path, number in sources)

    def mentions_digest(self, sources: Sequence[tuple[str, int]]) -> str:
        """A digest of these sentences, got without them."""
        parts = (
            self._filled[path].mentions[number * _SHORT : (number + 1) * _SHORT]
            for path, number in sources
        )
        return b"".join(parts).hex() if len(sources) < _FEW else digest(b"".join(parts).hex())

    def pieces(self, path: str) -> tuple[str, ...]:
        """The HTML of the note at `path`, as `Filling.fill_pieces` has it."""
        if self._fresh[0] == path:
            return self._fresh[1]
        assert self._site
        note = self._site.notes[path]
        return _closed(self._filling(note, self._site), note).pieces

    def html(self, path: str) -> str:
        """The HTML of the note at `path`."""
        return "".join(self.pieces(path))

    def _filling(self, note: Note, site: Surroundings) -> Filling:
        assert self._site
        filling = Filling(note.path, note.file, self._site.urls[note.path], site)
        filling.citing = _citing(note, site)
        return filling

    def _fill(self, note: Note) -> Filled:
        assert self._site
        seen: set[str] = set()
        asked: dict[Question, str] = {}
        filling = self._filling(note, cast("Surroundings", _Asking(self._site, seen, asked)))
        closed = _closed(filling, note)
        self._fresh = (note.path, closed.pieces)
        html = "".join(closed.pieces)
        matter = note.front_matter
        filling.is_away = True
        filling.citing = _citing(note, filling.site)
        summary = _summary(filling, note)
        image = filling.picture(matter.image, matter.spans.get("image")) if matter.image else ""
        withheld = withheld_from(note, filling.hidden)
        sentences = mentions(html, [self._site.urls[path] for path in filling.targets])
        html_digest = digest(html, repr(withheld), sentences)
        self._keep_mentions(html_digest, sentences)
        return Filled(
            key=note.key,
            seen=tuple(sorted(seen)),
            asked=pack(tuple(asked.items())),
            digest=html_digest,
            has_diagrams=has_diagrams(html),
            summary_html=summary,
            summary_text=_summary_text(filling, note),
            image=image,
            targets=tuple(filling.targets),
            places=tuple(sorted(set(_LINK.findall(html)))),
            assets=tuple(filling.assets),
            wanted=tuple(filling.wanted),
            respelled=tuple(filling.respelled),
            mentions=b"".join(map(_short_digest, sentences)),
            withheld=withheld,
            works=closed.works,
            references_anchor=closed.anchor,
            said=names_said(note, closed.pieces),
            problems=tuple(filling.problems),
        )

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
            return digest(tuple(value) if key in _MAPPINGS else value)
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


def _citing(note: Note, site: Surroundings) -> PageCiting | None:
    """Where a page gathers its citations, if there is anything to cite."""
    if site.citing.look() is None:
        return None
    return PageCiting(site.citing, site.strings.of(note.front_matter.language))


def _closed(filling: Filling, note: Note) -> Closed:
    """The HTML of a note's body with its references."""
    pieces = filling.fill_pieces(note.body)
    return filling.citing.close(pieces, note) if filling.citing else Closed(pieces)


def _summary(filling: Filling, note: Note) -> str:
    if note.summary is None:
        return ""
    html = filling.fill(note.summary.body)
    return filling.citing.plain(html) if filling.citing else html


def _summary_text(filling: Filling, note: Note) -> str:
    """The summary as plain text, with what its references by name say in place of their source."""
    if note.summary is None:
        return ""
    text = note.summary.text
    for piece in note.summary.body:
        if isinstance(piece, Reference) and piece.kind is ReferenceKind.CITE_OR_LABEL:
            html = filling.fill((piece,))
            shown = filling.citing.plain(html) if filling.citing else html
            text = text.replace(piece.text or "", unescape(_TAG.sub("", shown)), 1)
    return text


@lru_cache(maxsize=10_000)
def _digest_of_found(found: Found | None) -> str:
    return digest(found)


def _short_digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_SHORT).digest()


_TAG = re.compile(r"<[^<>]*>")
_FINDERS = ("finder", "drafts", "ignored", "file_finder")
_LABELS = ("labels", "hidden_labels")
_ASKED = (*_FINDERS, *_LABELS, "citing", "outputs")
_MAPPINGS = frozenset({"notes", "files", "results"})


class _Asking(SeenSite):
    """Stands in for the surroundings and writes down the questions asked of finders too."""

    def __init__(self, site: Surroundings, seen: set[str], asked: dict[Question, str]) -> None:
        super().__init__(site, seen, _MAPPINGS)
        # Where a note is belongs to its face.
        self.__dict__["urls"] = SeenMapping(site.urls, "notes", seen)
        for name in _FINDERS:
            self.__dict__[name] = _AskedFinder(getattr(site, name), name, asked)
        for name in _LABELS:
            self.__dict__[name] = _AskedLabels(getattr(site, name), name, asked)
        self.__dict__["citing"] = _AskedCiting(site.citing, "citing", asked)
        self.__dict__["outputs"] = _AskedNames(site.outputs, "outputs", asked)


class _Asked:
    """Stands in for something that answers questions, and writes down what it answered."""

    def __init__(self, asked_of: object, name: str, asked: dict[Question, str]) -> None:
        self._asked_of = asked_of
        self._name = name
        self._asked = asked

    def _ask(self, how: str, *arguments: str) -> Any:  # noqa: ANN401 - whatever the answer is
        answer = getattr(self._asked_of, how)(*arguments)
        self._asked[(self._name, how, *arguments)] = digest(answer)
        return answer

    def _ask_for_file(self, how: str, target: str, origin: str) -> Found | None:
        """The same for answers that come again and again."""
        answer: Found | None = getattr(self._asked_of, how)(target, origin)
        self._asked[self._name, how, target, origin] = _digest_of_found(answer)
        return answer


class _AskedFinder(_Asked):
    """Stands in for a finder."""

    def relative(self, target: str, origin: str) -> Found | None:
        """As Finder has it."""
        return self._ask_for_file("relative", target, origin)

    def by_name(self, target: str, origin: str) -> Found | None:
        """As Finder has it."""
        return self._ask_for_file("by_name", target, origin)

    def suggestions(self, target: str) -> list[str]:
        """As Finder has it."""
        found: list[str] = self._ask("suggestions", target)
        return found


class _AskedLabels(_Asked):
    """Stands in for an index of labels."""

    def find(self, name: str, path: str) -> Sequence[Home]:
        """As LabelIndex has it."""
        found: Sequence[Home] = self._ask("find", name, path)
        return found

    def nearest(self, name: str) -> tuple[str, ...]:
        """As LabelIndex has it."""
        found: tuple[str, ...] = self._ask("nearest", name)
        return found


class _AskedCiting(_Asked):
    """Stands in for what can be cited."""

    def look(self) -> Style | None:
        """As Citing has it."""
        style: Style | None = self._ask("look")
        return style

    def find(self, path: str, key: str) -> Citable | None:
        """As Citing has it."""
        found: Citable | None = self._ask("find", path, key)
        return found

    def suggestions(self, path: str, key: str) -> list[str]:
        """As Citing has it."""
        found: list[str] = self._ask("suggestions", path, key)
        return found


class _AskedNames(_Asked):
    """Stands in for a set of names."""

    def __contains__(self, name: str) -> bool:
        return bool(self._ask("__contains__", name))
