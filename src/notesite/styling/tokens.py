"""What `[theme]` says about colours and sizes, as CSS custom properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notesite.config import ThemeConfig


def token_rules(theme: ThemeConfig, more: Mapping[str, str]) -> str:
    """The rule that sets properties anew, in their layer; empty where none is set.

    `more` are those of the fonts.
    """
    chosen = {
        "--accent-light": theme.accent,
        "--accent-dark": theme.accent_dark,
        "--measure": theme.measure,
        **more,
    }
    lines = [f"{name}: {value};" for name, value in chosen.items() if value]
    return "@layer tokens {\n:root {\n" + "\n".join(lines) + "\n}\n}" if lines else ""
