"""Rules that are tried only where they may begin: nothing is read otherwise than without that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notesite.config import MarkdownConfig
from notesite.markdown import parser as assembling
from notesite.markdown.beginnings import BLOCK, INLINE, begin_where_they_may
from notesite.markdown.parser import build_parser

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

PIECES = (
    "word", " ", "  ", "\n", "\n\n", "\n> ", "\n- ", "\n* ", "\n12. ", "\n    ", "\n\t", "\n# ",
    "\n## T {#a}\n", "\n===\n", "\n---\n", "\n***\n", "\n::: theorem\n", "\n:::\n", "\n$$\n",
    "\n```py\n", "\n~~~\n", "\n| a | b |\n|--|--|\n", "\n[^1]: ", "\n[a]: b\n", "\n%%\n", "\n: ",
    "\n{.c}\n", "\n<div>\n", "\n\\begin{align}\n", "\\end{align}", "\n\\[\n", "\\]", "$", "$x$",
    "$$", "\\(", "\\)", "\\", "*", "**", "_", "`", "``", "~", "~~", "==", "%%", "[", "]", "[[",
    "]]", "![", "](", "](a)", "(", ")", "^[", "[^1]", "<", ">", "<b>", "<http://a.b>", "http://a.b",
    "&", "&amp;", "{", "}", "{.c}", "#", "#tag", "@", "@key", "[@key]", "-@key", "\\cite{a}",
    "\\ref{a}", "$\\ref{a}$", "!", "|", ":", "+", "-", "^", "ß", "\u2028", "\u00a0", '"', "'",
    "...", "^id",
)  # fmt: skip


def plain(monkeypatch: pytest.MonkeyPatch) -> MarkdownIt:
    """The parser as markdown-it would have it: every rule tried everywhere."""
    with monkeypatch.context() as patched:
        patched.setattr(assembling, "begin_where_they_may", lambda _md: None)
        return build_parser(MarkdownConfig())


def read(md: MarkdownIt, text: str) -> list[dict[str, Any]]:
    return [dict(token.as_dict()) for token in md.parse(text, {})]


@pytest.fixture(scope="module")
def parsers() -> tuple[MarkdownIt, MarkdownIt]:
    with pytest.MonkeyPatch.context() as patched:
        return build_parser(MarkdownConfig()), plain(patched)


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@settings(max_examples=400, deadline=None)
def test_a_text_is_read_as_by_rules_that_are_tried_everywhere(
    parsers: tuple[MarkdownIt, MarkdownIt], text: str
) -> None:
    quick, slow = parsers
    assert read(quick, text) == read(slow, text)


def test_the_beginnings_of_every_rule_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new rule without its characters would be right, but tried at each mark and each line."""
    md = plain(monkeypatch)
    anywhere = {"table", "code", "lheading", "deflist", "math_paragraph", "paragraph"}
    assert {rule.name for rule in md.inline.ruler.__rules__} == set(INLINE)
    assert {rule.name for rule in md.block.ruler.__rules__} == {*BLOCK, *anywhere}


def test_what_a_plugin_adds_or_replaces_is_tried_everywhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried = []

    def rule(state: StateInline, _silent: bool) -> bool:
        tried.append(state.src[state.pos])
        return False

    md = plain(monkeypatch)
    begin_where_they_may(md)
    md.inline.ruler.at("entity", rule)
    md.inline.ruler.before("text", "theirs", rule)
    md.parse("a & [", {})
    assert tried.count("a") == 1
    assert tried.count("&") == tried.count("[") == 2


def test_a_rule_that_is_switched_off_is_not_tried() -> None:
    md = build_parser(MarkdownConfig())
    md.disable("emphasis")
    assert "<em>" not in md.render("*a*")
