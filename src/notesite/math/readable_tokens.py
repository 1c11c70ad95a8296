"""Reading what a formula that is said in words still has to say: arguments, groups, options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notesite.math.values import Macro

Pending = list[str]
"""The texts of tokens yet to be said, the next one last."""


class Speaker(Protocol):
    """What says tokens."""

    @property
    def macros(self) -> Mapping[str, Macro]:
        """The macros in force."""
        ...

    def say(self, texts: list[str]) -> str:
        """The text of tokens, those of groups inside of them included."""
        ...

    def argument(self, pending: Pending) -> str:
        """The next argument, said."""
        ...


def skip_space(pending: Pending) -> None:
    """Takes away the blanks that come next."""
    while pending and pending[-1].isspace():
        pending.pop()


def argument(pending: Pending) -> list[str]:
    """The next argument without its braces, empty where there is none."""
    skip_space(pending)
    if not pending or pending[-1] in {"}", "&"}:
        return []
    text = pending.pop()
    if text == "{":
        return rest_of_group(pending)
    if len(text) > 1 and text[0] != "\\":
        pending.append(text[1:])
        return [text[0]]
    return [text]


def rest_of_group(pending: Pending) -> list[str]:
    """What is left of a group, whose closing brace is taken away."""
    depth = 1
    content: list[str] = []
    while pending:
        text = pending.pop()
        depth += (text == "{") - (text == "}")
        if depth == 0:
            break
        content.append(text)
    return content


def bracketed(pending: Pending) -> list[str] | None:
    """The optional argument in brackets, None where there is none."""
    if not pending or pending[-1] != "[" or "]" not in pending:
        return None
    pending.pop()
    content: list[str] = []
    while pending and (text := pending.pop()) != "]":
        content.append(text)
    return content
