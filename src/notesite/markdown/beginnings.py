"""Which rules are tried where: only those that can begin with the character that stands there.

markdown-it tries all its rules at each mark of a line and at each line, one after the other, and
nearly all say at once that what they look for begins otherwise. Here that is known before: a rule
of ours, or of markdown-it's own, is called only where a character stands that it may begin with.
Rules that this file does not know, such as those of a site's plugins, are tried everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from markdown_it.ruler import Ruler

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

    InlineRule = Callable[[StateInline, bool], bool]
    BlockRule = Callable[[StateBlock, int, int, bool], bool]
    _Chain = Callable[[Mapping[str, Sequence[Any]], Sequence[Any]], Any]

Rule = TypeVar("Rule")

INLINE = {
    "text": "", "linkify": ":", "newline": "\n", "latex_cite": "\\", "cite_command": "\\$",
    "math_dollar": "$",
    "math_environment": "\\", "math_backslash": "\\", "escape": "\\", "backticks": "`",
    "strikethrough": "~", "highlight": "=", "comment": "%", "emphasis": "*_", "wikilink": "![",
    "cite_bracket": "[", "cite_prose": "@-", "link": "[", "image": "!", "spaced_link": "![",
    "footnote_inline": "^", "footnote_endless": "[", "footnote_ref": "[", "autolink": "<",
    "html_inline": "<", "entity": "&", "attr": "{", "image_attributes": "{",
    "shortcode": "{", "tag": "#", "role": "{",
    "latex_leftover": "\\", "latex_tie": "~", "latex_quotes": "`",
}  # fmt: skip
"""The characters that what an inline rule reads begins with, by the rule's name.

Empty where that is any character that stands for no other rule.
"""

BLOCK = {
    "attr": "{", "admonition": "`~", "directive": "`~:", "colon_box": ":",
    "indented_box": "!?=", "target": "(", "left_out_line": "+[", "result_fence": ":",
    "math_block": "$",
    "math_environment": "\\",
    "math_bracket": "\\", "comment": "%", "column_mark": "-=", "fence": "`~",
    "blockquote": ">", "hr": "*-_",
    "list": "*+-0123456789", "footnote_def": "[", "reference": "[", "html_block": "<",
    "heading": "#",
}  # fmt: skip
"""The characters that a line begins with, behind its indentation, where a block rule applies."""


def begin_where_they_may(md: MarkdownIt) -> None:
    """Have the rules that `md` now has tried only where they may begin; their order stays."""
    md.block.ruler = _Ruler(md.block.ruler, BLOCK, _at_line)
    md.inline.ruler = _Ruler(md.inline.ruler, INLINE, _at_mark)


class _Ruler(Ruler[Rule]):
    """markdown-it's ruler, whose chains are one rule each, which calls those that fit."""

    def __init__(self, ruler: Ruler[Rule], beginnings: Mapping[str, str], chain: _Chain) -> None:
        super().__init__()
        self.__rules__ = ruler.__rules__
        self._chain = chain
        # By the functions: what a plugin puts in the place of one may begin elsewhere.
        self._beginnings = {
            rule.fn: beginnings[rule.name] for rule in self.__rules__ if rule.name in beginnings
        }

    def __compile__(self) -> None:
        """Build the chains, as in the base class."""
        super().__compile__()
        assert self.__cache__ is not None
        for name, rules in self.__cache__.items():
            self.__cache__[name] = [self._chain(*self._sorted(rules))]

    def _sorted(self, rules: list[Rule]) -> tuple[dict[str, list[Rule]], list[Rule]]:
        """The rules that may begin with each sign, and those that may with any other character."""
        signs = {sign for beginning in self._beginnings.values() for sign in beginning}
        at = {
            sign: [rule for rule in rules if sign in self._beginnings.get(rule, sign)]
            for sign in signs
        }
        return at, [rule for rule in rules if not self._beginnings.get(rule)]


def _at_mark(at: Mapping[str, Sequence[InlineRule]], others: Sequence[InlineRule]) -> InlineRule:
    def first_that_fits(state: StateInline, silent: bool) -> bool:
        # `any` would need a generator, whose start takes as long as a rule.
        for rule in at.get(state.src[state.pos], others):  # noqa: SIM110
            if rule(state, silent):
                return True
        return False

    return first_that_fits


def _at_line(at: Mapping[str, Sequence[BlockRule]], others: Sequence[BlockRule]) -> BlockRule:
    def first_that_fits(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        begin = state.bMarks[start_line] + state.tShift[start_line]
        # An empty line has a line feed there, the last one nothing.
        for rule in at.get(state.src[begin : begin + 1], others):
            if rule(state, start_line, end_line, silent):
                return True
        return False

    return first_that_fits
