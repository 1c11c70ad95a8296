"""The look of a site as files: its style sheet, its scripts, its fonts.

Made of the theme's static files and the site's own, of `[theme]`, and of the signs that the notes
use; what comes out is the same bytes for the same of those.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.model import PlannedPage
from notesite.styling.bundles import SCRIPT, STYLE, bundled, script, style_sheet
from notesite.styling.tokens import token_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from notesite.config import Config

__all__ = ["bundled", "look_files"]


def look_files(static: Mapping[str, Path], config: Config) -> Iterator[PlannedPage]:
    """The files of the look; `static` are the static files by their path below `static/`.

    Those that `bundled` names are in them and need not be published themselves.
    """
    yield PlannedPage(f"static/{STYLE}", lambda *_: style_sheet(static, token_rules(config.theme)))
    yield PlannedPage(f"static/{SCRIPT}", lambda *_: script(static))
