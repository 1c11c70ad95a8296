"""Code that would take its lexer too long, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notesite.diagnostics import diagnose
from notesite.markdown.code import fence_language, highlight
from notesite.markdown.places import FILE, PROBLEMS
from notesite.markdown.workings import workings
from notesite.spans import Span
from notesite.text import escape_html

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from markdown_it.token import Token

_IS_SLOW = "notesite_slow_code"


def highlighted(fence: Token, env: MutableMapping[str, Any]) -> str:
    """The HTML of fenced code; plain where it, or some above it in the note, takes too long."""
    language = fence_language(fence)
    html = None if env.get(_IS_SLOW) else _found(fence.content, language, env)
    if html is not None:
        return html
    if not env.get(_IS_SLOW):
        # Each block of a note could be such a one.
        env[_IS_SLOW] = True
        span = Span.at(fence.map[0] + 1, 1, 3) if fence.map else None
        message = f"to read it as '{language}' takes too long; it is shown plain, as all code below"
        hints = ("name no language, or 'text'",)
        # An error: a faster machine might have coloured it, and each is to publish the same.
        env[PROBLEMS].append(diagnose("code-too-slow", message, env[FILE], span, hints=hints))
    return escape_html(fence.content)


def _found(code: str, language: str, env: MutableMapping[str, Any]) -> str | None:
    """As `highlight` says; of a language's code what it made before is taken."""
    if not language:
        return highlight(code, language)
    return workings(env).of(("code", language, code), lambda: highlight(code, language))
