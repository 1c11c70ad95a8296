"""Elements of CSL that citeproc-py takes too lightly, by CSL's specification (version 1.0.2).

- What stands in for missing names is not said a second time (`cs:substitute`).
- Of a group whose fields are all missing nothing is said; which branch of `cs:choose` counts as a
  field is known when it is chosen (`cs:group`).
- Works of one citation are sorted only as far as nothing is written between them.
- Words for roles and locators may have capitals, and locators may be numbers.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import Any

from citeproc import NAMES, model
from citeproc.source import BibliographySource, Reference, VariableError
from lxml import etree

from notesite.bibliography.csl_macros import NAMESPACE

_SAID_ONCE = frozenset(NAMES) | {"title", "title_short", "container_title"}
_NUMBER = re.compile(r"[A-Z]*\d+[A-Z]*(?:\s*[-–,&]\s*[A-Z]*\d+[A-Z]*)*", re.IGNORECASE)
"""A number or several, with letters before and behind: `IV2`, `3a`, `3-5`, `2, 4 & 8`."""
_WITHIN_WORDS, _SIGNS = re.compile("['’\u0300-\u036f]"), re.compile(r"[\W_]+")
_MARKUP = re.compile(r"<[^<>]*>")
FIXED = "fixed"
"""What cites have that stay in their place, as words stand before or behind them."""


class Work(Reference):  # type: ignore[misc] # citeproc-py has no types
    """A work that knows which of its fields have been said in the place of others.

    These are not said again; conditions see the work as it is.
    """

    def __init__(self, reference: Reference) -> None:
        fields = {name: value for name, value in reference.items() if name not in {"key", "type"}}
        super().__init__(reference.key, reference.type, **fields)
        for name in [each for each in fields if "_" in each and each in NAMES]:
            # Of people citeproc-py looks for their role as CSL writes it.
            self[name.replace("_", "-")] = fields[name]
        # What is set in the usual way would become a field.
        object.__setattr__(self, "_read", set())
        object.__setattr__(self, "_hidden", set())

    def show_all(self) -> None:
        """Begin anew."""
        self._hidden.clear()

    def watch(self) -> None:
        """Begin to remember what is read."""
        self._read.clear()

    def hide_read(self) -> None:
        """From now on what was read is missing."""
        self._hidden.update(self._read & _SAID_ONCE)

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - as citeproc-py has it
        if name in self._hidden:
            raise VariableError
        self._read.add(name)
        return super().__getitem__(name)


def watched(source: BibliographySource) -> BibliographySource:
    """The works of a source, each as a `Work`."""
    for key, reference in list(source.items()):
        source[key] = Work(reference)
    return source


class _Substitute(model.Substitute):  # type: ignore[misc]
    def render(self, item: Any, context: Any = None, **options: Any) -> Any:  # noqa: ANN401
        for child in self.getchildren():
            item.reference.watch()
            try:
                text = child.render(item, context=context, **options)
            except VariableError:
                continue
            if text:
                item.reference.hide_read()
                return text
        return None


class _Names(model.Names):  # type: ignore[misc]
    def process(self, item: Any, names_context: Any = None, **options: Any) -> Any:  # noqa: ANN401
        # Without a `cs:name` they look like those whose place they take.
        if self.name is None:
            outer = self.xpath_search("ancestor::cs:substitute[1]/parent::cs:names")
            names_context = outer[0] if outer else names_context
        return super().process(item, names_context, **options)


class _Key(model.Key):  # type: ignore[misc]
    def sort_keys(self, items: Any, context: Any) -> Any:  # noqa: ANN401
        keys = super().sort_keys(items, context)
        for item in items:
            item.reference.show_all()
        # Digits are compared as numbers, as they are.
        return [key if key is None else _sortable(str(key)) for key in keys]


def _sortable(key: str) -> str:
    """A key without markup, accents and signs, by which nobody looks for a work."""
    bare = unicodedata.normalize("NFD", unescape(_MARKUP.sub("", key)).lower())
    return " ".join(_SIGNS.sub(" ", _WITHIN_WORDS.sub("", bare)).split())


class _Layout(model.Layout):  # type: ignore[misc]
    def render_children(self, item: Any, **options: Any) -> Any:  # noqa: ANN401
        item.reference.show_all()
        return super().render_children(item, **options)

    def render_citation(self, citation: Any, _callback: Any) -> Any:  # noqa: ANN401
        self.repressed: dict[str, list[str]] = {}
        texts = []
        for together in _runs(citation.cites):
            for cite in self._sorted(together):
                text = self.render_children(cite)
                if text is not None:
                    texts.append(cite.get("prefix", "") + text + cite.get("suffix", ""))
        return self.format(self.wrap(self.join(texts)))

    def _sorted(self, cites: list[Any]) -> list[Any]:
        in_order = sorted(cites, key=lambda cite: cite.number)
        sort = self.getparent().sort
        return list(sort.sort(in_order, self)) if sort is not None else in_order


def _runs(cites: list[Any]) -> list[list[Any]]:
    """The works that may change places."""
    runs: list[list[Any]] = []
    for cite in cites:
        if runs and FIXED not in cite and FIXED not in runs[-1][-1]:
            runs[-1].append(cite)
        else:
            runs.append([cite])
    return runs


class _Group(model.Group):  # type: ignore[misc]
    def process(self, item: Any, context: Any = None, **options: Any) -> Any:  # noqa: ANN401
        texts = []
        calls = has_field = False
        for child in self.iterchildren():
            try:
                text, is_field = self._child(child, item, context=context, **options)
            except VariableError:
                text, is_field = None, True
            calls |= is_field
            has_field |= is_field and bool(text)
            texts += [text] if text else []
        if not texts or (calls and not has_field):
            raise VariableError
        return self.join(texts)

    def _child(self, child: Any, item: Any, **options: Any) -> tuple[Any, bool]:  # noqa: ANN401
        """What a child says, and whether it says it of a field."""
        if not isinstance(child, model.Choose):
            # citeproc-py takes a date for something that names no field.
            is_field = isinstance(child, model.Date) or child.calls_variable()
            return child.render(item, **options), is_field
        for branch in child.getchildren():
            try:
                text = branch.render(item, delimiter=self.get("delimiter", ""), **options)
            except model.ConditionFailed:
                continue
            return text, branch.calls_variable()
        return None, False


class _If(model.If):  # type: ignore[misc]
    def _is_numeric(self, item: Any) -> list[bool]:  # noqa: ANN401
        return [_is_number(item, name) for name in self.get("is-numeric").split()]


class _ElseIf(_If, model.Else_If):  # type: ignore[misc]
    pass


def _is_number(item: Any, name: str) -> bool:  # noqa: ANN401
    if name == "locator":
        return item.has_locator and bool(_NUMBER.fullmatch(str(item.locator.identifier).strip()))
    field = name.replace("-", "_")
    return field in item.reference and bool(_NUMBER.fullmatch(str(item.reference[field]).strip()))


class _Name(model.Name):  # type: ignore[misc]
    def get_option(self, name: str, context: Any = None, sort_options: Any = None) -> Any:  # noqa: ANN401
        if name == "initialize-with" and self.get("initialize") == "false":
            return None
        return super().get_option(name, context, sort_options)


class _Label(model.Label):  # type: ignore[misc]
    def process(self, item: Any, variable: Any = None, plural: Any = None, **options: Any) -> Any:  # noqa: ANN401
        named = self.get("variable")
        # A number that is not there has no word; those of names are asked for by their role.
        if (
            variable is None
            and named != "locator"
            and named.replace("-", "_") not in item.reference
        ):
            return None
        return super().process(item, variable, plural, **options)

    def case(self, text: Any, language: str | None = None) -> Any:  # noqa: ANN401
        # Words of the locale are in its own language, which may have no titles in capitals.
        is_title = self.get("text-case") == "title"
        return text.capitalize_first() if is_title else super().case(text, language)


_OURS = {
    "substitute": _Substitute, "key": _Key, "layout": _Layout, "group": _Group, "if": _If,
    "else-if": _ElseIf, "label": _Label, "name": _Name, "names": _Names,
}  # fmt: skip


def take_ours(style: Any) -> None:  # noqa: ANN401
    """Let a style that was read be made of these elements."""
    lookup = etree.ElementNamespaceClassLookup()
    namespace = lookup.get_namespace(NAMESPACE)
    namespace[None] = model.CitationStylesElement
    known = {
        each.__name__.replace("_", "-").lower(): each
        for each in model.CitationStylesElement.__subclasses__()
    }
    namespace.update({**known, **_OURS})
    style.parser.set_element_class_lookup(lookup)
