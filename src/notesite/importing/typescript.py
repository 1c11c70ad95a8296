"""Reading the literals in a TypeScript file, such as a Quartz configuration.

Nothing is ever run. Strings, numbers, lists, objects and calls are read as they stand; every other
expression becomes an `Opaque` that keeps its text, and the reading goes on behind it.
"""

from __future__ import annotations

import math
import re
from typing import TypeAlias, Union

from notesite.records import dataclass

_DEEPEST = 60
_TOKEN = re.compile(
    r"""(?P<blank>\s+|//[^\n]*|/\*.*?(?:\*/|\Z))
      | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<template>`(?:[^`\\]|\\.)*`)
      | (?P<number>-?(?:0[xX][0-9a-fA-F]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?))
      | (?P<name>\.\.\.|[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)*)
      | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL
)
_SHORT_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "\n": ""}
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "undefined": None}
_OPENING = {"{": "}", "[": "]", "(": ")"}
_TYPES = frozenset({"as", "satisfies"})


@dataclass(frozen=True, slots=True)
class Call:
    """A call such as `Plugin.Latex({ … })`: what is called, and its arguments."""

    name: str
    arguments: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Opaque:
    """An expression that only TypeScript could work out."""

    text: str


Value: TypeAlias = Union[str, float, bool, "list[Value]", "dict[str, Value]", Call, Opaque, None]


def find_object(text: str, name: str) -> dict[str, Value]:
    """The object that the first property called `name` has in a TypeScript file, else an empty one.

    What is nested beyond 60 levels is left out.
    """
    reader = _Reader(text)
    while reader.is_within():
        if reader.take() in {name, f'"{name}"', f"'{name}'"} and reader.peek() == ":":
            reader.take()
            if reader.peek() == "{":
                value = reader.value(0)
                return value if isinstance(value, dict) else {}
    return {}


def find_calls(text: str, name: str) -> list[Call]:
    """The calls of the function `name`, such as `Component.Footer`, wherever they stand."""
    reader = _Reader(text)
    found = []
    while reader.is_within():
        if reader.peek() == name:
            value = reader.value(0)
            if isinstance(value, Call):
                found.append(value)
        else:
            reader.take()
    return found


class _Reader:
    """A place in a list of tokens."""

    def __init__(self, text: str) -> None:
        self._tokens = [m for m in _TOKEN.finditer(text) if m.lastgroup != "blank"]
        self._text = text
        self._at = 0

    def is_within(self) -> bool:
        return self._at < len(self._tokens)

    def peek(self) -> str:
        return self._tokens[self._at][0] if self.is_within() else ""

    def take(self) -> str:
        token = self.peek()
        self._at += 1
        return token

    def value(self, depth: int) -> Value:
        """The expression that begins here; afterwards its end is reached."""
        begin = self._at
        value = self._primary(depth)
        if self.peek() in _TYPES:
            self._skip()
        elif self.is_within() and self.peek() not in {",", "}", "]", ")", ";"} and depth:
            return self._opaque(begin)
        return value

    def _primary(self, depth: int) -> Value:
        if not self.is_within() or depth > _DEEPEST:
            return self._opaque(self._at)
        begin = self._at
        kind = self._tokens[self._at].lastgroup
        word = self.take()
        if kind == "name" and self.peek() == "(":
            self.take()
            return Call(word, tuple(self._values(")", depth)))
        if word in {"{", "["}:
            return self._object(depth) if word == "{" else self._values("]", depth)
        if kind == "string" or (kind == "template" and "${" not in word):
            return _unescape(word[1:-1])
        if kind == "number" or word in _WORDS:
            return _WORDS[word] if word in _WORDS else _number(word)
        self._at = begin
        return self._opaque(begin)

    def _values(self, closing: str, depth: int) -> list[Value]:
        values: list[Value] = []
        while self.is_within() and self.peek() != closing:
            begin = self._at
            if self.peek() != "...":
                values.append(self.value(depth + 1))
            else:
                self._skip()
            self._pass_comma(begin)
        self.take()
        return values

    def _object(self, depth: int) -> dict[str, Value]:
        table: dict[str, Value] = {}
        while self.is_within() and self.peek() != "}":
            begin = self._at
            kind = self._tokens[self._at].lastgroup
            key = self.take()
            if kind == "string":
                key = _unescape(key[1:-1])
            if self.peek() == ":" and kind in {"string", "name", "number"}:
                self.take()
                table[key] = self.value(depth + 1)
            else:
                # A spread, a method, a computed key or a name that stands for itself.
                self._at = begin
                self._skip()
            self._pass_comma(begin)
        self.take()
        return table

    def _pass_comma(self, begin: int) -> None:
        if self.peek() in {",", ";"} or self._at == begin:
            self.take()

    def _opaque(self, begin: int) -> Opaque:
        self._skip()
        if begin >= len(self._tokens):
            return Opaque("")
        end = self._tokens[min(self._at, len(self._tokens)) - 1].end()
        return Opaque(self._text[self._tokens[begin].start() : end])

    def _skip(self) -> None:
        """Go on to the comma or the bracket that ends the expression."""
        closings: list[str] = []
        while self.is_within():
            sign = self.peek()
            if not closings and sign in {",", "}", "]", ")", ";"}:
                return
            if sign in _OPENING:
                closings.append(_OPENING[sign])
            elif closings and sign == closings[-1]:
                closings.pop()
            self.take()


def _number(token: str) -> float:
    plain = token.replace("_", "")
    if "x" not in plain.lower():
        return float(plain)
    try:
        return float(int(plain, 16))
    except OverflowError:
        return math.inf


def _unescape(text: str) -> str:
    def replacement(found: re.Match[str]) -> str:
        digits = found[1] or found[2] or found[3]
        if digits:
            code = int(digits, 16)
            return chr(code) if code <= 0x10FFFF else "\ufffd"
        return _SHORT_ESCAPES.get(found[4], found[4])

    # Two escapes of four digits may be the halves of one character.
    halves = _ESCAPE.sub(replacement, text)
    return halves.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
