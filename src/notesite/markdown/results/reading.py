"""Results once a note's blocks and text are read: labels, numbers, anchors.

Numbers and anchors are the note's own: they are the same wherever the result is shown.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from notesite.diagnostics import Related, diagnose
from notesite.markdown.places import FILE, LINES, PROBLEMS, report, words
from notesite.markdown.results.titles import spoken_title
from notesite.markdown.results.tokens import closing_index, settings, written_results
from notesite.model import PLAIN, Label
from notesite.spans import Span
from notesite.text import is_slip, slugify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from markdown_it.token import Token

    from notesite.markdown.results.tokens import Written
    from notesite.model import Title

_COMMENT = re.compile(r"%%(.*?)%%", re.DOTALL)
_PAIR = re.compile(
    r"^[\s>]*(label|display|main)[ \t]*[:=]?[ \t]*(.*?)[ \t]*$", re.MULTILINE | re.IGNORECASE
)
_LIKE_PAIR = re.compile(r"(?:%%|^)[\s>]*([A-Za-z]{3,9})[ \t]*[:=]", re.MULTILINE)
_LOST = re.compile(r"%%\s*(label)[ \t]*:[ \t]*[\w:.-]+\s*%%", re.IGNORECASE)
_KEYS = ("label", "display")
_NOT_IN_ID = re.compile(r"[^\w.-]+")


def label_results(tokens: list[Token], env: dict[str, Any]) -> None:
    """Find each result's label, whichever way it was given, and make it the id of its element."""
    places = [at for at, token in enumerate(tokens) if token.type == "result_open"]
    openings = [tokens[at] for at in places]
    ends = [_id_at_end(tokens, at) for at in places]
    if _read_comments(openings, env[LINES], env):
        _strip_ends(tokens)
    _make_titles_plain(tokens)
    first: dict[str, Written] = {}
    for token, at_end in zip(openings, ends, strict=True):
        written: Written = token.meta["result"]
        given = (str(token.attrs.pop("id", "")) or at_end).removeprefix("^")
        written.block = given if written.label and given != written.label else ""
        written.label = written.label or given
        if not written.label:
            continue
        if written.label in first:
            _report_duplicate(written, first[written.label], env)
        else:
            first[written.label] = written
            token.attrs["id"] = label_anchor(written.label)


def _id_at_end(tokens: list[Token], index: int) -> str:
    """The block id of the last paragraph or formula of a result, which is meant for the whole."""
    at = closing_index(tokens, index) - 2
    name = ""
    while tokens[at].type == "part":
        name = tokens[at].meta["reference"].fragment
        at -= 1
    return name if tokens[at].type in {"paragraph_close", "math"} else ""


def _make_titles_plain(tokens: list[Token]) -> None:
    """Leave of the references in titles that unfold only their words."""
    for opening, title in pairwise(tokens):
        if opening.type != "result_title_open" or opening.tag != "summary":
            continue
        for child in title.children or ():
            if child.type == "cite":
                child.meta["plain"] = True
            elif child.type == "link_open" and "reference" in child.meta:
                child.meta["reference"] = replace(child.meta["reference"], attributes=(PLAIN,))


def check_labels(labels: Iterable[Label], env: dict[str, Any]) -> None:
    """Report a label that things of different kinds have; within a kind that has been done."""
    first: dict[str, Label] = {}
    for label in labels:
        other = first.setdefault(label.name, label)
        if other.kind != label.kind:
            _report_twice(label.name, label.span, other.span, env)


def label_anchor(label: str) -> str:
    """The id on the page of what carries this label."""
    return _NOT_IN_ID.sub("-", label).strip("-") or "label"


def _report_duplicate(written: Written, first: Written, env: dict[str, Any]) -> None:
    _report_twice(written.label, written.span, first.span, env)
    written.label = ""


def _report_twice(name: str, span: Span | None, first: Span | None, env: dict[str, Any]) -> None:
    related = (Related("the first of this label", env[FILE], first),)
    message = f"the label '{name}' is given twice"
    env[PROBLEMS].append(diagnose("label-duplicate", message, env[FILE], span, related=related))


def _read_comments(openings: list[Token], lines: list[str], env: dict[str, Any]) -> bool:
    """Read `%% label: x %%` and its like, each for the innermost result that it stands in.

    False when there is no comment at all.
    """
    if not openings or not any("%%" in line for line in lines):
        return False
    taken: set[int] = set()
    for token in sorted(openings, key=_length):
        first, last = token.map or (0, 0)
        text = "\n".join("" if at in taken else lines[at] for at in range(first, last))
        taken.update(range(first, last))
        for comment in _COMMENT.finditer(text):
            for key, value in _PAIR.findall(comment[1]):
                _set(token.meta["result"], key.lower(), value)
            for slip in _LIKE_PAIR.finditer(comment[0]):
                before = text[: comment.start() + slip.start(1)]
                line, column = first + before.count("\n") + 1, len(before) - before.rfind("\n")
                _report_slip(slip[1], Span.at(line, column, len(slip[1])), env)
    _report_lost(taken, lines, env)
    return True


