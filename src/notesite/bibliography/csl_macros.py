"""The macros of a style in CSL, which may call each other, but not without end."""

from __future__ import annotations

from collections import Counter
from graphlib import CycleError, TopologicalSorter
from typing import Any

NAMESPACE = "http://purl.org/net/xbiblio/csl"
"""Of the elements of a style."""

_MOST = 10_000
"""How many macros a macro may come to, with all that it calls: the longest styles have hundreds."""


def endless_macro(root: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Why macros of the style with this root (lxml's) have no end; empty where all have one."""
    calls: dict[str, Counter[str]] = {
        macro.get("name", ""): Counter(
            each.get("macro") for each in macro.iter() if each.get("macro") is not None
        )
        for macro in root.iter(f"{{{NAMESPACE}}}macro")
    }
    try:
        order = list(TopologicalSorter(calls).static_order())
    except CycleError as error:
        return f"its macro '{error.args[1][0]}' calls itself"
    sizes: dict[str, int] = {}
    for name in order:
        called = calls.get(name, Counter())
        sizes[name] = 1 + sum(sizes[each] * times for each, times in called.items())
        if sizes[name] > _MOST:
            return f"its macro '{name}' calls more than {_MOST:,} others"
    return ""
