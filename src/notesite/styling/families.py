"""The three families of a site: of its text, its formulas, its code.

The theme's are declared in `static/css/fonts-*.css`; a family that the configuration names takes
the place of one of these files. Of the math font a site gets the part that it needs; the whole
stays behind it, so that no sign is ever missing.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import field
from typing import TYPE_CHECKING

from notesite.cache import digest
from notesite.diagnostics import Diagnostic, diagnose
from notesite.model import PlannedPage
from notesite.records import dataclass
from notesite.styling.faces import TEXT_FALLBACKS, Face, parse_range, unicode_range
from notesite.styling.reading import FontError, has_math, read_family
from notesite.styling.subsetting import can_cut, characters, math_subset, needed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from notesite.config import Config, FontConfig, FontsConfig
    from notesite.styling.means import FontMeans

WHOLE_MATH = "fonts/stix-two-math.ttf"
"""The theme's math font as parts are cut from it; it is not published."""

CORE_SHEET = "css/parts/math-core.css"
"""The rule of the part for sites that need no other."""

_MATH_SHEET = "css/fonts-math.css"
_COMMON = "fonts/stix-two-math-common.woff2"
_ROMAN = "fonts/stix-two-text-latin-roman.woff2"
_TEXT, _MATH, _CODE = "STIX Two Text", "STIX Two Math", "JetBrains Mono"
_DECLARED = re.compile(r'url\("\.\./([^"]+)"\)[^}]*?unicode-range: ([^;]+);')


