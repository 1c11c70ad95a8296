"""The tokens of a result, the same whatever its author wrote.

    result_open  result_title_open  inline  result_title_close
    result_body_open  …  result_body_close  result_close

`result_open.meta["result"]` is a `Written`; `reading` fills in number, label and anchor.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from markdown_it.token import Token

from notesite.config import ResultsConfig
from notesite.kinds import kinds_of
from notesite.markdown.places import IN_LINE, words
from notesite.model import Reference, ReferenceKind
from notesite.patterns import pattern
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from notesite.kinds import Kind, Kinds
    from notesite.spans import Span

RESULT_SETTINGS = "notesite_results"
"""The key of a parser's `env` that holds the `ResultSettings`."""

OWN_SIGN = pattern(
    r"(?:[□∎■◻▪]|\\(?:square|blacksquare|Box|qed|qedhere)\b)[\s.$]*(?:\\end\{[a-z*]+\}[\s.$]*)*$"
)
"""The sign at the end of a proof that its author has set."""

_RESTATED = pattern(r"(?:\[\[)?([^\[\]#|]*)(?:#([^\[\]|]+))?(?:\|[^\[\]]*)?(?:\]\])?")


@dataclass(frozen=True, slots=True)
class ResultSettings:
    """What the configuration says about results, and the kinds that it makes."""

    config: ResultsConfig
    kinds: Kinds

    @classmethod
    def of(cls, config: ResultsConfig | None = None) -> ResultSettings:
        """The settings of a configuration."""
        config = config or ResultsConfig()
        return cls(config, kinds_of(config))


_DEFAULT = ResultSettings.of()


def settings(env: Mapping[str, Any]) -> ResultSettings:
    """The settings of the parse that `env` belongs to."""
    found: ResultSettings | None = env.get(RESULT_SETTINGS)
    return found or _DEFAULT


def named_kind(name: str, env: Mapping[str, Any]) -> Kind | None:
    """The kind of results that a word names, in English or in the language of the note."""
    kinds = settings(env).kinds
    return kinds.named(name) or kinds.titled(name, words(env))


def fold_of(kind: Kind, written: str, env: Mapping[str, Any]) -> str:
    """Whether a result is folded: as `written`, else as the configuration says for its kind."""
    return written or ("-" if kind.id in settings(env).config.fold else "")


@dataclass(slots=True)
class Written:
    """A result as it was written.

    `number` is None for one that is counted, empty for one without a number, else given by hand.
    `of` names what a proof proves, if it says so. `fold` is `-` for closed, `+` for open, or empty.
    `block` is a block id that names the result besides its label.
    `is_prose` tells a proof that is a paragraph beginning with the word: it may be told of none.
    """

    kind: Kind
    name: str = ""
    label: str = ""
    number: str | None = None
    of: str = ""
    fold: str = ""
    display: str = ""
    classes: tuple[str, ...] = ()
    shown_number: str = ""
    anchor: str = ""
    span: Span | None = field(default=None, compare=False)
    is_prose: bool = False
    block: str = ""

    @property
    def names_another(self) -> bool:
        """Whether the name tells what is proved, as in *Proof of Theorem 2*, rather than a name."""
        return self.kind.is_proof and (bool(self.of) or self.name.startswith("of "))


def result_opening(written: Written, lines: tuple[int, int]) -> list[Token]:
    """The tokens that open a result; `lines` are its first line and the one after its last."""
    kind = written.kind
    outer = block_token("result_open", "details" if written.fold else "div", 1)
    names = ("result", f"result-{kind.id}", f"result-style-{kind.style}", *written.classes)
    outer.attrs = {"class": " ".join(names)}
    if written.fold == "+":
        outer.attrs["open"] = ""
    outer.map = list(lines)
    outer.meta = {"result": written}
    title = block_token("result_title_open", "summary" if written.fold else "p", 1)
    title.attrs = {"class": "result-title"}
    title.meta = {"result": written}
    name = block_token("inline", "", 0)
    name.content = f"@{{{written.of}}}" if written.of else written.name
    if written.names_another:
        name.content = name.content.removeprefix("of ")
    name.children = []
    name.map = [lines[0], lines[0] + 1]
    name.meta = {IN_LINE: True}
    end = block_token("result_title_close", title.tag, -1)
    end.meta = title.meta
    body = block_token("result_body_open", "div", 1)
    body.attrs = {"class": "result-body"}
    return [outer, title, name, end, body]


def result_closing(written: Written) -> list[Token]:
    """The tokens that close a result."""
    end = block_token("result_close", "details" if written.fold else "div", -1)
    end.meta = {"result": written}
    return [block_token("result_body_close", "div", -1), end]


def set_levels(opening: list[Token], closing: list[Token], level: int) -> None:
    """Give the outermost tokens their level; what they hold is one deeper."""
    for token in (*opening, *closing):
        token.level = level + 1
    opening[0].level = closing[-1].level = level


def restate_token(text: str, span: Span) -> Token | None:
    """The token that shows another result again: named by its label or by a wikilink."""
    found = _RESTATED.fullmatch(text.strip().removeprefix("@"))
    if found is None or not (found[1] or found[2]):
        return None
    target, name = (found[1], found[2]) if found[2] else ("", found[1])
    token = block_token("restate", "", 0)
    token.meta = {
        "reference": Reference(
            ReferenceKind.RESTATE, target.strip(), name.strip(), is_wikilink=True, text=text,
            span=span,
        )
    }  # fmt: skip
    return token


def closing_index(tokens: list[Token], index: int) -> int:
    """The index of the token that closes what the one at `index` opens."""
    opening = tokens[index].type
    closing = opening.replace("_open", "_close")
    depth = 0
    for position in range(index, len(tokens)):
        depth += (tokens[position].type == opening) - (tokens[position].type == closing)
        if depth == 0:
            return position
    raise AssertionError("every block that is opened is closed")


def insert_all(tokens: list[Token], inserted: Mapping[int, list[Token]]) -> None:
    """Put tokens before those at these indices; an index may be the end."""
    if inserted:
        tokens[:] = [
            each
            for index, token in enumerate([*tokens, None])
            for each in (*inserted.get(index, ()), token)
            if each is not None
        ]


def written_results(tokens: Iterable[Token]) -> list[Written]:
    """The results that these tokens open, in order."""
    return [token.meta["result"] for token in tokens if token.type == "result_open"]


def block_token(kind: str, tag: str, nesting: int) -> Token:
    """A token of that type for a block, or for the text in one."""
    token = Token(kind, tag, nesting)  # type: ignore[arg-type]
    token.block = kind != "inline"
    return token
