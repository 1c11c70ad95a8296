"""Text in formulas for latex2mathml, which would let its markup through: written here as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.accents import ACCENTS, accented
from notesite.math.boxes import SIZES
from notesite.math.engines.engine import EngineError
from notesite.math.engines.latex2mathml_signs import TEXT_SIGNS
from notesite.math.tex import TokenStream
from notesite.text import escape_html

if TYPE_CHECKING:
    from notesite.math.tex import Token

TEXTS = {
    "text": ("", ""), "textrm": ("", ""), "textbf": ("<b>", "</b>"), "textit": ("<i>", "</i>"),
    "emph": ("<em>", "</em>"), "texttt": ("<code>", "</code>"),
    "textsf": ('<span class="math-sans">', "</span>"),
    "textsc": ('<span class="math-small-caps">', "</span>"), "underbar": ("<u>", "</u>"),
}  # fmt: skip
_TEXT_SYMBOLS = {
    "_": "_", "&": "&amp;", "%": "%", "$": "$", "#": "#", "{": "{", "}": "}", " ": " ",
    ",": "\u2009", ";": " ", "!": "", "textbackslash": "\\", "textasciicircum": "^",
    "textasciitilde": "~", "ldots": "…", "dots": "…", "textendash": "–", "textemdash": "—",
    "quad": "\u2003", "qquad": "\u2003\u2003", "nobreakspace": "\u00a0", "sect": "§", **TEXT_SIGNS,
}  # fmt: skip
_QUOTES = {0x60: "\u2018", 0x27: "\u2019"}


def text_elements(token: Token, stream: TokenStream) -> str:
    r"""A text command and its argument as elements: another one where the size changes."""
    pieces: list[tuple[str, list[Token]]] = [("", [])]
    depth = 0
    for part in stream.argument():
        depth += (part.text == "{") - (part.text == "}")
        if depth == 0 and part.name in SIZES:
            pieces.append((f' mathsize="{SIZES[part.name]}"', []))
        elif part.is_space and pieces[-1][0] and not pieces[-1][1]:
            continue
        else:
            pieces[-1][1].append(part)
    before, after = TEXTS[token.name]
    shown = [
        f"<mtext{size}>{before}{_content(TokenStream(content))}{after}</mtext>"
        for size, content in pieces
        if content
    ]
    return "".join(shown) if len(shown) == 1 else f"<mrow>{''.join(shown)}</mrow>"


def _content(inner: TokenStream) -> str:
    """What is in a text as HTML; raises EngineError."""
    pieces: list[str] = []
    for part in inner:
        if part.text[0] != "\\":
            blank = part.text.replace("~", "\u00a0").translate(_QUOTES)
            pieces.append("" if part.text in {"{", "}"} else escape_html(blank))
        elif part.name in TEXTS:
            before, after = TEXTS[part.name]
            pieces.append(before + _content(TokenStream(inner.argument())) + after)
        elif part.name in ACCENTS:
            pieces.append(accented_letter(part, inner))
        elif part.name in _TEXT_SYMBOLS:
            pieces.append(_TEXT_SYMBOLS[part.name])
            if part.name.isalpha():
                inner.skip_space()
        else:
            raise EngineError(part.start, "Not valid in text mode.")
    return "".join(pieces)


def accented_letter(accent: Token, stream: TokenStream) -> str:
    """A letter of text with its accents; raises EngineError."""
    letter = accented(accent.name, stream.argument())
    if letter is None:
        raise EngineError(accent.start, "Not valid in text mode.")
    return escape_html(letter)
