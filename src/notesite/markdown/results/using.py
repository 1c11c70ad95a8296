"""What each result of a note is, and what its statement and its proof refer to."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING

from markdown_it.token import Token

from notesite.markdown.places import SPAN
from notesite.markdown.plain import inline_text
from notesite.markdown.references import is_external, link_reference
from notesite.markdown.results.tokens import closing_index, insert_all
from notesite.model import Reference, ReferenceKind, Result, Use
from notesite.records import dataclass
from notesite.text import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from notesite.markdown.results.tokens import Written
    from notesite.model import Label, Title

_EQUATION = re.compile(r'class="eqref" href="#([^"]+)"')
_ID = re.compile(r'id="([^"]+)"')


@dataclass(slots=True)
class _Gathered:
    """A result while its tokens go by."""

    written: Written
    section: str
    level: int
    of: Use | None = None
    name: Title | None = None
    uses: dict[tuple[str, str | None], Use] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def add(self, uses: Iterator[Use]) -> None:
        for use in uses:
            self.uses.setdefault((use.name, use.target), use)


def gather(
    tokens: list[Token], title: Callable[[Token], Title], equations: list[Label]
) -> tuple[Result, ...]:
    """The results of a note whose formulas are compiled; `title` renders an inline token."""
    names = {label.anchor: label.name for label in equations}
    return tuple(_result(each, names) for each in _Gathering(title).run(tokens))


def _result(gathered: _Gathered, equations: dict[str, str]) -> Result:
    written = gathered.written
    return Result(
        kind=written.kind.id,
        name=gathered.name,
        number=written.shown_number,
        label=written.label,
        anchor=written.anchor,
        span=written.span,
        section=gathered.section,
        text=shorten(" ".join(gathered.words)),
        equations=tuple(equations[each] for each in gathered.ids if each in equations),
        uses=tuple(gathered.uses.values()),
        is_proof=written.kind.is_proof,
        of=gathered.of,
    )


class _Gathering:
    """Goes through a note's tokens once, knowing which results are open."""

    def __init__(self, title: Callable[[Token], Title]) -> None:
        self._title = title
        self._open: list[_Gathered] = []
        self._last: _Gathered | None = None
        self._section = ""
        self._found: list[_Gathered] = []

    def run(self, tokens: list[Token]) -> list[_Gathered]:
        """The results in the order in which they begin."""
        for index, token in enumerate(tokens):
            if token.type == "heading_open":
                self._section = str(token.attrs.get("id", ""))
            elif token.type == "result_open":
                self._begin(token, tokens[index + 2])
            elif token.type == "result_close":
                closed = self._open.pop()
                self._last = self._last if closed.written.kind.is_proof else closed
            elif self._open and tokens[index - 1].type != "result_title_open":
                self._take(self._open[-1], token)
        return self._found

    def _begin(self, token: Token, title: Token) -> None:
        written: Written = token.meta["result"]
        begun = _Gathered(written, self._section, token.level)
        begun.of = self._proved(written, title)
        if written.name and not written.names_another:
            begun.name = self._title(title)
        if self._open:
            self._open[-1].add(iter([Use(written.anchor, "")]))
        self._found.append(begun)
        self._open.append(begun)

    def _proved(self, written: Written, title: Token) -> Use | None:
        """What a proof proves: what it says, else what it stands in, else the result before it."""
        if not written.kind.is_proof:
            return None
        said = next(uses_in(title), None) if written.names_another else None
        around = self._open[-1] if self._open else None
        before = around if around and not around.written.kind.is_proof else self._last
        return said or (Use(before.written.anchor, "") if before else None)

    def _take(self, result: _Gathered, token: Token) -> None:
        result.add(uses_in(token))
        if token.type == "math":
            result.ids.extend(_ID.findall(token.meta.get("html", "")))
        if token.type == "inline" and len(result.words) < 5:
            result.words.append(inline_text(token.children or ()))


def uses_in(token: Token) -> Iterator[Use]:
    """The references that a token and its children make to places of notes."""
    if token.type == "cite":
        span = token.meta[SPAN]
        yield from (Use(item.key, span=span) for item in token.meta["items"])
    elif token.type == "math":
        yield from _in_formula(token)
    elif "reference" in token.meta:
        yield from _in_link(token.meta["reference"])
    elif token.type == "link_open":
        address = str(token.attrs.get("href", ""))
        if not is_external(address):
            yield from _in_link(link_reference(address, (), token.meta.get(SPAN)))
    for child in token.children or ():
        yield from uses_in(child)


def _in_formula(token: Token) -> Iterator[Use]:
    for reference in token.meta.get("references", ()):
        yield from (Use(name, span=reference.span) for name in reference.names)
    html = str(token.meta.get("html", ""))
    if "eqref" in html:
        yield from (Use(anchor, "") for anchor in _EQUATION.findall(html))


def _in_link(reference: Reference) -> Iterator[Use]:
    if reference.kind is ReferenceKind.RESTATE and not reference.target:
        yield Use(reference.fragment, span=reference.span)
    elif reference.fragment and reference.kind is not ReferenceKind.PART:
        yield Use(
            reference.fragment, reference.target, is_wikilink=reference.is_wikilink,
            span=reference.span,
        )  # fmt: skip


def place_uses(tokens: list[Token]) -> None:
    """Leave a place behind each result and its proof, where linking tells what uses it."""
    places: dict[int, list[Token]] = {}
    for index, token in enumerate(tokens):
        if token.type == "result_open" and not token.meta["result"].kind.is_proof:
            at = _behind_proofs(tokens, closing_index(tokens, index))
            place = Token("result_uses", "", 0, block=True, level=tokens[at].level)
            anchor = token.meta["result"].anchor
            place.meta = {"reference": Reference(ReferenceKind.USES, fragment=anchor)}
            places.setdefault(at + 1, []).append(place)
    insert_all(tokens, places)


def _behind_proofs(tokens: list[Token], end: int) -> int:
    """The index of the last token of the proofs that follow a result at once."""
    while end + 1 < len(tokens):
        following = tokens[end + 1]
        if following.type == "part":
            end += 1
        elif following.type == "result_open" and following.meta["result"].kind.is_proof:
            end = closing_index(tokens, end + 1)
        else:
            break
    return end
