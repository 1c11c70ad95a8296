"""What one file says: title, headings, summary, excerpt, labels."""

from __future__ import annotations

import pytest

from notesite.markdown.note import NoteParser
from notesite.spans import Span
from tests.conftest import html_of, parse


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: Given\n---\n# Other", "Given"),
        ("# First\n\ntext", "First"),
        ("text\n\n# Later", "Later"),
        ("## Second level\n\ntext", "a note"),
        ("# One\n\n# Two", "a note"),
        ("> [!infobox]\n> # Name\n\ntext", "a note"),
        ("#tag\n\n![[a.png]]\n\n---\n\n# Later", "Later"),
        ("one\n\ntwo\n\nthree\n\n- four\n\n# A section", "a note"),
        ("> [!infobox]\n> # Name\n\n# First", "First"),
        ("text", "a note"),
        ("---\ntitle: 1984\n---\n", "1984"),
        ('---\ntitle: "On $\\\\sigma_{\\\\max}$"\n---\n', "On σ_max"),
    ],
)
def test_title(parser: NoteParser, text: str, title: str) -> None:
    assert parse(parser, text).title.text == title


def test_heading_that_is_the_title_leaves_the_body(parser: NoteParser) -> None:
    note = parse(parser, "# First\n\ntext\n\n## Second")
    assert [(h.level, h.title.text) for h in note.headings] == [(2, "Second")]


def test_a_title_below_tags_alone_is_not_said_twice(parser: NoteParser) -> None:
    note = parse(parser, "#uni/qm #notes \n#more\n\n# First\n\ntext\n\n## Second")
    assert note.title.text == "First"
    assert [heading.title.text for heading in note.headings] == ["Second"]
    assert "{tag:notes}" in html_of(note)
    kept = parse(parser, "#uni and words\n\n# First\n\ntext")
    assert [heading.title.text for heading in kept.headings] == ["First"]


def test_heading_that_repeats_the_title_leaves_the_body(parser: NoteParser) -> None:
    assert parse(parser, "---\ntitle: The End\n---\n# The End\n\ntext").headings == ()
    assert parse(parser, "---\ntitle: The End\n---\n#tag\n\n# The End\n\ntext").headings == ()


def test_headings_of_the_first_level_move_down(parser: NoteParser) -> None:
    note = parse(parser, "# One\n\n## Two\n\n# Three")
    assert [(h.level, h.anchor) for h in note.headings] == [(2, "one"), (3, "two"), (2, "three")]
    assert "<h1" not in html_of(note)


def test_anchors_are_unique_and_outlive_the_engine(parser: NoteParser) -> None:
    note = parse(parser, "## A b\n\n## A b\n\n## On $\\lambda$\n\n## Own {#mine}\n\n## 你好")
    assert [h.anchor for h in note.headings] == ["a-b", "a-b-1", "on-lambda", "mine", "你好"]


def test_titles_hold_no_links(parser: NoteParser) -> None:
    (heading,) = parse(parser, "## See [this](a.md) and [[b]][^1]\n\n[^1]: x").headings
    assert heading.title.html == "See this and b"
    assert heading.title.text == "See this and b"


def test_summary_holds_math_and_links(parser: NoteParser) -> None:
    note = parse(parser, "---\nsummary: A *b* with $x^2$ and [[c]]\n---\n")
    assert note.summary is not None
    assert note.summary.text == "A b with x² and c"
    assert any(not isinstance(piece, str) for piece in note.summary.body)


def test_excerpt_is_the_first_paragraph_of_prose(parser: NoteParser) -> None:
    note = parse(parser, "## Head\n\n> quoted words at some length\n\nThe first *real* words here.")
    assert note.excerpt == "The first real words here."


def test_words_do_not_count_math_or_code(parser: NoteParser) -> None:
    assert parse(parser, "two words $x+y$ `code here`\n\n```\nmore code\n```").words == 2


def test_macros_of_the_front_matter_hold_in_the_note(parser: NoteParser) -> None:
    note = parse(parser, "---\nmacros:\n  RR: \\mathbb{R}\n---\n$\\RR$")
    assert note.diagnostics == ()
    assert "ℝ" in html_of(note)


def test_labels_are_collected(parser: NoteParser) -> None:
    note = parse(
        parser, "\\begin{equation}a=b\\label{eq:one}\\end{equation}\n\nSee \\eqref{eq:one}"
    )
    assert [(label.name, label.number, label.anchor) for label in note.labels] == [
        ("eq:one", "1", "eq-one")
    ]
    assert "See {cite-or-label:eqref}" in html_of(note)


