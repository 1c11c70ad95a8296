r"""References by name: `@key`, `[see @key, p. 33; -@other]`, `\cref{a,b}`.

The syntax is pandoc's (user's guide, "Citation syntax"). Whether a key is a label of the site or an
entry of a bibliography is seen while linking.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from notesite.markdown.locators import split_locator
from notesite.markdown.math_inlines import closing_dollar
from notesite.markdown.places import SPAN, inline_origin, report
from notesite.model import PLAIN, Cited, Reference, ReferenceKind, Title
from notesite.patterns import pattern
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

    from notesite.math import OpenReference

_KEY = r"@(?:\{([^{}\s]+)\}|(\w+(?:[:.#&+?/-]+\w+)*))"
_PROSE = pattern(rf"(-?){_KEY}")
_ITEM = pattern(rf"(.*?)(?<![\w@/\\])(-?)(?<![\w@\\]){_KEY}(.*)", re.DOTALL)
# Some write the commands as formulas of their own.
_COMMAND = pattern(r"(\$?)\\(eqref|ref|cref|Cref|autoref)\{([^{}$\n]*)\}\1")
_MAY_PRECEDE = pattern(r"[\s(\[{\"'“‘„«»,;—–*_~=>|]")
_STEP = pattern(r"\\.|[\[\];$]|`+|\n[ \t]*\n", re.DOTALL)
_MAY_FOLLOW = pattern(r"(?![(\[{:])")
_BRACKET = pattern(r"( ?)\[(?![\^@])((?:[^\[\]\n]|\[[^\[\]\n]*\])*)\](?![(\[{:])")

_DEEPEST = 4
"""Brackets within the brackets of one citation, one in the other."""
_LONGEST = 2000
"""Characters within the brackets of one citation."""


@dataclass(slots=True)
class CiteItem:
    """A name as it was read, the inline tokens of what stands around it still to be rendered."""

    key: str
    prefix: Token | None = None
    suffix: Token | None = None
    locator: tuple[str, str] | None = None
    locator_source: str = ""
    suppresses_author: bool = False
    is_adjacent: bool = False


def citing_plugin(md: MarkdownIt) -> None:
    """Add the inline rules to `md`."""
    md.inline.ruler.before("link", "cite_bracket", _bracket)
    md.inline.ruler.before("link", "cite_prose", _prose)
    md.inline.ruler.before("math_dollar", "cite_command", _command)


def _bracket(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[" or state.linkLevel:
        return False
    pieces = _pieces(state.src, state.pos, min(state.posMax, state.pos + _LONGEST))
    found = [_ITEM.fullmatch(text) for _, text in pieces]
    if not pieces or not all(found):
        return False
    end = pieces[-1][0] + len(pieces[-1][1]) + 1
    if _is_defined(state, state.src[state.pos + 1 : end - 1]):
        return False
    if not _MAY_FOLLOW.match(state.src, end, state.posMax):
        return False
    if not silent:
        items = [_item(state, match) for match in found if match is not None]
        _push(state, items, "bracket", end)
    state.pos = end
    return True


def _is_defined(state: StateInline, text: str) -> bool:
    """Whether the note defines a link of that name, as in `[@name]: https://…`."""
    return normalizeReference(text) in state.env.get("references", ())


def _pieces(source: str, start: int, maximum: int) -> list[tuple[int, str]]:
    """What stands between the brackets that open at `start`, parted by semicolons; with offsets."""
    if source.startswith("^", start + 1) or source.find("@", start, maximum) < 0:
        return []
    pieces: list[tuple[int, str]] = []
    begin = position = start + 1
    depth = 0
    while found := _STEP.search(source, position, maximum):
        mark, at = found[0], found.start()
        position = _behind(source, found, maximum)
        if mark == "[":
            depth += 1
            if depth > _DEEPEST:
                return []
        elif mark.startswith("\n"):
            return []
        elif mark in {"]", ";"} and not depth:
            pieces.append((begin, source[begin:at]))
            begin = position
            if mark == "]":
                return pieces
        elif mark == "]":
            depth -= 1
    return []


def _behind(source: str, found: re.Match[str], maximum: int) -> int:
    """Where to go on after a mark: behind the code or the formula that it opens."""
    if found[0] == "$":
        closing = closing_dollar(source, found.start(), maximum)
        return found.end() if closing is None else closing + 1
    if found[0][0] == "`":
        closing = source.find(found[0], found.end(), maximum)
        return found.end() if closing < 0 else closing + len(found[0])
    return found.end()


def _item(state: StateInline, found: re.Match[str]) -> CiteItem:
    prefix, minus, braced, bare, rest = found.groups()
    locator, source, suffix = split_locator(rest)
    return CiteItem(
        braced or bare, _inline(state, prefix.strip()), _inline(state, suffix.rstrip()),
        locator, source, suppresses_author=minus == "-",
    )  # fmt: skip


def _prose(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "@-" or state.linkLevel:
        return False
    if state.pos and not _MAY_PRECEDE.match(state.src[state.pos - 1]):
        return False
    found = _PROSE.match(state.src, state.pos, state.posMax)
    if found is None or state.src.startswith("@", found.end()):
        return False
    item = CiteItem(found[2] or found[3], suppresses_author=found[1] == "-")
    end = found.end()
    bracket = _BRACKET.match(state.src, end, state.posMax)
    if bracket is not None:
        end = _read_bracket(state, item, bracket, silent=silent)
    if not silent:
        _push(state, [item], "prose", end)
    state.pos = end
    return True


def _read_bracket(
    state: StateInline, item: CiteItem, bracket: re.Match[str], *, silent: bool
) -> int:
    """Read what follows a key in brackets; where the reference ends.

    With a space before them they belong to the key only if they hold a locator.
    """
    locator, source, suffix = split_locator(bracket[2])
    if bracket[1] and locator is None:
        return bracket.start()
    if silent:
        return bracket.end()
    item.locator, item.locator_source = locator, source
    item.is_adjacent = not bracket[1]
    item.suffix = _inline(state, bracket[2] if item.is_adjacent else suffix)
    return bracket.end()


def _command(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "\\$":
        return False
    found = _COMMAND.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    names = [name.strip() for name in found[3].split(",")]
    problem = _amiss(found[2], names)
    if problem:
        if not silent:
            span = inline_origin(state, state.pos, found[0]).span(0, len(found[0]))
            report(state.env, "label-unknown", problem, span, "write '\\cref{thm-a,thm-b}'")
        return False
    if not silent:
        _push(state, [CiteItem(name) for name in names], found[2], found.end())
        if state.linkLevel:
            state.tokens[-1].meta["plain"] = True
    state.pos = found.end()
    return True


def _amiss(form: str, names: list[str]) -> str:
    """What keeps a command with these names from being a reference, or empty."""
    if not all(names):
        return f"a label is missing in '\\{form}'"
    is_one = len(names) == 1 or form in {"cref", "Cref"}
    return "" if is_one else f"'\\{form}' takes one label, and this is shown as it stands"


def _inline(state: StateInline, text: str) -> Token | None:
    """An inline token of a prefix or a suffix, if there is one."""
    if not text:
        return None
    children: list[Token] = []
    state.md.inline.parse(text, state.md, state.env, children)
    return Token("inline", "", 0, content=text, children=children)


def _push(state: StateInline, items: list[CiteItem], form: str, end: int) -> None:
    source = state.src[state.pos : end]
    token = state.push("cite", "", 0)
    token.content = source
    # As children, so that the formulas in them are compiled with the note's.
    token.children = [part for i in items for part in (i.prefix, i.suffix) if part is not None]
    token.meta = {"items": items, "form": form}
    token.meta[SPAN] = inline_origin(state, state.pos, source).span(0, len(source))


def cite_reference(token: Token, title: Callable[[Token], Title]) -> Reference:
    """The open reference that a `cite` token stands for; `title` renders an inline token."""
    nothing = Title("", "")
    items = tuple(
        Cited(
            item.key,
            title(item.prefix) if item.prefix else nothing,
            title(item.suffix) if item.suffix else nothing,
            item.locator,
            item.locator_source,
            item.suppresses_author,
            item.is_adjacent,
        )
        for item in token.meta["items"]
    )
    attributes = (PLAIN,) if token.meta.get("plain") else ()
    return Reference(
        ReferenceKind.CITE_OR_LABEL, token.meta["form"], text=token.content,
        attributes=attributes, span=token.meta[SPAN], cited=items,
    )  # fmt: skip


def formula_reference(open_reference: OpenReference) -> Reference:
    """The reference by name that a formula makes to what is not an equation of its note."""
    command, names = open_reference.command, open_reference.names
    return Reference(
        ReferenceKind.CITE_OR_LABEL, command, text=f"\\{command}{{{','.join(names)}}}",
        span=open_reference.span, cited=tuple(Cited(name) for name in names),
    )  # fmt: skip


def cited_names(tokens: Iterable[Token]) -> frozenset[str]:
    """All names that these block tokens refer to."""
    cites = (c for token in tokens for c in token.children or () if c.type == "cite")
    return frozenset(item.key for cite in cites for item in cite.meta["items"])
