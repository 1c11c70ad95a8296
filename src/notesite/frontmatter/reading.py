"""From the YAML text of front matter to its typed values, with everything that is wrong with it.

What PyYAML's safe loader would take, or choke on, is refused before anything is constructed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from notesite.diagnostics import Diagnostic, diagnose
from notesite.frontmatter.templates import without_templates
from notesite.frontmatter.values import FIELD_BY_KEY, GATES, GATHERED, WrongTypeError, is_null
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
        return FrontMatter(), (*templates, _syntax_problem(error, text, file))
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
                self._report_second(key, key_node)
                continue
            seen.add(key)
            self._read_pair(key, key_node, value_node)

    def _report_second(self, key: str, node: yaml.Node) -> None:
        field = FIELD_BY_KEY.get(key.lower())
        if field and field[0] in GATES:
            self._report("front-matter-draft", f"the key '{key}' stands twice", node)
        else:
            message = f"the key '{key}' stands twice; the first counts"
            self._report("front-matter-duplicate", message, node)

    def _read_pair(self, key: str, key_node: yaml.Node, value_node: yaml.Node) -> None:
        for again in repeated_keys(value_node):
            message = f"the key '{again.value}' stands twice; the last counts"
            self._report("front-matter-duplicate", message, again)
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
            code = "front-matter-draft" if name in GATES else "front-matter-type"
            self._report(code, f"'{key}' must be {wrong}", wrong.at or value_node, wrong.hints)
            return
        if value is None:
            return
        if name in GATHERED and name in self._values:
            value = tuple(dict.fromkeys((*self._values[name], *value)))
        elif name in self._values:
            return
        self._values[name] = value
        self._spans.setdefault(name, _span(value_node))

    def _keep_unknown(self, key: str, key_node: yaml.Node, value_node: yaml.Node) -> None:
        try:
            self._extra[key] = self._construct(value_node)
        except WrongTypeError as wrong:
            self._report("front-matter-type", f"'{key}' must be {wrong}", value_node)
        # A vault's properties may be called anything; only a slip of the pen is worth a word.
        meant = next((known for known in FIELD_BY_KEY if _is_slip(key.lower(), known)), "")
        if meant and len(key) > 3 and not is_null(value_node):
            hints = (f"did you mean '{meant}'?",)
            self._report("front-matter-unknown-key", f"unknown key '{key}'", key_node, hints)

    def _construct(self, node: yaml.Node) -> Any:  # noqa: ANN401 - YAML values are of any type
        try:
            return self._loader.construct_object(node, deep=True)
        except (yaml.YAMLError, ValueError, TypeError, LookupError, AttributeError) as error:
            # An impossible date or an unhashable key is only found on construction. Of a value that
            # its tag does not fit, such as `!!bool maybe`, PyYAML says so in whatever way it fails.
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


def _is_slip(key: str, known: str) -> bool:
    # `party` and `dates` are words of their own.
    return is_slip(key, known) and not key.startswith(known)


def _text_at(text: str, mark: yaml.Mark | None) -> str:
    lines = text.split("\n")
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    return line[mark.column : mark.column + 1] if mark else ""


def _syntax_problem(error: yaml.YAMLError, text: str, file: str) -> Diagnostic:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    message = getattr(error, "problem", None) or "not valid YAML"
    span = Span.at(mark.line + 2, mark.column + 1) if mark else Span.at(2, 1)
    hints: tuple[str, ...] = ()
    written = _text_at(text, mark)
    if "mapping values are not allowed" in message:
        message, hints = "a second colon in one value", ("put the value in quotes",)
    elif "cannot start any token" in message and written == "\t":
        message, hints = "a tab, where YAML has spaces", ("indent with spaces",)
    elif "cannot start any token" in message:
        message, hints = f"no value begins with '{written}'", ("put the value in quotes",)
    elif "alphabetic or numeric character" in message:
        # An anchor or an alias: what follows `&` or `*` is its name.
        message = "'*' and '&' mean something to YAML"
        hints = ("put the value in quotes",)
    elif "unknown escape character" in message:
        message = "a backslash in double quotes begins an escape, and this is none of YAML's"
        hints = ("put the value in single quotes, in which LaTeX stays as it is",)
    elif "undefined alias" in message:
        message = "an alias that is not defined: '*' means something to YAML"
        hints = ("put the value in quotes",)
    return diagnose("front-matter-syntax", message, file, span, hints=hints)