def _report_lost(taken: set[int], lines: list[str], env: dict[str, Any]) -> None:
    """Report a label in a comment that no result surrounds, such as one below its callout."""
    for number, line in enumerate(lines):
        lost = None if number in taken else _LOST.search(line)
        if lost:
            message = "this comment with a label stands in no result"
            hint = "put it into the result: in a callout behind another '>'"
            report(env, "result-comment", message, Span.at(number + 1, lost.start(1) + 1, 5), hint)


def _report_slip(key: str, span: Span, env: dict[str, Any]) -> None:
    for meant in _KEYS:
        if is_slip(key.lower(), meant):
            message = f"'{key}' in the comment of a result says nothing"
            report(env, "result-comment", message, span, f"did you mean '{meant}'?")


def _strip_ends(tokens: list[Token]) -> None:
    """Take away the line breaks beside comments that began or ended a paragraph."""
    for token in tokens:
        children = token.children or []
        while token.type == "inline" and children and _is_blank(children[-1]):
            children.pop()
        while token.type == "inline" and children and _is_blank(children[0]):
            children.pop(0)


def _is_blank(token: Token) -> bool:
    is_break = token.type in {"softbreak", "hardbreak"}
    return is_break or (token.type == "text" and not token.content.strip())


def _length(token: Token) -> int:
    first, last = token.map or (0, 0)
    return last - first


def _set(written: Written, key: str, value: str) -> None:
    if key == "label" and value:
        written.label = value
    elif key == "display" and value:
        written.display = value


def number_results(tokens: list[Token], env: dict[str, Any]) -> None:
    """Count the results, and give those without a label the id of their kind and number."""
    taken = {str(token.attrs["id"]) for token in tokens if "id" in token.attrs}
    copies: Counter[str] = Counter()
    counting = _Counting(by_section=settings(env).config.number_by == "section")
    numbered: dict[tuple[str, str], Written] = {}
    for token in tokens:
        if token.type == "heading_open" and token.tag == "h2":
            counting.section += 1
        if token.type != "result_open":
            continue
        written: Written = token.meta["result"]
        written.shown_number = counting.number(written)
        _check_number(written, numbered, env)
        if "id" not in token.attrs:
            token.attrs["id"] = _unique(_own_anchor(written), taken, copies)
        written.anchor = str(token.attrs["id"])
        token.attrs["data-kind"] = written.kind.id
        if written.label:
            token.attrs["data-label"] = written.label
        if written.shown_number:
            token.attrs["data-number"] = written.shown_number
        if token.tag == "div" and not written.kind.is_proof:
            # The eye sees where it ends; the ear is told. Proofs have their sign.
            token.attrs |= {"role": "group", "aria-label": spoken_title(written, words(env))}
        token.meta |= {"kind": written.kind.id, "number": written.shown_number}
        token.meta |= {"label": written.label, "name": written.name}


def _check_number(
    written: Written, numbered: dict[tuple[str, str], Written], env: dict[str, Any]
) -> None:
    """Report a number that another result of the kind has; only one by hand can be."""
    if not written.shown_number:
        return
    first = numbered.setdefault((written.kind.id, written.shown_number), written)
    if first is written or (first.number is None and written.number is None):
        return
    number = f"{written.kind.title} {written.shown_number}"
    related = (Related(f"the first {number}", env[FILE], first.span),)
    hints = ("give one of them another, or none: '.unnumbered' in a fence, '|*' in a callout",)
    message = f"two results are {number}"
    env[PROBLEMS].append(
        diagnose(
            "result-number-twice", message, env[FILE], written.span, hints=hints, related=related
        )
    )


class _Counting:
    """The counters of a note, which begin anew in each section if it is numbered so."""

    def __init__(self, *, by_section: bool) -> None:
        self.section = 0
        self._by_section = by_section
        self._counts: Counter[tuple[str, int]] = Counter()

    def number(self, written: Written) -> str:
        """The number of the next result; empty for one that has none."""
        if written.number is not None:
            return written.number
        if not written.kind.is_numbered:
            return ""
        section = self.section if self._by_section else 0
        key = (written.kind.counter, section)
        self._counts[key] += 1
        return f"{section}.{self._counts[key]}" if section else str(self._counts[key])


def _own_anchor(written: Written) -> str:
    rest = written.shown_number.replace(".", "-") or slugify(written.name)[:60]
    return f"{written.kind.id}-{slugify(rest)}".rstrip("-")


def _unique(base: str, taken: set[str], copies: Counter[str]) -> str:
    """`base` or, where that is taken, `base-2` and so on; `copies` counts how far that has come."""
    while True:
        copies[base] += 1
        name = base if copies[base] == 1 else f"{base}-{copies[base]}"
        if name not in taken:
            taken.add(name)
            return name


def result_labels(
    tokens: Iterable[Token], names: dict[str, Title], read: Callable[[str, Span | None], Title]
) -> Iterator[Label]:
    """The labels of the results; `names` gives the rendered name by a result's anchor.

    `read` gives what a line of Markdown at a place of the file becomes.
    """
    for written in written_results(tokens):
        if written.label:
            display = read(written.display, written.span) if written.display else None
            for label in filter(None, (written.label, written.block)):
                yield Label(
                    label, written.kind.id, written.shown_number, written.anchor, written.span,
                    names.get(written.anchor), display,
                )  # fmt: skip
