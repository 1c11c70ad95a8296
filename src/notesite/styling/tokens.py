"""What `[theme]` says about colours and sizes, as CSS custom properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notesite.config import ThemeConfig


def token_rules(theme: ThemeConfig) -> str:
    """The rule that sets the theme's properties anew, in their layer; empty where none is set."""
    chosen = {
        "--accent-light": theme.accent,
        "--accent-dark": theme.accent_dark,
        "--measure": theme.measure,
    }
    lines = [f"{name}: {value};" for name, value in chosen.items() if value]
    return "@layer tokens {\n:root {\n" + "\n".join(lines) + "\n}\n}" if lines else ""
