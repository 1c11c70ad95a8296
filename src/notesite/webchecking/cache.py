"""The memory of a link check: what each address answered, and when."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from notesite.cache import user_cache
from notesite.webchecking.answers import Answer, State

_SECONDS_A_DAY = 86_400
_LONGEST_DOUBT = 3_600
"""Seconds for which a link that is not alive is not asked again: it may be mended soon."""


def cache_file() -> Path:
    """Where the answers are kept."""
    return user_cache() / "links.json"


class LinkCache:
    """Answers by address, each with the time it was given in seconds since 1970."""

    def __init__(self, file: Path | None, now: float) -> None:
        """Read `file`, if there is one that can be read; without a file nothing is kept."""
        self._file = file
        self._now = now
        self._answers: dict[str, tuple[float, str, str]] = _read(file) if file else {}

    def get(self, address: str, days: int) -> Answer | None:
        """The answer of the last `days` days; a bad one counts for an hour only."""
        known = self._answers.get(address)
        if known is None:
            return None
        time, state, detail = known
        is_good = state in {State.ALIVE.value, State.MOVED.value}
        age = self._now - time
        if not 0 <= age <= (days * _SECONDS_A_DAY if is_good else _LONGEST_DOUBT):
            return None
        return Answer(State(state), detail)

    def put(self, address: str, answer: Answer) -> None:
        """Remember an answer."""
        self._answers[address] = (self._now, answer.state.value, answer.detail)

    def save(self) -> None:
        """Write the file whole or not at all; a disk that refuses costs only the memory."""
        if self._file is None:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._file.parent, prefix=".links-")
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump(self._answers, stream, ensure_ascii=False, indent=0)
            Path(name).replace(self._file)
        except OSError:
            return


def _read(file: Path) -> dict[str, tuple[float, str, str]]:
    try:
        table = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    states = {state.value for state in State}
    answers = {}
    for address, value in table.items() if isinstance(table, dict) else ():
        match value:
            case [int() | float() as time, str(state), str(detail)] if state in states:
                answers[address] = (float(time), state, detail)
    return answers
