"""One style sheet and one script of many small files, so that a page asks for few.

What lies directly in `static/css` and `static/js` is put together; what lies in folders below them
is not, which is the place for what only some pages need.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from notesite.patterns import pattern
from notesite.styling.families import CORE_SHEET, WHOLE_MATH
from notesite.theme import theme_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

STYLE = "css/notesite.css"
"""Where the style sheet is published below `static/`; addresses in its parts stay as they are."""

SCRIPT = "js/notesite.js"
"""Where the script is published below `static/`."""

FIRST_SCRIPT = "js/theme.js"
"""The script that runs before a page is painted, and so stays by itself."""

_FIRST_STYLES = (
    "css/tokens.css", "css/fonts-text.css", "css/fonts-math.css", "css/fonts-code.css",
    "css/site.css", "css/lists.css", "css/content.css", "css/callouts.css", "css/formulas.css",
    "css/mathml.css", "css/code.css", "css/print.css",
)  # fmt: skip
"""The style sheets that come before the others, which follow by name."""

_STYLE_FILE = pattern(r"css/[^/]+\.css")
_SCRIPT_FILE = pattern(r"js/[^/]+\.js")

# A string, which is kept whatever it holds, or a comment with the blanks around it.
_COMMENT = pattern(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|\s*/\*.*?\*/""", re.DOTALL)
# What our scripts say to those who read them and to TypeScript; in none of them does a string or a
# template hold such a line.
_REMARK = pattern(r"^[ \t]*//[^\n]*\n|/\*\*.*?\*/[ \t]*(?:\n[ \t]*)?", re.DOTALL | re.MULTILINE)
# Again strings first; where blanks say nothing, and the ends of other lines.
_BLANK = pattern(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|\s*([{};])\s*|\s*\n\s*""")


def bundled(paths: Iterable[str]) -> frozenset[str]:
    """Those of the static files that others are made of, so that they are not published."""
    listed = list(paths)
    others = (FIRST_SCRIPT, WHOLE_MATH, CORE_SHEET)
    return frozenset({*style_parts(listed), *script_parts(listed), *others})


def style_parts(paths: Iterable[str]) -> list[str]:
    """The parts of the style sheet, in their order."""
    parts = sorted(path for path in paths if _STYLE_FILE.fullmatch(path))
    first = [path for path in _FIRST_STYLES if path in parts]
    return [*first, *(path for path in parts if path not in first)]


def script_parts(paths: Iterable[str]) -> list[str]:
    """The parts of the script, in their order."""
    return sorted(p for p in paths if _SCRIPT_FILE.fullmatch(p) and p != FIRST_SCRIPT)


def style_sheet(static: Mapping[str, Path], rules: str, replaced: Collection[str] = ()) -> bytes:
    """The style sheet: its parts without those `replaced`, then `rules`."""
    parts = [path for path in style_parts(static) if path not in replaced]
    texts = [static[path].read_text(encoding="utf-8-sig") for path in parts]
    return "".join(f"{shortened(text)}\n" for text in (*texts, rules) if text).encode()


def script(static: Mapping[str, Path]) -> bytes:
    """The script: every part by itself, so that one that fails takes no other with it."""
    texts = [_script_text(static[path]) for path in script_parts(static)]
    return "".join(
        f"try {{\n{text.strip()}\n}} catch (error) {{ console.error(error); }}\n" for text in texts
    ).encode()


def first_script(static: Mapping[str, Path], fonts: Iterable[str]) -> bytes:
    """The script that runs first, which is told the `fonts` to send for, as paths below `static/`.

    They stand in the script, not in each page, so that a site's new sign is no new page.
    """
    text = _script_text(static[FIRST_SCRIPT])
    addresses = json.dumps([f"../{path}" for path in fonts])
    return f"document.currentScript.fonts = {addresses};\n{text}".encode()


def _script_text(path: Path) -> str:
    """A script as it is published: ours without its remarks, a site's own as it is."""
    text = path.read_text(encoding="utf-8-sig")
    return _REMARK.sub("", text) if path.is_relative_to(theme_folder("static")) else text


def shortened(css: str) -> str:
    """A style sheet without comments, indentation, and blanks around braces and semicolons."""
    bare = _COMMENT.sub(lambda found: found[1] or "", css)
    return _BLANK.sub(lambda found: found[1] or found[2] or "\n", bare).strip()
