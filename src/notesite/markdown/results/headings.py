r"""Results by heading: `### Theorem (Riesz).` and `### Proof.`, each with what stands under it.

A heading is a result if it says no more than a kind, perhaps a number, perhaps a name in
parentheses, and either ends with a full stop or carries a label of its kind (`{#thm-riesz}`); a
proof or a solution that follows such a result needs neither. So `## Proofs`, `## Examples` and
`## Example: the sphere` stay headings. A result ends where the next heading of its level or above
or the next result begins; a proof also ends behind the sign that closes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.markdown.places import LINES, report, words
from notesite.markdown.results.attributes import read_classes
from notesite.markdown.results.tokens import (
    OWN_SIGN,
    Written,
    fold_of,
    result_closing,
    result_opening,
    set_levels,
    settings,
)
from notesite.patterns import pattern
from notesite.spans import Span
from notesite.text import is_slip

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    from notesite.kinds import Kind

_HEADING = pattern(
    r"(?P<kind>[^\W\d_][\w-]*)(?:\s+(?P<number>\d+(?:\.\d+)*|[A-Z](?:\.\d+)+|\*))?"
    r"(?:\s*\((?P<name>.+)\)|\s+(?P<of>of\s.+?))?\s*(?P<stop>\.)?"
)


_LEAST_SLIP = 4
"""Letters of a word that may be a slip for another."""
_OTHER_RESULTS = frozenset({"result_open", "restate"})
"""What begins a result in another spelling; within a proof it belongs to that."""


def heading_results_plugin(md: MarkdownIt) -> None:
    """Add the rule to `md`; results by other spellings must have been read, as they end these."""
    md.core.ruler.after("paragraph_proofs", "heading_results", _rewrite)


def _rewrite(state: StateCore) -> None:
    if not settings(state.env).config.headings:
        return
    starts = dict(_starts(state.tokens, state.env))
    if not starts:
        return
    rewritten: list[Token] = []
    closing: list[Token] = []
    end = -1
    for index, token in enumerate(state.tokens):
        if index == end:
            rewritten.extend(closing)
            end = -1
        written = starts.get(index)
        if written is not None:
            end = _end(state.tokens, index, starts)
            opening, closing = _parts(state.tokens, index, end, written)
            rewritten.extend(opening)
        elif index - 1 not in starts and index - 2 not in starts:
            rewritten.append(token)
    state.tokens = [*rewritten, *(closing if end >= 0 else ())]


def _starts(tokens: list[Token], env: Mapping[str, Any]) -> Iterator[tuple[int, Written]]:
    """The headings that are results, by the index of their first token."""
    kinds = _titles(env)
    is_behind_result = False
    for index, token in enumerate(tokens):
        if token.type != "heading_open" or token.level:
            continue
        written = _read(tokens, index, env, kinds, is_behind_result=is_behind_result)
        is_behind_result = written is not None
        if written is not None:
            yield index, written


def _titles(env: Mapping[str, Any]) -> dict[str, Kind]:
    """The kinds by their names in the language of the note, and in English."""
    kinds = settings(env).kinds
    english = {kind.title: kind for kind in kinds.results}
    return english | {kind.title_in(words(env)): kind for kind in kinds.results}


def _read(
    tokens: list[Token],
    index: int,
    env: Mapping[str, Any],
    kinds: dict[str, Kind],
    *,
    is_behind_result: bool,
) -> Written | None:
    heading, inline = tokens[index], tokens[index + 1]
    found = _HEADING.fullmatch(inline.content.strip())
    kind = kinds.get(found["kind"]) if found else None
    label = str(heading.attrs.get("id", ""))
    if found and kind is None and (found["stop"] or settings(env).kinds.of_label(label)):
        _check_kind(found["kind"], kinds, _span(heading, env), env)
    if found is None or kind is None or (found["of"] and not kind.is_proof):
        return None
    is_labelled = label != "" and settings(env).kinds.of_label(label) == kind
    if not (found["stop"] or is_labelled or (kind.is_proof and is_behind_result)):
        return None
    info = read_classes(str(heading.attrs.get("class", "")).split())
    number = "" if found["number"] == "*" else found["number"]
    return Written(
        kind, (found["name"] or found["of"] or "").strip(), label,
        info.number if number is None else number, fold=fold_of(kind, info.fold, env),
        classes=tuple(info.classes), span=_span(heading, env),
    )  # fmt: skip


def _check_kind(
    written: str, kinds: Mapping[str, Kind], span: Span | None, env: Mapping[str, Any]
) -> None:
    """Report a heading that would be a result but for a slip in its first word."""
    slips = (each for each in kinds if is_slip(written.lower(), each.lower()))
    meant = next((each for each in slips if each[0].lower() == written[0].lower()), "")
    # Of several a heading may well speak.
    if len(written) >= _LEAST_SLIP and meant and written.lower() != f"{meant.lower()}s":
        message = f"there is no kind of result '{written}'"
        report(env, "heading-kind-misspelt", message, span, f"did you mean '{meant}'?")


def _span(heading: Token, env: Mapping[str, Any]) -> Span | None:
    lines = env.get(LINES, ())
    first = heading.map[0] if heading.map else 0
    return Span.at(first + 1, 1, len(lines[first].rstrip())) if first < len(lines) else None


def _end(tokens: list[Token], start: int, starts: dict[int, Written]) -> int:
    """The index of the first token behind the result that begins at `start`."""
    level = int(tokens[start].tag[1])
    is_proof = starts[start].kind.is_proof
    for index in range(start + 3, len(tokens)):
        token = tokens[index]
        is_heading = token.type == "heading_open" and token.level == 0
        if is_heading and (index in starts or int(token.tag[1]) <= level):
            return index
        if is_proof and token.level == 0 and _ends_proof(tokens, index):
            return index + 1
        if not is_proof and token.level == 0 and token.type in _OTHER_RESULTS:
            return index
    return len(tokens)


def _ends_proof(tokens: list[Token], index: int) -> bool:
    """Whether the paragraph or the formula that ends here ends with a proof's sign."""
    token = tokens[index]
    if token.type == "paragraph_close":
        return bool(OWN_SIGN.search(tokens[index - 1].content))
    return token.type == "math" and bool(OWN_SIGN.search(token.content))


def _parts(
    tokens: list[Token], index: int, end: int, written: Written
) -> tuple[list[Token], list[Token]]:
    first = (tokens[index].map or [0, 1])[0]
    maps = [token.map for token in tokens[index:end] if token.map]
    last = max((each[1] for each in maps), default=first + 1)
    opening, closing = result_opening(written, (first, last)), result_closing(written)
    set_levels(opening, closing, 0)
    for token in tokens[index + 3 : end]:
        token.level += 2
    return opening, closing
