r"""Where a proof ends in a display or a list, amsthm wants to be told: by `\qedhere`, in there."""

from __future__ import annotations

import re

_LISTS = re.compile(r"(?:\s*\\end\{(?:itemize|enumerate)\})+\Z")
_DISPLAY = re.compile(r"\s*(?:\\\]|\\end\{(?:align|gather|equation|multline|flalign)\*\})\Z")
_NUMBERED = re.compile(r"\\(?:tag|label|qed)")


def with_sign(proof: str) -> str:
    r"""The body of a proof with `\qedhere` in its last line, where that is no text of its own."""
    lists = _LISTS.search(proof)
    inner, behind = (proof[: lists.start()], lists[0]) if lists else (proof, "")
    display = _DISPLAY.search(inner)
    if display and _takes_sign(inner):
        return f"{inner[: display.start()]} \\qedhere{display[0]}{behind}"
    if lists and not inner.endswith("}") and not display:
        return f"{inner} \\qedhere{behind}"
    return proof


def _takes_sign(inner: str) -> bool:
    """Whether the display at the end has room where a number would stand."""
    last = inner[max(inner.rfind("\\["), inner.rfind("\n\n"), 0) :]
    return not _NUMBERED.search(last) and not re.search(r"\\\\\s*\\end\{[a-z]+\*\}\Z", last)
