"""What the overlay is given to show."""

import json

from notesite.building import BuildReport
from notesite.diagnostics import Diagnostic, Related, Severity, diagnose
from notesite.server.problems import failure, problems_of
from notesite.spans import Position, Span


def problem_of(diagnostic, line):
    (problem,) = problems_of(BuildReport((diagnostic,), lines={"notes/a.md": ["", line]}))
    return problem


def error(start, end, **parts):
    span = Span(Position(2, start), Position(2, end))
    return diagnose("math-syntax", "what is <this>?", "notes/a.md", span, **parts)


def test_an_error_names_its_place_and_shows_its_line():
    related = (Related("defined here", "notesite.toml", Span.at(3, 4)),)
    problem = problem_of(error(4, 7, hints=("try that",), related=related), "a $\\x$ <b>&</b>")
    assert problem == {
        "place": "notes/a.md:2:4",
        "code": "math-syntax",
        "message": "what is <this>?",
        "excerpt": {"before": "a $", "marked": "\\x$", "after": " <b>&</b>"},
        "notes": ["try that", "defined here: notesite.toml:3:4"],
    }


def test_a_long_line_is_cut_around_what_is_meant():
    excerpt = problem_of(error(501, 504), "a" * 500 + "bcd" + "e" * 500)["excerpt"]
    assert excerpt == {
        "before": "…" + "a" * 60, "marked": "bcd", "after": "e" * 100 + "…",
    }  # fmt: skip


def test_a_place_beyond_the_end_of_its_line_is_shown_at_the_end():
    assert problem_of(error(90, 99), "short")["excerpt"] == {
        "before": "short", "marked": "", "after": "",
    }  # fmt: skip


def test_a_span_of_several_lines_is_marked_to_the_end_of_the_first():
    diagnostic = diagnose(
        "math-unclosed", "open", "notes/a.md", Span(Position(2, 3), Position(4, 1))
    )
    assert problem_of(diagnostic, "a $$x")["excerpt"] == {
        "before": "a ", "marked": "$$x", "after": "",
    }  # fmt: skip


def test_an_error_without_a_place_or_with_a_line_that_is_gone_has_no_excerpt():
    assert problem_of(diagnose("output-refused", "no", "output"), "x")["excerpt"] is None
    gone = diagnose("math-syntax", "no", "notes/a.md", Span.at(9, 1))
    assert problem_of(gone, "x")["excerpt"] is None


def test_only_errors_are_shown_and_not_too_many():
    warning = Diagnostic(Severity.WARNING, "link-not-found", "w", "a.md")
    errors = tuple(diagnose("math-syntax", f"e{i}", "a.md") for i in range(42))
    problems = problems_of(BuildReport((warning, *errors)))
    assert [problem["message"] for problem in problems[:2]] == ["e0", "e1"]
    assert problems[-1]["message"] == "12 more errors; the terminal lists them all"
    assert len(problems) == 31


def test_problems_can_be_sent_in_one_line():
    text = json.dumps(failure(ValueError("</script>\r\n\u2028")))
    assert "\n" not in text
    assert "\r" not in text
