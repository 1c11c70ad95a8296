"""What a document says of labels of other notes, which it can lead to but not number."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

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
            return self._inlines.text(label.display.text)
        kind = self._material.kinds.by_id(label.kind).title_in(self._material.words)
        shown = f"{kind}\u00a0{_number(label)}" if label.number else kind
        if label.title and not label.number:
            shown = label.title.text
        return self._inlines.text(
            self._material.words.text("result.in_note", result=shown, note=note.title.text)
        )

    def groups(self, homes: Sequence[Home], form: str) -> list[str]:
        """Labels, those of one kind and note under one word: `Lemmas 2–4 of Another Note`."""
        unique = list(dict.fromkeys(homes))
        found = groupby(unique, key=lambda home: (home.path, home.label.kind))
        return [self._group(list(group), form) for _, group in found]

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
        has_words = any(home.label.display or not home.label.number for home in homes)
        if len(homes) == 1 or has_words:
            return self.listed([self.one(home, form, is_bare=False) for home in homes])
        shown = [
            "--".join(self.linked(home, self._inlines.text(_number(home.label))) for home in run)
            for run in runs_of(homes)
        ]
        words = self._material.words
        plural = self._material.kinds.by_id(homes[0].label.kind).plural_in(words)
        noun = "" if form in {"ref", "eqref"} else self._inlines.text(f"{plural}\u00a0")
        return self._at_home(noun + self.listed(shown), homes[0])

    def _at_home(self, latex: str, home: Home) -> str:
        title = self._inlines.text(self._material.notes[home.path].title.text)
        return self._filled("result.in_note", result=latex, note=title)

    def _filled(self, key: str, **latex: str) -> str:
        """A string of the catalogue with LaTeX in the place of its placeholders."""
        texts = pieces(self._material.words.pattern(key))
        return "".join(
            latex[each] if at % 2 else self._inlines.text(each) for at, each in enumerate(texts)
        )


def _number(label: Label) -> str:
    return f"({label.number})" if label.kind == "equation" else label.number
