"""What a document says of labels of other notes, which it can lead to but not number."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from notesite.exporting.macros import own_macros
from notesite.exporting.titles import title_in_latex
from notesite.languages import pieces
from notesite.latex_text import latex_address
from notesite.linking.referring import runs_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notesite.exporting.material import InlineWriter, Material
    from notesite.linking.labels import Home
    from notesite.model import Label, Note


class Elsewhere:
    """The words of references to other notes, in LaTeX, as the page has them."""

    def __init__(self, material: Material, inlines: InlineWriter) -> None:
        self._material = material
        self._inlines = inlines

    def linked(self, home: Home | None, words: str) -> str:
        """Words for a label, with a link to its page."""
        assert home
        url = self._material.urls.get(home.path, "")
        address = latex_address(f"{url}#{home.label.anchor}")
        return f"\\href{{{address}}}{{{words}}}" if url else words

    def one(self, home: Home | None, form: str, *, is_bare: bool) -> str:
        """One label, its number alone where that is asked for."""
        assert home
        label, note = home.label, self._material.notes[home.path]
        if is_bare and label.number:
            return self.linked(home, self._inlines.text(_number(label)))
        if form in {"ref", "eqref"} and label.number:
            shown = self._inlines.text(_number(label))
            return self.linked(home, self._at_home(shown, home))
        return self.linked(home, self.name(label, note))

    def name(self, label: Label, note: Note) -> str:
        """What a label is called, and whose it is."""
        if label.display:
            return title_in_latex(label.display, self._inlines, own_macros(note))
        kind = self._material.kinds.by_id(label.kind).title_in(self._material.words)
        shown = self._inlines.text(f"{kind}\u00a0{_number(label)}" if label.number else kind)
        if label.title and not label.number:
            shown = title_in_latex(label.title, self._inlines, own_macros(note))
        return self._in_note(shown, note)

    def title(self, note: Note) -> str:
        """What a note is called."""
        return title_in_latex(note.title, self._inlines, own_macros(note))

    def home(self, note: Note) -> str:
        """Whose a result is that is stated again: `(from Another Note)`."""
        return self._filled("result.from", note=self.title(note))

    def groups(self, homes: Sequence[Home], form: str, *, is_all: bool) -> list[str]:
        """Labels, those of one kind and note under one word: `Lemmas 2–4 of Another Note`.

        Where they are all that is said, and of one note, that is said once.
        """
        unique = list(dict.fromkeys(homes))
        by_kind = groupby(unique, key=lambda home: (home.path, home.label.kind))
        found = [list(group) for _, group in by_kind]
        is_one_home = len({home.path for home in unique}) == 1
        is_said_once = is_all and is_one_home and not any(map(_has_words, unique))
        if is_said_once and len(found) > 1:
            said = self.listed([self._numbered(group, form) for group in found])
            return [self._at_home(said, unique[0])]
        return [self._group(group, form) for group in found]

    def listed(self, texts: Sequence[str]) -> str:
        """`a`, `a and b`, `a, b and c`."""
        *first, last = texts
        if not first:
            return last
        words = first[0]
        for each in first[1:]:
            words = self._filled("list.comma", first=words, rest=each)
        return self._filled("list.and", first=words, last=last)

    def _group(self, homes: list[Home], form: str) -> str:
        if len(homes) == 1 or any(map(_has_words, homes)):
            return self.listed([self.one(home, form, is_bare=False) for home in homes])
        return self._at_home(self._numbered(homes, form), homes[0])

    def _numbered(self, homes: list[Home], form: str) -> str:
        """`Lemmas 2–4`, or `Lemma 2`: labels of one kind and note."""
        shown = [
            "--".join(self.linked(home, self._inlines.text(_number(home.label))) for home in run)
            for run in runs_of(homes)
        ]
        words = self._material.words
        kind = self._material.kinds.by_id(homes[0].label.kind)
        called = kind.title_in(words) if len(homes) == 1 else kind.plural_in(words)
        noun = "" if form in {"ref", "eqref"} else self._inlines.text(f"{called}\u00a0")
        return noun + self.listed(shown)

    def _at_home(self, latex: str, home: Home) -> str:
        return self._in_note(latex, self._material.notes[home.path])

    def _in_note(self, latex: str, note: Note) -> str:
        return self._filled("result.in_note", result=latex, note=self.title(note))

    def _filled(self, key: str, **latex: str) -> str:
        """A string of the catalogue with LaTeX in the place of its placeholders."""
        texts = pieces(self._material.words.pattern(key))
        return "".join(
            latex[each] if at % 2 else self._inlines.text(each) for at, each in enumerate(texts)
        )


def _has_words(home: Home) -> bool:
    """Whether a label is called by words rather than by its number."""
    return bool(home.label.display or not home.label.number)


def _number(label: Label) -> str:
    return f"({label.number})" if label.kind == "equation" else label.number
