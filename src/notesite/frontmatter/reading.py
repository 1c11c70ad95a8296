"""From the YAML text of front matter to its typed values, with everything that is wrong with it.

What PyYAML's safe loader would take, or choke on, is refused before anything is constructed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from notesite.diagnostics import Diagnostic, diagnose
from notesite.frontmatter.templates import without_templates
from notesite.frontmatter.values import FIELD_BY_KEY, WrongTypeError, is_null
from notesite.model import FrontMatter
from notesite.spans import Position, Span
from notesite.text import is_slip
from notesite.yaml_nodes import repeated_keys, too_large, unprintable

if TYPE_CHECKING:
    import re

    from notesite.frontmatter.block import FrontMatterBlock

_OTHER_BREAKS = dict.fromkeys((0x85, 0x2028, 0x2029), " ")
"""What YAML 1.1 takes for the end of a line besides line feeds, and nobody else does."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_front_matter(
    block: FrontMatterBlock, file: str
) -> tuple[FrontMatter, tuple[Diagnostic, ...]]:
    """The metadata that `block` states, with everything that is wrong with it.

    A value of the wrong type is reported and left out; keys that notesite does not know are kept
    in `extra`, and reported only when they look like a misspelling of one it does.
    """
    text, templates = without_templates(block.text, file)
    text = text.translate(_OTHER_BREAKS)
    unreadable = unprintable(text)
    if unreadable:
        return FrontMatter(), (*templates, _control_character(text, unreadable, file))
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        endless = too_large(node)
        if endless:
            message = "too large, or its aliases expand without end"
            problem = diagnose("front-matter-syntax", message, file, _span(endless))
            return FrontMatter(), (*templates, problem)
        matter, problems = _Reading(loader, file).read(node)
    except yaml.YAMLError as error:
        return FrontMatter(), (*templates, _syntax_problem(error, file))
    except RecursionError:
        message = "nested too deeply"
        problem = diagnose("front-matter-syntax", message, file, Span.at(2, 1))
        return FrontMatter(), (*templates, problem)
    finally:
        loader.dispose()
    return matter, (*templates, *problems)


class _Reading:
    """One reading of a YAML mapping into a FrontMatter."""

    def __init__(self, loader: Any, file: str) -> None:  # noqa: ANN401 - PyYAML has no types here
        self._loader = loader
        self._file = file
        self._problems: list[Diagnostic] = []
        self._values: dict[str, Any] = {}
        self._spans: dict[str, Span] = {}
        self._extra: dict[str, Any] = {}

    def read(self, node: yaml.Node | None) -> tuple[FrontMatter, tuple[Diagnostic, ...]]:
        if node is not None and not isinstance(node, yaml.MappingNode):
            message = "front matter must be a list of 'key: value' lines"
            self._report("front-matter-syntax", message, node)
        elif node is not None:
            self._read_mapping(node)
        values = FrontMatter(**self._values, extra=self._extra, spans=self._spans)
        return values, tuple(self._problems)

    def _read_mapping(self, node: yaml.MappingNode) -> None:
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in seen:
                self._report("front-matter-syntax", f"the key '{key}' stands twice", key_node)
                continue
            seen.add(key)
            self._read_pair(key, key_node, value_node)

    def _read_pair(self, key: str, key_node: yaml.Node, value_node: yaml.Node) -> None:
        for again in repeated_keys(value_node):
            self._report("front-matter-syntax", f"the key '{again.value}' stands twice", again)
        field = FIELD_BY_KEY.get(key.lower())
        if field is None:
            self._keep_unknown(key, key_node, value_node)
            return
        if is_null(value_node):
            return
        name, convert = field
        try:
            value = convert(value_node, self._construct)
        except WrongTypeError as wrong:
            self._report("front-matter-type", f"'{key}' must be {wrong}", value_node)
            return
        if value is not None and name not in self._values:
            self._values[name] = value
            self._spans[name] = _span(value_node)

    def _keep_unknown(self, key: str, key_node: yaml.Node, value_node: yaml.Node) -> None:
        try:
            self._extra[key] = self._construct(value_node)
        except WrongTypeError as wrong:
            self._report("front-matter-type", f"'{key}' must be {wrong}", value_node)
        # A vault's properties may be called anything; only a slip of the pen is worth a word.
        meant = next((known for known in FIELD_BY_KEY if is_slip(key.lower(), known)), "")
        if meant and len(key) > 3:
            hints = (f"did you mean '{meant}'?",)
            self._report("front-matter-unknown-key", f"unknown key '{key}'", key_node, hints)

    def _construct(self, node: yaml.Node) -> Any:  # noqa: ANN401 - YAML values are of any type
        try:
            return self._loader.construct_object(node, deep=True)
        except (yaml.YAMLError, ValueError, TypeError) as error:
            # An impossible date or an unhashable key is only found on construction.
            raise WrongTypeError("a value that YAML can read") from error

    def _report(
        self, code: str, message: str, node: yaml.Node, hints: tuple[str, ...] = ()
    ) -> None:
        self._problems.append(diagnose(code, message, self._file, _span(node), hints=hints))


def _span(node: yaml.Node) -> Span:
    # The YAML text begins on the file's second line.
    start, end = node.start_mark, node.end_mark
    first = Position(start.line + 2, start.column + 1)
    if end.line == start.line:
        return Span(first, Position(end.line + 2, max(end.column, start.column + 1) + 1))
    return Span(first, Position(first.line, first.column + 1))


def _control_character(text: str, found: re.Match[str], file: str) -> Diagnostic:
    line = text.count("\n", 0, found.start()) + 2
    column = found.start() - text.rfind("\n", 0, found.start())
    message = f"a control character (U+{ord(found[0]):04X}), which YAML does not allow"
    return diagnose("front-matter-syntax", message, file, Span.at(line, column))


def _syntax_problem(error: yaml.YAMLError, file: str) -> Diagnostic:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    message = getattr(error, "problem", None) or "not valid YAML"
    span = Span.at(mark.line + 2, mark.column + 1) if mark else Span.at(2, 1)
    hints: tuple[str, ...] = ()
    if "mapping values are not allowed" in message:
        message, hints = "a second colon in one value", ("put the value in quotes",)
    elif "cannot start any token" in message:
        hints = ("put the value in quotes; YAML indents with spaces, not tabs",)
    return diagnose("front-matter-syntax", message, file, span, hints=hints)
