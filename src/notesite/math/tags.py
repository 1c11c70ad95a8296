r"""The tags of a note's equations, each of which should name one equation alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.diagnostics import Related, diagnose

if TYPE_CHECKING:
    from notesite.diagnostics import Diagnostic
    from notesite.math.reading import WrittenTag
    from notesite.math.tex import Token
    from notesite.math.values import Formula
    from notesite.spans import Span


class Tags:
    r"""What was written with `\tag` and what was counted; `diagnostics` says where they meet."""

    def __init__(self, file: str) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._file = file
        self._written: dict[str, tuple[Span, bool]] = {}
        self._counted: dict[str, tuple[Formula, Token | None]] = {}

    def write(self, formula: Formula, tag: WrittenTag, text: str) -> None:
        """Takes the tag of an equation, with what it shows between its parentheses."""
        span = formula.origin.span(tag.token.start, tag.token.end)
        first = self._written.setdefault(text, (span, tag.parentheses))[0]
        if first is not span:
            related = Related("the first equation of this tag", self._file, first)
            self._say(f"the tag '{text}' is given twice", span, related)
        elif tag.parentheses and text in self._counted:
            self._meet(text, span, *self._counted[text])

    def count(self, formula: Formula, number: str, label: Token | None) -> None:
        """Takes an equation that was counted; `label` is what names it."""
        self._counted[number] = formula, label
        span, has_parentheses = self._written.get(number, (None, False))
        if span is not None and has_parentheses:
            self._meet(number, span, formula, label)

    def _meet(self, text: str, span: Span, formula: Formula, label: Token | None) -> None:
        place = formula.origin.span(*(label.start, label.end) if label else (0, 1))
        related = Related("the equation of this number", self._file, place)
        self._say(f"the tag '{text}' is also the number of another equation", span, related)

    def _say(self, message: str, span: Span, related: Related) -> None:
        self.diagnostics.append(
            diagnose("math-tag-duplicate", message, self._file, span, related=(related,))
        )
