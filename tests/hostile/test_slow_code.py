"""Code on which Pygments' lexers think for hours."""

from __future__ import annotations

import re
import signal
import time

import pytest

from notesite.diagnostics import Severity
from notesite.markdown.note import NoteParser
from notesite.patience import TooLongError, at_most
from tests.conftest import html_of, parse

# In words of our own: an escape that two branches of a repeated group can both take.
SLOW = [("bash", "$'" + "\\" * 300), ("ansys", '"' + "\\" * 300), ("cddl", '"' + "\\" * 300)]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notesite.markdown.code.SECONDS", 0.2)


@pytest.mark.parametrize(("language", "code"), SLOW)
def test_it_is_shown_plain_and_said_to_be(parser: NoteParser, language: str, code: str) -> None:
    note = parse(parser, f"A.\n\n```{language}\n{code}\n```\n\nB.")
    (problem,) = note.diagnostics
    assert problem.code == "code-too-slow"
    # Machines of another speed must not publish other pages.
    assert problem.severity is Severity.ERROR
    assert problem.hints == ("name no language, or 'text'",)
    assert problem.span
    assert problem.span.start.line == 3
    assert code in html_of(note).replace("&#x27;", "'").replace("&quot;", '"')
    assert "<span" not in html_of(note)


def test_many_such_blocks_take_no_longer_than_one(parser: NoteParser) -> None:
    begin = time.process_time()
    blocks = (f"```bash\n$'{chr(92) * (300 + number)}\n```\n\n" for number in range(200))
    note = parse(parser, "".join(blocks) + "```python\nx = 1\n```\n")
    assert [each.code for each in note.diagnostics] == ["code-too-slow"]
    assert time.process_time() - begin < 4
    # Another note begins anew.
    assert "<span" in html_of(parse(parser, "```python\nx = 2\n```"))


def test_ordinary_code_is_highlighted_and_leaves_no_clock_running(parser: NoteParser) -> None:
    handler = signal.getsignal(signal.SIGVTALRM)
    assert "<span" in html_of(parse(parser, "```bash\nfor i in a; do echo $'\\n'; done\n```"))
    assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0
    assert signal.getsignal(signal.SIGVTALRM) is handler


def test_whoever_catches_the_end_is_told_again() -> None:
    def think() -> None:
        try:
            re.match("(a|a)*b", "a" * 60)
        except TooLongError:
            re.match("(a|a)*b", "a" * 60)

    with pytest.raises(TooLongError), at_most(0.05):
        think()
