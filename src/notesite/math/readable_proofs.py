r"""How proof trees are said in words: the premises, then what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.proofs import (
    AXIOMS,
    CENTRE,
    INFERENCES,
    LABELS,
    LASTING_LINES,
    LINES,
    PASSED_OVER,
)
from notesite.math.readable_tokens import Pending, Speaker, skip_space

if TYPE_CHECKING:
    from collections.abc import Callable


def _premise(speaker: Speaker, _name: str, pending: Pending, said: list[str]) -> None:
    said.append((", " if any(map(str.strip, said)) else "") + _sequent(speaker, pending))


def _inference(speaker: Speaker, _name: str, pending: Pending, said: list[str]) -> None:
    """A step of a proof, from its premises to its conclusion."""
    said.append(f" ⟹ {_sequent(speaker, pending)}")


def _sequent(speaker: Speaker, pending: Pending) -> str:
    """What a step of a proof states, in braces or in dollars."""
    skip_space(pending)
    if not pending or pending[-1] != "$" or "$" not in pending[:-1]:
        return speaker.argument(pending)
    pending.pop()
    texts: list[str] = []
    while (text := pending.pop()) != "$":
        texts.append("\\to" if text == f"\\{CENTRE}" and CENTRE not in speaker.macros else text)
    return speaker.say(texts).strip()


def _reason(speaker: Speaker, _name: str, pending: Pending, said: list[str]) -> None:
    said.append(f" ({speaker.argument(pending)})")


def _nothing(_speaker: Speaker, _name: str, _pending: Pending, _said: list[str]) -> None:
    """What has no words."""


PROOFS: dict[str, Callable[[Speaker, str, Pending, list[str]], None]] = {
    **dict.fromkeys(INFERENCES, _inference),
    **dict.fromkeys(AXIOMS, _premise),
    **dict.fromkeys(LABELS, _reason),
    **dict.fromkeys((*PASSED_OVER, *LINES, *LASTING_LINES), _nothing),
}
