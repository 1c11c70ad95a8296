"""What a note's published Markdown never gives away, whatever a note is made of."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notesite.config import MarkdownConfig
from notesite.markdown.note import NoteParser
from notesite.markdown.withholding import withheld_from, without_withheld
from notesite.math import MathSettings
from notesite.model import Reference, Source

SECRET = re.compile(r"SECRET\d+")
_PARSER = NoteParser(MarkdownConfig(), MathSettings())

# Each takes a text that may hold a comment; `{}` is where it stands.
BLOCKS = (
    "{}", "# {}", "## A `x` {}", "> {}\n> more {}", "- {}\n- b {}\n    - c {}", "1. {}",
    "| a | b |\n|---|---|\n| {} | $\\|x\\|$ {} |", "> [!note] {}\n> {}", "Term {}\n: means {}",
    "a\n{}\nb", "    code {}", "```\n{}\n```", "text `{}` more", "$x$ {} $y$", "$$\nx\n$$ {}",
    "^[note {} and {}]", "*em {} em*", "==mark {} mark==", "[link {}](https://a.b)",
    "![alt {}](https://a.b/c.png)", "[[note|text {}]]", "<div>\n\n{}\n\n</div>", "\\{}", "a  \n{}",
    "x {}\n\n[//]: # ({})", "- [ ] task {}", "~~{}~~", "<b>{}</b>", "https://a.b/{}", "#tag {}",
)  # fmt: skip
COMMENTS = st.sampled_from(
    ("%%SECRET{n}%%", "%% SECRET{n} *x* %%", "%%SECRET{n}\nSECRET{n} on%%", "%%\nSECRET{n}\n%%",
     "%%SECRET0%%", "none", "%%SECRET{n}", "a|%%SECRET{n}%%", "%%%SECRET{n}%%%",
     "%%a%%b%%SECRET{n}%%")
)  # fmt: skip


@st.composite
def notes(draw: st.DrawFn) -> str:
    count = 0
    blocks = []
    for block in draw(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=6)):
        pieces = block.split("{}")
        text = pieces[0]
        for piece in pieces[1:]:
            count += 1
            text += draw(COMMENTS).replace("{n}", str(count)) + piece
        blocks.append(text)
    return "---\ntitle: T\n---\n" + "\n\n".join(blocks) + "\n"


def shown_on_page(note_body: tuple[str | Reference, ...]) -> str:
    return "".join(
        piece if isinstance(piece, str) else f"{piece.target} {piece.text} {piece.attributes}"
        for piece in note_body
    )


@settings(max_examples=200, deadline=None)
@given(text=notes())
def test_what_the_page_does_not_show_is_not_published(text: str) -> None:
    note = _PARSER.parse(Source("a.md", "notes/a.md", text, "d"))
    codes = {problem.code for problem in note.diagnostics}
    withheld = withheld_from(note, ())
    # What a table loses without being a comment is a warning's matter.
    if withheld is None or codes >= {"table-cells-lost", "comment-unclosed"}:
        return
    published = without_withheld(text, withheld)
    if published is None:
        return
    secrets = set(SECRET.findall(published)) - set(SECRET.findall(shown_on_page(note.body)))
    assert secrets == set()


@pytest.mark.parametrize("block", BLOCKS)
def test_a_plain_comment_is_placed_in_every_block(block: str) -> None:
    """Nothing is withheld as a whole that could be published in part."""
    first, *rest = block.split("{}")
    text = first + "".join(f"%%SECRET{number}%%{piece}" for number, piece in enumerate(rest))
    note = _PARSER.parse(Source("a.md", "notes/a.md", text, "d"))
    withheld = withheld_from(note, ())
    assert withheld is not None or "![alt" in block
    assert withheld is None or without_withheld(text, withheld) is not None
