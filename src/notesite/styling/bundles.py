"""One style sheet and one script of many small files, so that a page asks for few.

What lies directly in `static/css` and `static/js` is put together; what lies in folders below them
is not, which is the place for what only some pages need.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

STYLE = "css/notesite.css"
"""Where the style sheet is published below `static/`; addresses in its parts stay as they are."""

SCRIPT = "js/notesite.js"
"""Where the script is published below `static/`."""

FIRST_SCRIPT = "js/theme.js"
"""The script that runs before a page is painted, and so stays by itself."""

_FIRST_STYLES = ("css/tokens.css", "css/fonts.css", "css/site.css", "css/content.css")
"""The style sheets that come before the others, which follow by name."""

_STYLE_FILE = re.compile(r"css/[^/]+\.css")
_SCRIPT_FILE = re.compile(r"js/[^/]+\.js")

# A string, which is kept whatever it holds, or a comment with the blanks around it.
_COMMENT = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|\s*/\*.*?\*/""", re.DOTALL)
_BLANK = re.compile(r"\s*\n\s*")


def bundled(paths: Iterable[str]) -> frozenset[str]:
    """Those of the static files that are parts of a bundle."""
    return frozenset({*style_parts(paths), *script_parts(paths)})


def style_parts(paths: Iterable[str]) -> list[str]:
    """The parts of the style sheet, in their order."""
    parts = sorted(path for path in paths if _STYLE_FILE.fullmatch(path))
    first = [path for path in _FIRST_STYLES if path in parts]
    return [*first, *(path for path in parts if path not in first)]


def script_parts(paths: Iterable[str]) -> list[str]:
    """The parts of the script, in their order."""
    return sorted(p for p in paths if _SCRIPT_FILE.fullmatch(p) and p != FIRST_SCRIPT)


def style_sheet(static: Mapping[str, Path], rules: str) -> bytes:
    """The style sheet: every part without its comments, then `rules`, in the layers they name."""
    texts = [static[path].read_text(encoding="utf-8-sig") for path in style_parts(static)]
    return "".join(f"{shortened(text)}\n" for text in (*texts, rules) if text).encode()


def script(static: Mapping[str, Path]) -> bytes:
    """The script: every part by itself, so that one that fails takes no other with it."""
    texts = [static[path].read_text(encoding="utf-8-sig") for path in script_parts(static)]
    return "".join(
        f"try {{\n{text.strip()}\n}} catch (error) {{ console.error(error); }}\n" for text in texts
    ).encode()


def shortened(css: str) -> str:
    """A style sheet without comments and indentation."""
    bare = _COMMENT.sub(lambda found: found[1] or "", css)
    return _BLANK.sub("\n", bare).strip()
