"""The bodies of macros, cut where their arguments go."""

from __future__ import annotations

from functools import lru_cache

from notesite.math.tex import TokenStream, tokenize


@lru_cache(maxsize=4096)
def parts(body: str) -> tuple[tuple[str, ...] | int, ...]:
    """The body of a macro cut at its parameters: runs of token texts, and numbers of arguments."""
    stream = TokenStream(tokenize(body))
    parts: list[tuple[str, ...] | int] = []
    run: list[str] = []
    for token in stream:
        following = stream.peek()
        if token.text == "#" and following and following.text[0] == "#":
            # The parameter of a macro that the body defines: it loses one sign.
            stream.first_character()
            run.append("#")
        elif token.text == "#" and following and following.text[0] in "123456789":
            digit = stream.first_character()
            assert digit is not None
            parts += [tuple(run), int(digit.text)]
            run = []
        else:
            run.append(token.text)
    return (*parts, tuple(run))
