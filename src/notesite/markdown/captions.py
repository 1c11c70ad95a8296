"""Captions and numbers of figures, tables, listings and sections that carry a label.

A label begins with the name of its kind: `{#fig-x}` behind an image, `{#tbl-x}` behind the caption
of a table (a paragraph beside it that begins with `Table:` or `:`, as in pandoc), `{#lst-x}` in the
first line of fenced code with `caption="…"`, `{#sec-x}` behind a heading. As in Quarto, what has no
label has no number.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from markdown_it.token import Token

from notesite.diagnostics import Related, diagnose
from notesite.markdown.code import read_fence_info
from notesite.markdown.places import FILE, LINES, PROBLEMS, content_origin, report, words
from notesite.markdown.results.tokens import closing_index, settings
from notesite.markdown.targets import TARGET
from notesite.model import PAGE_ANCHOR, Label
from notesite.spans import Span
from notesite.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

    from notesite.model import Heading, Title

_TABLE_CAPTION = re.compile(
    r"(?:Table:|:)[ \t]+(?P<words>.*?)[ \t]*(?:\{#(?P<label>[\w:.-]+)(?:[ \t][^{}]*)?\})?[ \t]*",
    re.DOTALL,
)
_KINDS = {
    "fig": "figure", "tbl": "table", "tab": "table", "lst": "listing", "sec": "section",
}  # fmt: skip
_PREFIX = re.compile(r"([a-z]+)[-:]")
_FRAMES = {"figure_open": "figcaption_open", "table_open": "caption_open"}


def captions_plugin(md: MarkdownIt) -> None:
    """Add the rule to `md`, between the reading of blocks and that of their text."""
    md.core.ruler.after("block", "captions", _read_captions)


def _read_captions(state: StateCore) -> None:
    if any(token.type in {"table_open", "fence"} for token in state.tokens):
        state.tokens = _with_table_captions(_with_listings(state.tokens))
    for token in state.tokens:
        if token.type == "inline" and token.content.startswith(("Table:", ":")):
            _check_caption(token, state.env)


def _check_caption(inline: Token, env: Mapping[str, Any]) -> None:
    """Report a caption that no table has taken, if its label says that one should."""
    found = _TABLE_CAPTION.fullmatch(inline.content)
    if found and found["label"] and kind_of_label(found["label"]) == "table":
        origin = content_origin(inline, env.get(LINES, ()))
        span = origin.span(found.start("label") - 1, found.end("label"))
        message = "this caption has no table beside it"
        report(env, "caption-stray", message, span, "a table's caption is the paragraph next to it")


def _with_listings(tokens: list[Token]) -> list[Token]:
    rewritten: list[Token] = []
    for token in tokens:
        info = read_fence_info(token.info) if token.type == "fence" else None
        if info is None or not (info.label or info.caption):
            rewritten.append(token)
            continue
        figure = _block("figure_open", "figure", 1, token)
        figure.attrs = {"class": "listing"}
        if info.label:
            figure.attrs["id"] = info.label
        caption = _caption("figcaption", info.caption, token)
        end = _block("figure_close", "figure", -1, token)
        rewritten += [figure, *caption, token, end]
    return rewritten


def _caption(tag: str, text: str, place: Token) -> list[Token]:
    inline = _block("inline", "", 0, place)
    inline.content, inline.children = text, []
    return [
        _block(f"{tag}_open", tag, 1, place), inline, _block(f"{tag}_close", tag, -1, place),
    ]  # fmt: skip


def _block(kind: str, tag: str, nesting: int, place: Token) -> Token:
    token = Token(kind, tag, nesting, block=True, level=place.level)  # type: ignore[arg-type]
    token.map = place.map
    return token


def _with_table_captions(tokens: list[Token]) -> list[Token]:
    """Move the paragraphs that are captions of tables into them."""
    taken: set[int] = set()
    captions: dict[int, list[Token]] = {}
    for start, token in enumerate(tokens):
        if token.type != "table_open":
            continue
        end = closing_index(tokens, start)
        for at in (end + 1, start - 3):
            found = _table_caption(tokens, at) if at not in taken else None
            if found is None:
                continue
            if found["label"]:
                token.attrs["id"] = found["label"]
            captions[start] = _caption("caption", found["words"], tokens[at + 1])
            taken.update((at, at + 1, at + 2))
            break
    moved: list[Token] = []
    for index, token in enumerate(tokens):
        if index not in taken:
            moved += [token, *captions.get(index, ())]
    return moved


def _table_caption(tokens: list[Token], at: int) -> re.Match[str] | None:
    if not 0 <= at < len(tokens) - 2 or tokens[at].type != "paragraph_open":
        return None
    return _TABLE_CAPTION.fullmatch(tokens[at + 1].content)


def kind_of_label(label: str) -> str:
    """The id of the kind that a label names by its beginning, if it is one of these."""
    found = _PREFIX.match(label)
    return _KINDS.get(found[1], "") if found else ""


def number_captions(tokens: list[Token], env: Mapping[str, Any]) -> tuple[Label, ...]:
    """Number what is labelled and has a caption, and say so in it; the labels."""
    by_section = settings(env).config.number_by == "section"
    section, counts = 0, Counter[tuple[str, int]]()
    labels: dict[str, Label] = {}
    for index, token in enumerate(tokens):
        section += token.type == "heading_open" and token.tag == "h2"
        label = str(token.attrs.get("id", "")) if token.type in _FRAMES else ""
        kind = kind_of_label(label)
        if not kind or kind == "section":
            continue
        if label in labels:
            _report_duplicate(label, token, labels[label], env)
            continue
        key = (kind, section if by_section else 0)
        counts[key] += 1
        number = f"{key[1]}.{counts[key]}" if key[1] else str(counts[key])
        labels[label] = Label(label, kind, number, label, _span(token))
        _say_number(tokens, index, f"{words(env).text(f'result.{kind}')}\u00a0{number}")
    return tuple(labels.values())


def _report_duplicate(label: str, token: Token, first: Label, env: Mapping[str, Any]) -> None:
    related = (Related("the first of this label", env[FILE], first.span),)
    message = f"the label '{label}' is given twice"
    span = _span(token)
    env[PROBLEMS].append(diagnose("label-duplicate", message, env[FILE], span, related=related))
    del token.attrs["id"]


def _span(token: Token) -> Span | None:
    return Span.at(token.map[0] + 1, 1) if token.map else None


def _say_number(tokens: list[Token], index: int, text: str) -> None:
    """Put kind and number before the caption of what begins at `index`."""
    wanted = _FRAMES[tokens[index].type]
    for at in range(index, closing_index(tokens, index)):
        if tokens[at].type == wanted:
            inline = tokens[at + 1]
            stop = "." if inline.children else ""
            html = f'<span class="caption-label">{escape_html(text)}{stop}</span> '
            inline.children = [html_token(html), *(inline.children or [])]
            return


def html_token(html: str) -> Token:
    """A token of finished HTML within a line."""
    token = Token("made_html", "", 0)
    token.meta = {"html": html}
    return token


def section_labels(tokens: list[Token], headings: tuple[Heading, ...]) -> tuple[Label, ...]:
    """The labels of headings: with their numbers if they have some, else by their titles.

    What else a target has named is called by the heading above it.
    """
    titles: dict[str, Title] = {heading.anchor: heading.title for heading in headings}
    labels, title = [], None
    for opening, inline in pairwise(tokens):
        anchor = str(opening.attrs.get("id", ""))
        name, number = opening.meta.get(TARGET, ""), ""
        if opening.type == "heading_open":
            name, title = _name_of_heading(anchor, inline), titles.get(anchor)
            number = str(opening.meta.get("number", ""))
        if name:
            labels.append(Label(name, "section", number, anchor, _span(opening), title))
    return tuple(labels)


def title_labels(title: Token | None, shown: Title) -> tuple[Label, ...]:
    """The label of the heading that became the note's title, if a target gave it one."""
    name = title.meta.get(TARGET) if title else None
    return (Label(name, "section", "", PAGE_ANCHOR, None, shown),) if name else ()


def _name_of_heading(anchor: str, inline: Token) -> str:
    """What a heading can be referred to by: the name of a target, or a label of its own."""
    given: str | None = inline.meta.get(TARGET)
    return given or (anchor if kind_of_label(anchor) == "section" else "")


def number_headings(tokens: list[Token]) -> None:
    """Number the headings of the second to the fourth level, in the text and in what lists them."""
    counts = [0, 0, 0]
    for index, token in enumerate(tokens):
        depth = int(token.tag[1]) - 2 if token.type == "heading_open" else len(counts)
        if token.level or depth >= len(counts):
            continue
        counts[depth] += 1
        counts[depth + 1 :] = [0] * (len(counts) - depth - 1)
        number = ".".join(str(count) for count in counts[: depth + 1])
        token.meta["number"] = number
        inline = tokens[index + 1]
        html = f'<span class="heading-number">{number}</span> '
        inline.children = [html_token(html), *(inline.children or [])]
