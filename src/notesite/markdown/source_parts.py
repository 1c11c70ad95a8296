"""A source as its two parts: the front matter with its macros, and the body."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from notesite.diagnostics import Diagnostic, Related, diagnose
from notesite.frontmatter import missed_front_matter, split_front_matter
from notesite.math import macro_from_text
from notesite.model import FrontMatter
from notesite.spans import Span
from notesite.text import first_unprintable, printable

if TYPE_CHECKING:
    from notesite.frontmatter import FrontMatterBlock
    from notesite.markdown.workings import Workings
    from notesite.math import Macro
    from notesite.model import Source


def split_source(
    source: Source, known: Workings
) -> tuple[FrontMatter, str, tuple[Diagnostic, ...]]:
    """The front matter of `source`, its body, and what is wrong with either.

    Blank lines in place of the front matter keep the numbers of the lines. What was made of the
    same front matter before is taken from what is `known`.
    """
    block = split_front_matter(source.text)
    if block is None:
        missed = missed_front_matter(source.text, source.file)
        text, unprintable = _printable(source)
        return FrontMatter(), text, (*filter(None, (missed,)), *unprintable)
    front_matter, problems = known.of(
        ("front matter", source.file, block.text), lambda: _parsed(block, source.file)
    )
    body = source.text.split("\n", block.lines)
    below = body[-1] if len(body) > block.lines else ""
    text, unprintable = _printable(replace(source, text="\n" * block.lines + below))
    return front_matter, text, (*problems, *unprintable)


def _parsed(block: FrontMatterBlock, file: str) -> tuple[FrontMatter, tuple[Diagnostic, ...]]:
    from notesite.frontmatter.reading import parse_front_matter  # noqa: PLC0415 - YAML is slow to import

    return parse_front_matter(block, file)


def _printable(source: Source) -> tuple[str, tuple[Diagnostic, ...]]:
    """The text as pages may hold it; the first character that had to go is told of."""
    offset = first_unprintable(source.text)
    if offset is None:
        return source.text, ()
    before = source.text[:offset]
    span = Span.at(before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
    message = f"a control character (U+{ord(source.text[offset]):04X}), shown as \ufffd"
    hints = ("copied from a PDF or a terminal? remove it",)
    problem = diagnose("source-character", message, source.file, span, hints=hints)
    return printable(source.text), (problem,)


def macros_of(
    front_matter: FrontMatter, file: str
) -> tuple[dict[str, Macro], tuple[Diagnostic, ...]]:
    """The macros that front matter defines, and what is wrong with those it cannot."""
    span = front_matter.spans.get("macros")
    place = Related("the macro is defined here", file, span)
    macros, problems = {}, []
    for name, written in front_matter.macros:
        try:
            macros[name] = macro_from_text(
                name, written.body, arguments=written.arguments, default=written.default,
                description=written.description, defined_at=place,
            )  # fmt: skip
        except ValueError as error:
            problems.append(diagnose("math-macro", str(error), file, span))
    return macros, tuple(problems)
