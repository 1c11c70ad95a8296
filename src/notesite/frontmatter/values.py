"""What each key of front matter holds, and how its YAML becomes that."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import inf, isfinite
from typing import TYPE_CHECKING, Any

import yaml

from notesite.frontmatter.dates import read_date
from notesite.model import MacroText
from notesite.text import did_you_mean
from notesite.yaml_nodes import unprintable

if TYPE_CHECKING:
    from datetime import date

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,8}")
"""The form of a tag of BCP 47, section 2.1."""

_LINKED = re.compile(r"\[\[([^\[\]|]+)(?:\|([^\[\]]+))?\]\]")
_WRITTEN_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?")
_WRITTEN_FLAGS = {"true": True, "yes": True, "false": False, "no": False}
GATES = frozenset({"draft", "publish"})
"""The fields that keep a note from being published: what is said of them must not be guessed."""


GATHERED = frozenset({"tags", "aliases", "macros"})
"""The fields to which each of their keys adds; of other synonyms the first counts."""


class WrongTypeError(Exception):
    """A value that is not what its key holds; the message says what was wanted.

    `at` is the part of it that is wrong, if that is known.
    """

    def __init__(
        self, message: str, at: yaml.Node | None = None, hints: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message)
        self.at = at
        self.hints = hints


Construct = Callable[[yaml.Node], Any]
"""Makes the plain value of a node."""


def is_null(node: yaml.Node) -> bool:
    """Whether a key stands there without a value."""
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def _text(node: yaml.Node, _: Construct) -> str:
    # A title of 1984 is the text as written, not a number.
    if not isinstance(node, yaml.ScalarNode):
        raise WrongTypeError("a text; put it in quotes")
    return _printable(str(node.value).strip())


def _printable(text: str) -> str:
    """`text`, whose escapes must not have written what no page may hold."""
    found = unprintable(text)
    if found:
        raise WrongTypeError(f"a text without control characters (U+{ord(found[0]):04X})")
    return text


def _language(node: yaml.Node, construct: Construct) -> str:
    tag = _text(node, construct)
    if not _LANGUAGE.fullmatch(tag):
        raise WrongTypeError("a language's tag, such as 'en' or 'de-AT'")
    return tag


def _texts(node: yaml.Node, _: Construct) -> tuple[str, ...]:
    if isinstance(node, yaml.ScalarNode):
        parts = str(node.value).split(",")
    elif isinstance(node, yaml.SequenceNode) and all(
        isinstance(item, yaml.ScalarNode) for item in node.value
    ):
        parts = [str(item.value) for item in node.value if not is_null(item)]
    else:
        raise WrongTypeError("a list of texts, or texts with commas between")
    # In a text with commas YAML leaves the quotes that its author put around one part.
    stripped = (part.strip().strip("\"'") for part in parts)
    return tuple(dict.fromkeys(map(_printable, filter(None, stripped))))


def _tags(node: yaml.Node, construct: Construct) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag.lstrip("#") for tag in _texts(node, construct) if tag != "#"))


def _flag(node: yaml.Node, construct: Construct) -> bool:
    value = _published(node, construct)
    if value is None:
        raise WrongTypeError("true or false")
    return value


def _published(node: yaml.Node, construct: Construct) -> bool | None:
    # `published: 2024-05-01`, as some write, does not say whether.
    value = construct(node)
    if isinstance(value, str):
        # In quotes, as a form or a script writes it.
        return _WRITTEN_FLAGS.get(value.strip().lower())
    return value if isinstance(value, bool) else None


def _own_address(node: yaml.Node, construct: Construct) -> str | None:
    # What a note is about has its `url` too, in vaults that keep pages of the web.
    address = _text(node, construct)
    return None if "://" in address else address


def _people(node: yaml.Node, construct: Construct) -> tuple[str, ...]:
    # Somebody with a note of their own is a link to it. MyST and Quarto write tables with a `name`.
    names = _names(node) or _texts(node, construct)
    return tuple(_LINKED.sub(lambda link: link[2] or link[1], name) for name in names)


def _names(node: yaml.Node) -> tuple[str, ...]:
    """The names of a table, or of a list of tables, of people; empty for any other value."""
    tables = node.value if isinstance(node, yaml.SequenceNode) else [node]
    names = []
    for table in tables:
        pairs = table.value if isinstance(table, yaml.MappingNode) else ()
        names += [str(value.value) for key, value in pairs if key.value == "name"]
    return tuple(_printable(name.strip()) for name in names) if len(names) == len(tables) else ()


def _number(node: yaml.Node, construct: Construct) -> float:
    value = construct(node)
    if isinstance(value, str) and _WRITTEN_NUMBER.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WrongTypeError("a number")
    try:
        number = float(value)
    except OverflowError:
        number = inf
    # Nothing comes before or after what is no number.
    if not isfinite(number):
        raise WrongTypeError("a number")
    return number


def _whole(node: yaml.Node, construct: Construct) -> int:
    value = construct(node)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise WrongTypeError("a whole number")
    return value


def _date(node: yaml.Node, _: Construct) -> date:
    # YAML takes an unquoted [[2024-05-07]] for a list in a list.
    while isinstance(node, yaml.SequenceNode) and len(node.value) == 1:
        node = node.value[0]
    found = read_date(str(node.value)) if isinstance(node, yaml.ScalarNode) else None
    if found is None:
        raise WrongTypeError("a date such as 2026-05-14")
    return found


_MACRO_PARTS: dict[str, type] = {"body": str, "args": int, "default": str, "description": str}


def _macros(node: yaml.Node, construct: Construct) -> tuple[tuple[str, MacroText], ...]:
    value = construct(node)
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
        raise WrongTypeError(r"a table of macros, such as 'R: \mathbb{R}'")
    nodes = (
        {key.value: each for key, each in node.value} if isinstance(node, yaml.MappingNode) else {}
    )
    return tuple(
        (name.lstrip("\\"), _macro(name, body, nodes.get(name))) for name, body in value.items()
    )


def _math(node: yaml.Node, construct: Construct) -> tuple[tuple[str, MacroText], ...] | None:
    r"""MyST's `math`, a table whose keys are commands; a flag for other generators is none."""
    if not isinstance(node, yaml.MappingNode):
        return None
    keys = [str(key.value) for key, _ in node.value]
    return _macros(node, construct) if keys and all(key[:1] == "\\" for key in keys) else None


