"""Front matter: the YAML block that opens a note, typed and checked.

What PyYAML's safe loader would take, or choke on, is refused before anything is constructed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from math import inf, isfinite
from typing import Any

import yaml

from notesite.diagnostics import Diagnostic, diagnose
from notesite.model import FrontMatter, MacroText
from notesite.records import dataclass
from notesite.spans import Position, Span
from notesite.text import is_slip
from notesite.yaml_nodes import repeated_keys, too_large, unprintable

_MOST_TEMPLATE_LINES = 100
"""Lines that one expression of a template may take."""

_KEY_OF_BLOCK = re.compile(r"[A-Za-z_][\w-]*:(?:\s|$)")
_END_OF_TOML = re.compile(r"^\+\+\+\s*$", re.MULTILINE)
# The key, or the dash, that a line of front matter begins with.
_KEY = re.compile(r"[ \t]*(?:-[ \t]+|[^\s:#-][^:]*:[ \t]*)")
_OTHER_BREAKS = dict.fromkeys((0x85, 0x2028, 0x2029), " ")
"""What YAML 1.1 takes for the end of a line besides line feeds, and nobody else does."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,8}")
"""The form of a tag of BCP 47, section 2.1."""
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class FrontMatterBlock:
    """The YAML text of a note and the number of lines it takes with its two fences."""

    text: str
    lines: int


class _WrongTypeError(Exception):
    """A value that is not what its key holds; the message says what was wanted."""


def split_front_matter(text: str) -> FrontMatterBlock | None:
    """The block between `---` on the first line and the next `---` or `...`, if there is one."""
    if not text.startswith("---"):
        return None
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None
    for index, line in enumerate(lines[1:], start=1):
        if line.rstrip() in {"---", "..."}:
            return FrontMatterBlock("\n".join(lines[1:index]), index + 1)
    return None


def missed_front_matter(text: str, file: str) -> Diagnostic | None:
    """What is wrong where a note without a block begins as if it had one.

    That is one that is never closed, below which the whole note would lie, or one in TOML.
    """
    first, _, rest = text.partition("\n")
    if first.rstrip() == "---" and _KEY_OF_BLOCK.match(rest):
        hints = ("end it with a line of three hyphens",)
        message = "front matter that is never closed"
    elif first.rstrip() == "+++" and _END_OF_TOML.search(rest):
        hints = ("write it in YAML, between lines of three hyphens",)
        message = "front matter in TOML, which is not read"
    else:
        return None
    span = Span.at(1, 1, len(first.rstrip()))
    return diagnose("front-matter-syntax", message, file, span, hints=hints)


def parse_front_matter(
    block: FrontMatterBlock, file: str
) -> tuple[FrontMatter, tuple[Diagnostic, ...]]:
    """The metadata that `block` states, with everything that is wrong with it.

    A value of the wrong type is reported and left out; keys that notesite does not know are kept
    in `extra`, and reported only when they look like a misspelling of one it does.
    """
    text, templates = _without_templates(block.text, file)
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


def _without_templates(text: str, file: str) -> tuple[str, list[Diagnostic]]:
    """`text` with blanks for the values that hold an expression of a template, and their places.

    Such as `date: <% tp.date.now() %>` (Templater) or `date: {{date}}` (Obsidian's templates) in a
    note that was made by hand, or in a template that lies among the notes.
    """
    if "{{" not in text and "<%" not in text:
        return text, []
    problems = []
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        found = _KEY.match(lines[number])
        last = _last_line(lines, number, found.end()) if found else None
        if found is None or last is None:
            number += 1
            continue
        message = "an expression of a template that was never filled in; the value is left out"
        # The YAML text begins on the file's second line.
        span = Span.at(number + 2, found.end() + 1, len(lines[number]) - found.end())
        problems.append(diagnose("front-matter-template", message, file, span))
        lines[number] = found[0]
        lines[number + 1 : last + 1] = [""] * (last - number)
        number = last + 1
    return "\n".join(lines), problems


