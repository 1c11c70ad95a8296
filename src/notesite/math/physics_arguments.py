"""Reading what follows a macro of the package physics: its size, its parentheses, its groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.tex import at_place, texts_of

if TYPE_CHECKING:
    from notesite.math.tex import Token, TokenStream

PARTNERS = {"(": ")", "[": "]", "|": "|"}
_SIZES = frozenset({"\\big", "\\Big", "\\bigg", "\\Bigg"})
AUTOMATIC = "automatic"


def size_of(stream: TokenStream) -> str:
    r"""How large delimiters are to be: as their content without anything, `\big`, or as usual."""
    stream.skip_space()
    following = stream.peek()
    if following is not None and following.text in _SIZES:
        stream.pop()
        stream.skip_space()
        return following.text
    return "" if stream.take("*") else AUTOMATIC


def fenced(
    use: Token, opening: str, closing: str, content: list[Token], size: str = AUTOMATIC
) -> list[Token]:
    """The content between two delimiters of a size."""
    before, after = {AUTOMATIC: ("\\left", "\\right"), "": ("", "")}.get(
        size, (f"{size}l", f"{size}r")
    )
    opened = f"{before}{opening}" if size or opening != "." else ""
    closed = f"{after}{closing}" if size or closing != "." else ""
    return [*tex_at(opened, use), *content, *tex_at(closed, use)]


def tex_at(tex: str, use: Token) -> list[Token]:
    """TeX that stands for the macro at `use`."""
    return at_place(texts_of(tex), use)


def has_group(stream: TokenStream) -> bool:
    """Whether a group follows."""
    following = stream.peek()
    return following is not None and following.text == "{"


def between(stream: TokenStream, *openings: str) -> tuple[str, list[Token]] | None:
    """The opening delimiter that follows and what stands up to its partner; None if none does."""
    stream.skip_space()
    opening = stream.first_character()
    if opening is None:
        return None
    content = None
    if opening.text in openings:
        content = up_to(stream, opening.text, PARTNERS[opening.text])
    if content is None:
        stream.push([opening])
        return None
    return opening.text, content


def up_to(stream: TokenStream, opening: str, closing: str) -> list[Token] | None:
    """What stands before the closing delimiter, both taken away; None, and nothing is taken."""
    content: list[Token] = []
    braces = depth = 0
    while (token := stream.first_character()) is not None:
        braces += (token.text == "{") - (token.text == "}")
        if braces < 0:
            content.append(token)
            break
        if braces == 0 and token.text == closing and depth == 0:
            return content
        if braces == 0 and opening != closing:
            depth += (token.text == opening) - (token.text == closing)
        content.append(token)
    stream.push(content)
    return None
