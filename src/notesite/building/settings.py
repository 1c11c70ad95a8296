"""What the configuration says to the parser: macros, a preamble, and its own Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.config import CONFIG_NAME, MacroConfig
from notesite.diagnostics import Diagnostic, Related, diagnose
from notesite.model import ConfigTexts

if TYPE_CHECKING:
    from collections.abc import Callable

    from notesite.building.values import Project
    from notesite.config import Config
    from notesite.markdown.note import NoteParser
    from notesite.math import MathSettings, Preamble
    from notesite.model import Passage


PREAMBLES = ("preamble.tex", "preamble.sty", ".obsidian/preamble.sty")
"""The files among the notes whose definitions hold for all formulas, the first that is there.

The last is where Obsidian's plugin Extended MathJax looks for it too.
"""


def math_settings(config: Config) -> tuple[MathSettings, list[Diagnostic]]:
    """The settings of the math room that a configuration states, and the macros that are wrong."""
    from notesite.math import MathSettings, macro_from_text  # noqa: PLC0415 - as above

    macros = []
    problems = []
    for name, value in config.math.macros.items():
        written = value if isinstance(value, MacroConfig) else MacroConfig(value)
        place = Related("the macro is defined here", CONFIG_NAME, config.macro_places.get(name))
        try:
            macro = macro_from_text(
                name, written.body, arguments=written.args, default=written.default,
                description=written.description, defined_at=place,
            )  # fmt: skip
        except ValueError as error:
            problems.append(diagnose("math-macro", str(error), CONFIG_NAME, place.span))
            continue
        macros.append((name.lstrip("\\"), macro))
    settings = MathSettings(
        engine=config.math.engine,
        macros=tuple(macros),
        macro_sets=config.math.macro_sets,
        number=config.math.number,
        number_by_section=config.math.number_by_section,
    )
    return settings, problems


def read_preamble(project: Project, config: Config, problems: list[Diagnostic]) -> Preamble | None:
    """The file of definitions that the configuration names, or that lies among the notes."""
    from notesite.math import Preamble  # noqa: PLC0415 - as above

    named = config.math.preamble
    candidates = (project.source / name for name in PREAMBLES)
    found = next((path for path in candidates if path.is_file()), None)
    path = project.root / named if named else found
    if path is None:
        return None
    try:
        return Preamble(path.read_text(encoding="utf-8-sig"), project.name(path))
    except (OSError, UnicodeDecodeError) as error:
        reason = "not valid UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        message = f"the preamble cannot be read: {reason}"
        problems.append(diagnose("math-macro", message, project.name(path)))
        return None


def config_texts(config: Config, parser: NoteParser) -> tuple[ConfigTexts, list[Diagnostic]]:
    """The configuration's Markdown, parsed, and what is wrong with it."""
    inline_texts = [config.theme.footer]
    macros = [macro for macro in config.math.macros.values() if isinstance(macro, MacroConfig)]
    inline_texts += [macro.description for macro in macros]
    block_texts = []
    for section in config.sections:
        inline_texts += [section.title, section.description]
        block_texts.append(section.introduction)
        for group in section.groups:
            inline_texts += [group.title or group.id, group.description]
    problems: list[Diagnostic] = []

    def parse(
        texts: list[str],
        read: Callable[[str, str], tuple[Passage, tuple[Diagnostic, ...]]],
    ) -> dict[str, Passage]:
        parsed = {}
        for text in filter(None, texts):
            parsed[text], found = read(text, CONFIG_NAME)
            problems.extend(found)
        return parsed

    inline = parse(inline_texts, parser.parse_passage)
    return ConfigTexts(inline, parse(block_texts, parser.parse_blocks)), problems