def _macro(name: str, value: object, node: yaml.Node | None) -> MacroText:
    if isinstance(value, str):
        return MacroText(value)
    parts = value if isinstance(value, dict) else {}
    if not isinstance(parts.get("body"), str) or any(
        not isinstance(part, _MACRO_PARTS.get(key, ())) or isinstance(part, bool)
        for key, part in parts.items()
    ):
        message = f"a text for '{name}', or a table with 'body', 'args', 'default', 'description'"
        unknown = next((str(key) for key in parts if key not in _MACRO_PARTS), "")
        raise WrongTypeError(message, node, did_you_mean(unknown, _MACRO_PARTS))
    return MacroText(
        parts["body"], parts.get("args"), parts.get("default"), parts.get("description", "")
    )


_FIELDS: tuple[tuple[str, Callable[[yaml.Node, Construct], Any], tuple[str, ...]], ...] = (
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
    ("permalink", _text, ("permalink", "slug")),
    ("permalink", _own_address, ("url",)),
    ("language", _language, ("language", "lang")),
    ("authors", _people, ("authors", "author")),
    ("css_classes", _texts, ("cssclasses", "cssclass")),
    ("image", _text, ("image", "cover", "socialimage", "thumbnail")),
    ("macros", _macros, ("macros",)),
    ("macros", _math, ("math",)),
    ("contents", _flag, ("contents", "toc", "enabletoc")),
    ("noindex", _flag, ("noindex",)),
    ("bibliography", _texts, ("bibliography",)),
    ("citable", _flag, ("citable",)),
)
"""Field of FrontMatter, converter, and the keys that notesite, Obsidian, Quartz, Jekyll and Hugo
give it (`CONVENTIONS`: the first that a note holds wins)."""

FIELD_BY_KEY = {key: (name, convert) for name, convert, keys in _FIELDS for key in keys}
