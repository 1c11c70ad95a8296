"""The look of a site as files: its style sheet, its scripts, its fonts.

Made of the theme's static files and the site's own, of `[theme]`, and of the signs that the notes
use; what comes out is the same bytes for the same of those.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.diagnostics import diagnose
from notesite.model import PlannedPage
from notesite.styling.bundles import (
    FIRST_SCRIPT,
    SCRIPT,
    STYLE,
    bundled,
    first_script,
    script,
    style_sheet,
)
from notesite.styling.families import fonts_of
from notesite.styling.means import FontMeans
from notesite.styling.tokens import token_rules
from notesite.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from notesite.config import Config
    from notesite.diagnostics import Diagnostic

__all__ = ["FontMeans", "bundled", "look_files"]


def look_files(
    static: Mapping[str, Path],
    config: Config,
    signs: Iterable[str],
    means: FontMeans,
    problems: list[Diagnostic],
) -> Iterator[PlannedPage]:
    """The files of the look; `static` are the static files by their path below `static/`.

    `signs` are the characters beyond ASCII that the notes hold. The static files that `bundled`
    names are made into these and need not be published themselves.
    """
    fonts = fonts_of(static, config, signs, means)
    problems.extend(fonts.problems)
    problems.extend(_missing_files(static, config))
    rules = f"{fonts.rules}\n{token_rules(config.theme, fonts.properties)}"
    yield PlannedPage(f"static/{STYLE}", lambda *_: style_sheet(static, rules, fonts.replaced))
    yield PlannedPage(f"static/{SCRIPT}", lambda *_: script(static))
    yield PlannedPage(f"static/{FIRST_SCRIPT}", lambda *_: first_script(static, fonts.first))
    yield from fonts.files


def _missing_files(static: Mapping[str, Path], config: Config) -> Iterator[Diagnostic]:
    """The pictures that `[theme]` names and that are not there; an emoji has no full stop."""
    for name in ("logo", "favicon"):
        path = getattr(config.theme, name)
        if path and (name == "logo" or "." in path) and path not in static:
            message = f"there is no file 'static/{path}'"
            hints = did_you_mean(path, static)
            place = config.theme_places.get(name)
            yield diagnose("config-value", message, config.file, place, hints=hints)
