r"""Macros that look at what follows them before they expand, such as mathtools' paired delimiters.

What they mean is said in the manual of the package; those of physics are in `physics_forms`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.bodies import parts
from notesite.math.tex import Token, TokenStream, at_place, texts_of

if TYPE_CHECKING:
    from notesite.math.tex import Form
    from notesite.math.values import Macro

_SIDED = {"|": ("\\lvert", "\\rvert"), "\\|": ("\\lVert", "\\rVert")}


def _paired(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\abs{x}`, `\abs*{x}` with delimiters that stretch, `\abs[\big]{x}` with sized ones."""
    opening, closing = macro.delimiters
    before, after, _ = _sized(opening, closing, stream)
    content = stream.argument()
    return [*at_place(texts_of(before), use), *content, *at_place(texts_of(after), use)]


def _paired_around(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""What `\DeclarePairedDelimiterX` and `…XPP` define: delimiters around a body of its own."""
    first, opening, closing, last = macro.delimiters
    before, after, middle = _sized(opening, closing, stream)
    arguments = [stream.argument() for _ in range(macro.arguments)]

    def filled(body: str) -> list[Token]:
        tokens: list[Token] = []
        for part in parts(body):
            tokens += arguments[part - 1] if isinstance(part, int) else at_place(part, use)
        return tokens

    content = [
        each
        for token in filled(macro.body)
        for each in (at_place(middle, use) if token.text == "\\delimsize" else [token])
    ]
    pair = [*at_place(texts_of(before), use), *content, *at_place(texts_of(after), use)]
    return [*filled(first), *pair, *filled(last)]


def _sized(opening: str, closing: str, stream: TokenStream) -> tuple[str, str, tuple[str, ...]]:
    r"""The delimiters as large as the star or the brackets that follow say, and `\delimsize`."""
    opening = _SIDED.get(opening, (opening,))[0]
    closing = _SIDED.get(closing, (closing,))[-1]
    if stream.take("*"):
        return f"\\left{opening} ", f"\\right{closing} ", ("\\middle",)
    size = stream.bracketed()
    if size:
        name = size[0].text
        return f"{name}l{opening} ", f"{name}r{closing} ", (name,)
    return f"{opening} ", f"{closing} ", ()


FORMS: dict[str, Form] = {"paired": _paired, "paired-around": _paired_around}
"""By the name that `Macro.form` gives."""


def form_named(name: str) -> Form:
    """The form of this name."""
    if name in FORMS:
        return FORMS[name]
    if name == "document":
        from notesite.math.document_commands import expansion  # noqa: PLC0415 - as below

        return expansion
    from notesite.math.physics_forms import PHYSICS_FORMS  # noqa: PLC0415 - most sites use none

    return PHYSICS_FORMS[name.removeprefix("physics:")]