def test_lines_are_counted_from_the_start_of_the_file(parser: NoteParser) -> None:
    text = "---\ntitle: x\n---\n\ntext [[gone]]"
    (reference,) = [p for p in parse(parser, text).body if not isinstance(p, str)][:1]
    assert reference.span is not None
    assert (reference.span.start.line, reference.span.start.column) == (5, 6)


def test_a_control_character_is_told_of_and_shown_as_missing(
    parser: NoteParser,
) -> None:
    note = parse(parser, "---\ntitle: x\n---\nAll\n`a\x1b[31mb\x85` well\x15")
    assert "<code>a\ufffd[31mb\ufffd</code> well\ufffd" in html_of(note)
    (problem,) = note.diagnostics
    assert problem.code == "source-character"
    assert problem.span
    assert problem.span.start == (5, 3)
    assert "U+001B" in problem.message


@pytest.mark.parametrize("opening", ["\\[x\\]", "\\[x", "$$x$$", "\\begin{align}x\\end{align}"])
@pytest.mark.parametrize("before", ["[^1]: text\n", "- text\n\n  more\n", "> text\n", ": text\n"])
def test_a_display_below_a_paragraph_of_a_container_is_none_of_it(
    parser: NoteParser, before: str, opening: str
) -> None:
    note = parse(parser, f"word[^1]\n\n{before}{opening}\n\nlast")
    assert "last" in html_of(note)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\ntitle: x\n\nText", "front matter that is never closed"),
        ("+++\ntitle = 'x'\n+++\nText", "front matter in TOML, which is not read"),
        ("---\n\nNote: after a line", None),
        ("---\nafter a line", None),
        ("+++ plus", None),
    ],
)
def test_front_matter_that_is_none_is_told_of(
    parser: NoteParser, text: str, message: str | None
) -> None:
    problems = parse(parser, text).diagnostics
    assert [problem.message for problem in problems] == ([message] if message else [])
    assert all(problem.span and problem.span.start == (1, 1) for problem in problems)


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("##Two", (1, 1), "write '## Two'"),
        ("a\n\n###Three words\nb", (3, 1), "write '### Three words'"),
        ("#\N{NO-BREAK SPACE}One", (1, 1), "an ordinary space"),
        ("-\N{NO-BREAK SPACE}one\n-\N{NO-BREAK SPACE}two", (1, 1), "an ordinary space"),
        ("> ##Two", (1, 3), "write '## Two'"),
    ],
)
def test_marks_that_begin_nothing_are_told_of(
    parser: NoteParser, text: str, place: tuple[int, int], hint: str
) -> None:
    problem, *_ = parse(parser, text).diagnostics
    assert problem.code == "mark-space"
    assert problem.span is not None
    assert (problem.span.start.line, problem.span.start.column) == place
    assert hint in problem.hints[0]


@pytest.mark.parametrize("text", ["#tag", "## Two", "###", "```\n##Two\n```", "a ##b", "`##c`"])
def test_marks_that_are_none_are_left_alone(parser: NoteParser, text: str) -> None:
    assert parse(parser, text).diagnostics == ()


@pytest.mark.parametrize(
    ("depth", "is_shown"), [(20, True), (58, True), (59, True), (60, False), (70, False)]
)
def test_what_is_nested_too_deeply_is_told_of(
    parser: NoteParser, depth: int, is_shown: bool
) -> None:
    note = parse(parser, "> " * depth + "innermost")
    assert ("innermost" in html_of(note)) == is_shown
    assert [each.code for each in note.diagnostics] == ["markdown-too-deep"] * (not is_shown)


def test_a_display_with_nothing_in_it_is_told_of(parser: NoteParser) -> None:
    assert [each.code for each in parse(parser, "$$\n$$").diagnostics] == ["math-empty"]


def test_a_note_that_is_too_long_for_text_is_told_of_and_keeps_its_title(
    parser: NoteParser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notesite.markdown.note_reading.LONGEST", 1000)
    note = parse(parser, "---\ntitle: Long\n---\n" + "Word.\n\n" * 300)
    assert [(each.code, each.span) for each in note.diagnostics] == [
        ("markdown-too-long", Span.at(1, 1))
    ]
    assert note.title.text == "Long"
    assert "Word" not in html_of(note)
    assert parse(parser, "Word.\n\n" * 100).diagnostics == ()