def _last_line(lines: list[str], first: int, start: int) -> int | None:
    """The line in which the value ends that starts in line `first`, if it is a template's.

    That is one that begins with `{{`, or one that holds `<% ... %>`, which may take several lines.
    """
    value = lines[first][start:]
    if value.startswith("{{"):
        return first
    if "<%" not in value:
        return None
    opened = value.partition("<%")[2]
    rest = (opened, *lines[first + 1 : first + _MOST_TEMPLATE_LINES])
    return next((first + at for at, line in enumerate(rest) if "%>" in line), None)


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
        field = _FIELD_BY_KEY.get(key.lower())
        if field is None:
            self._keep_unknown(key, key_node, value_node)
            return
        if _is_null(value_node):
            return
        name, convert = field
        try:
            value = convert(value_node, self._construct)
        except _WrongTypeError as wrong:
            self._report("front-matter-type", f"'{key}' must be {wrong}", value_node)
            return
        if value is not None and name not in self._values:
            self._values[name] = value
            self._spans[name] = _span(value_node)

    def _keep_unknown(self, key: str, key_node: yaml.Node, value_node: yaml.Node) -> None:
        try:
            self._extra[key] = self._construct(value_node)
        except _WrongTypeError as wrong:
            self._report("front-matter-type", f"'{key}' must be {wrong}", value_node)
        # A vault's properties may be called anything; only a slip of the pen is worth a word.
        meant = next((known for known in _FIELD_BY_KEY if is_slip(key.lower(), known)), "")
        if meant and len(key) > 3:
            hints = (f"did you mean '{meant}'?",)
            self._report("front-matter-unknown-key", f"unknown key '{key}'", key_node, hints)

    def _construct(self, node: yaml.Node) -> Any:  # noqa: ANN401 - YAML values are of any type
        try:
            return self._loader.construct_object(node, deep=True)
        except (yaml.YAMLError, ValueError, TypeError) as error:
            # An impossible date or an unhashable key is only found on construction.
            raise _WrongTypeError("a value that YAML can read") from error

    def _report(
        self, code: str, message: str, node: yaml.Node, hints: tuple[str, ...] = ()
    ) -> None:
        self._problems.append(diagnose(code, message, self._file, _span(node), hints=hints))


_Construct = Callable[[yaml.Node], Any]


def _text(node: yaml.Node, _: _Construct) -> str:
    # A title of 1984 is the text as written, not a number.
    if not isinstance(node, yaml.ScalarNode):
        raise _WrongTypeError("a text; put it in quotes")
    return _printable(str(node.value).strip())


def _printable(text: str) -> str:
    """`text`, whose escapes must not have written what no page may hold."""
    found = unprintable(text)
    if found:
        raise _WrongTypeError(f"a text without control characters (U+{ord(found[0]):04X})")
    return text


def _language(node: yaml.Node, construct: _Construct) -> str:
    tag = _text(node, construct)
    if not _LANGUAGE.fullmatch(tag):
        raise _WrongTypeError("a language's tag, such as 'en' or 'de-AT'")
    return tag


def _texts(node: yaml.Node, _: _Construct) -> tuple[str, ...]:
    if isinstance(node, yaml.ScalarNode):
        parts = str(node.value).split(",")
    elif isinstance(node, yaml.SequenceNode) and all(
        isinstance(item, yaml.ScalarNode) for item in node.value
    ):
        parts = [str(item.value) for item in node.value if not _is_null(item)]
    else:
        raise _WrongTypeError("a list of texts, or texts with commas between")
    # In a text with commas YAML leaves the quotes that its author put around one part.
    stripped = (part.strip().strip("\"'") for part in parts)
    return tuple(dict.fromkeys(map(_printable, filter(None, stripped))))