_Codes = tuple[frozenset[int], frozenset[int]]
"""The characters that a font has, and those of them that every part of it has."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """A site's fonts: the rules that declare them, the files made for it, what to fetch first.

    `replaced` are the theme's style sheets that the rules stand for; `properties` the custom
    properties to set; `first` paths below `static/`.
    """

    rules: str
    replaced: frozenset[str]
    properties: Mapping[str, str]
    files: tuple[PlannedPage, ...]
    first: tuple[str, ...]
    problems: tuple[Diagnostic, ...]


def fonts_of(
    static: Mapping[str, Path], config: Config, signs: Iterable[str], means: FontMeans
) -> Fonts:
    """The fonts of a site whose formulas and texts hold these `signs` besides ASCII."""
    making = _Making(static, config, means)
    chosen = config.theme.fonts
    own = {name: font for name, font in _named(chosen) if font}
    rules = [making.family(name, font) for name, font in own.items()]
    first_text = making.published(chosen.text)[:1] if chosen.text else [_ROMAN]
    rule, first_math = making.math(chosen.math, signs)
    return Fonts(
        rules="".join([*rules, rule]),
        replaced=frozenset(f"css/fonts-{name}.css" for name in own),
        properties=_properties(chosen),
        files=tuple(making.files),
        first=(*first_text, *first_math),
        problems=tuple(making.problems),
    )


def _named(fonts: FontsConfig) -> Iterator[tuple[str, FontConfig | None]]:
    yield from (("text", fonts.text), ("math", fonts.math), ("code", fonts.code))


@dataclass(slots=True)
class _Making:
    static: Mapping[str, Path]
    config: Config
    means: FontMeans
    files: list[PlannedPage] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)

    def published(self, font: FontConfig) -> list[str]:
        """The family's files that are there."""
        return [path for path in font.files if path in self.static]

    def family(self, name: str, font: FontConfig) -> str:
        """The rules of a family of the site's own."""
        for path in font.files:
            if path not in self.static:
                self._report(name, f"there is no file 'static/{path}'")
        contents = {path: self._content(path) for path in self.published(font)}
        if not contents:
            return ""
        said = ("family", name, font.family, *contents, *map(_digest, contents.values()))
        try:
            if name == "math" and not has_math(*next(iter(contents.items()))):
                self._report(name, f"'static/{font.files[0]}' has no table MATH: no formulas")
            return self.means.remembered(
                str, said, lambda: read_family(font.family, contents, with_fallback=name == "text")
            )
        except FontError as error:
            self._report(name, str(error))
        except ImportError:
            # Without fontTools nothing is known of the files but their names.
            return "".join(Face(font.family, (path,)).css() for path in contents)
        return ""

    def math(self, font: FontConfig | None, signs: Iterable[str]) -> tuple[str, list[str]]:
        """The rule of the part of the math font that the site needs, and what to fetch first.

        A part stands before the whole, for browsers stretch signs by the first file alone.
        """
        wanted = needed(signs)
        if font is not None:
            files = self.published(font)
            whole = files[0] if files and not self.problems else ""
            return self._part(font.family, whole, whole, self._of_file(whole), wanted)
        core_rule, core = self._sheet(CORE_SHEET)
        known = frozenset().union(*self._sheet(_MATH_SHEET)[1].values())
        if not self.means.whole and not (wanted & known) - frozenset().union(*core.values()):
            return core_rule, list(core)
        there = known, frozenset().union(*core.values())
        return self._part(_MATH, WHOLE_MATH, _COMMON, there, wanted)

    def _part(
        self, family: str, source: str, otherwise: str, there: _Codes, wanted: frozenset[int]
    ) -> tuple[str, list[str]]:
        """A part cut from `source`; none where `otherwise`, which is published, has to do."""
        if self.means.whole or source not in self.static or not can_cut():
            return "", [otherwise] if otherwise in self.static else []
        content = self._content(source)
        known, always = there
        codes = (wanted & known) | always
        said = ("part", _digest(content), unicode_range(codes))
        # The name tells this part from every other: a page that was kept asks for its own.
        path = f"fonts/math-{digest(*said)[:12]}.woff2"
        self.files.append(PlannedPage(f"static/{path}", self._maker(said, content, codes)))
        return Face(family, (path, otherwise), characters=unicode_range(codes)).css(), [path]

    def _maker(
        self, said: tuple[str, ...], content: bytes, codes: frozenset[int]
    ) -> Callable[..., bytes]:
        remembered = self.means.remembered
        return lambda *_: remembered(bytes, said, lambda: math_subset(content, codes))

    def _of_file(self, path: str) -> _Codes:
        """The characters of a font, none of which every part has."""
        if not path or self.means.whole or not can_cut():
            return frozenset(), frozenset()
        content = self._content(path)
        said = ("characters", _digest(content))
        found = self.means.remembered(str, said, lambda: unicode_range(characters(content)))
        return frozenset(parse_range(found)), frozenset()

    def _sheet(self, path: str) -> tuple[str, dict[str, frozenset[int]]]:
        """A style sheet of the theme's, and the characters that its files are for."""
        text = self.static[path].read_text(encoding="utf-8")
        return text, {
            file: frozenset(parse_range(found)) for file, found in _DECLARED.findall(text)
        }

    def _content(self, path: str) -> bytes:
        return self.static[path].read_bytes()

    def _report(self, name: str, message: str) -> None:
        span = self.config.theme_places.get(name)
        self.problems.append(diagnose("theme-font", message, self.config.file, span))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _properties(fonts: FontsConfig) -> dict[str, str]:
    """The custom properties of families that are not the theme's."""
    math = fonts.math.family if fonts.math else _MATH
    found = {}
    if fonts.text or fonts.math:
        family = fonts.text.family if fonts.text else _TEXT
        after = (fonts.text and fonts.text.fallback) or "Georgia, serif"
        if fonts.text and not fonts.text.files:
            # One that is installed may not be, and then no text is to be set in the math font.
            found["--font-text"] = f"{_quoted(family)}, {after}, {_quoted(math)}"
        else:
            named = ", ".join(map(_quoted, (family, *TEXT_FALLBACKS, math)))
            found["--font-text"] = f"{named}, {after}"
    if fonts.math:
        found["--font-math"] = f"{_quoted(math)}, {fonts.math.fallback or 'math, serif'}"
    if fonts.code:
        family, after = fonts.code.family, fonts.code.fallback or "monospace"
        found["--font-code"] = f"{_quoted(family)}, {after}"
    return found


def _quoted(family: str) -> str:
    """A family's name for CSS; the generic ones, such as `system-ui`, are keywords."""
    return family if family in {"system-ui", "ui-sans-serif", "ui-serif", "ui-monospace", "serif",
                                "sans-serif", "monospace"} else f'"{family}"'  # fmt: skip
