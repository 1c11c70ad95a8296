r"""The tags of a note's equations, each of which should name one equation alone.

A tag may hold the number of another equation, as in `\tag{\ref{eq:a}$'$}`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.diagnostics import Related, diagnose
from notesite.patterns import pattern
from notesite.text import did_you_mean

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

    from notesite.diagnostics import Diagnostic
    from notesite.math.reading import WrittenTag
    from notesite.math.tex import Token
    from notesite.math.values import EquationLabel, Formula
    from notesite.spans import Span

_REFERENCE = pattern(r"\\(eq)?ref\s*\{\s*([^{}]*?)\s*\}")


def names_in(tag: WrittenTag) -> list[str]:
    """The labels that a tag refers to."""
    return [name for _, name in _REFERENCE.findall(tag.content)] if "ref" in tag.content else []


def text_of(tag: WrittenTag, labels: Mapping[str, EquationLabel]) -> str:
    """What a tag shows, with the numbers of `labels` that it refers to."""
    from notesite.math.readable import tex_to_text  # noqa: PLC0415 - most notes have no tags

    def number(reference: re.Match[str]) -> str:
        label = labels.get(reference[2])
        text = f"\\text{{{label.number}}}" if label else ""
        return f"({text})" if reference[1] else text

    content = _REFERENCE.sub(number, tag.content)
    return tex_to_text(f"\\text{{{content}}}", tag.macros, tag.aliases)


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

    def refer(
        self,
        formula: Formula,
        tag: WrittenTag,
        text: str,
        labels: Mapping[str, EquationLabel],
        own: str,
    ) -> None:
        """Sees that what a tag refers to is there; `own` is the label of the tag's equation."""
        span = formula.origin.span(tag.token.start, tag.token.end)
        for name in names_in(tag):
            if name not in labels:
                message = f"no equation of this note has the label '{name}', which this tag shows"
                self._report("label-unknown", message, span, did_you_mean(name, labels))
        if own in labels and labels[own].number != text:
            self._report("math-syntax", "the tag refers to itself", span)

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

    def _report(self, code: str, message: str, span: Span, hints: tuple[str, ...] = ()) -> None:
        self.diagnostics.append(diagnose(code, message, self._file, span, hints=hints))