def _tags(node: yaml.Node, construct: _Construct) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag.lstrip("#") for tag in _texts(node, construct) if tag != "#"))


def _flag(node: yaml.Node, construct: _Construct) -> bool:
    value = construct(node)
    if not isinstance(value, bool):
        raise _WrongTypeError("true or false")
    return value


def _published(node: yaml.Node, construct: _Construct) -> bool | None:
    # `published: 2024-05-01`, as some write, does not say whether.
    value = construct(node)
    return value if isinstance(value, bool) else None


def _number(node: yaml.Node, construct: _Construct) -> float:
    value = construct(node)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _WrongTypeError("a number")
    try:
        number = float(value)
    except OverflowError:
        number = inf
    # Nothing comes before or after what is no number.
    if not isfinite(number):
        raise _WrongTypeError("a number")
    return number


def _whole(node: yaml.Node, construct: _Construct) -> int:
    value = construct(node)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _WrongTypeError("a whole number")
    return value


def _date(node: yaml.Node, construct: _Construct) -> date:
    try:
        value = construct(node)
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else datetime.fromisoformat(str(value)).date()
    except (ValueError, _WrongTypeError) as error:
        raise _WrongTypeError("a date such as 2026-05-14") from error


_MACRO_PARTS: dict[str, type] = {"body": str, "args": int, "default": str, "description": str}


def _macros(node: yaml.Node, construct: _Construct) -> tuple[tuple[str, MacroText], ...]:
    value = construct(node)
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
        raise _WrongTypeError(r"a table of macros, such as 'R: \mathbb{R}'")
    return tuple((name.lstrip("\\"), _macro(name, body)) for name, body in value.items())


def _macro(name: str, value: object) -> MacroText:
    if isinstance(value, str):
        return MacroText(value)
    parts = value if isinstance(value, dict) else {}
    if not isinstance(parts.get("body"), str) or any(
        not isinstance(part, _MACRO_PARTS.get(key, ())) or isinstance(part, bool)
        for key, part in parts.items()
    ):
        message = f"a text for '{name}', or a table with 'body', 'args', 'default', 'description'"
        raise _WrongTypeError(message)
    return MacroText(
        parts["body"], parts.get("args"), parts.get("default"), parts.get("description", "")
    )


_FIELDS: tuple[tuple[str, Callable[[yaml.Node, _Construct], Any], tuple[str, ...]], ...] = (
    ("title", _text, ("title",)),
    ("section", _text, ("section",)),
    ("group", _text, ("group",)),
    ("tags", _tags, ("tags", "tag")),
    ("summary", _text, ("summary", "description", "excerpt")),
    ("date", _date, ("date", "created", "publishdate")),
    ("updated", _date, ("updated", "modified", "lastmod", "last-modified")),
    ("aliases", _texts, ("aliases", "alias", "redirect_from")),
    ("draft", _flag, ("draft",)),
    ("publish", _published, ("publish", "published")),
    ("order", _number, ("order", "weight", "nav_order")),
    ("series", _text, ("series",)),
    ("part", _whole, ("part",)),
    ("permalink", _text, ("permalink", "url", "slug")),
    ("language", _language, ("language", "lang")),
    ("authors", _texts, ("authors", "author")),
    ("css_classes", _texts, ("cssclasses", "cssclass")),
    ("image", _text, ("image", "cover", "socialimage", "thumbnail")),
    ("macros", _macros, ("macros",)),
    ("contents", _flag, ("contents", "toc", "enabletoc")),
    ("noindex", _flag, ("noindex",)),
    ("bibliography", _texts, ("bibliography",)),
    ("citable", _flag, ("citable",)),
)
"""Field of FrontMatter, converter, and the keys that notesite, Obsidian, Quartz, Jekyll and Hugo
give it (`CONVENTIONS`: the first that a note holds wins)."""

_FIELD_BY_KEY = {key: (name, convert) for name, convert, keys in _FIELDS for key in keys}


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"


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
