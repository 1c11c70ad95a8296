"""Literals are read from TypeScript as they stand; nothing else stops the reading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesite.importing.typescript import Call, Opaque, find_calls, find_object


def read(value: str):
    return find_object("const c = { it: { value: " + value + " } }", "it")["value"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ('"a \\"b\\" \\n"', 'a "b" \n'),
        ("'it''s'", Opaque("'it''s'")),
        ("'it\\'s'", "it's"),
        ("`plain`", "plain"),
        ("`a ${b} c`", Opaque("`a ${b} c`")),
        (r'"\u{1F331} \ud83c\udf31 \x41"', "🌱 🌱 A"),
        ("-1.5e3", -1500.0),
        ("0xff", 255.0),
        ("0x" + "f" * 300, float("inf")),
        ("10_000", 10000.0),
        ("true", True),
        ("undefined", None),
        ("[1, 'b', [], ]", [1.0, "b", []]),
        ("{ a: 1, 'b-c': 2, 3: 4, }", {"a": 1.0, "b-c": 2.0, "3": 4.0}),
        ("{ a, ...rest, f() { return {x: 1} }, [k]: 1, b: 2 }", {"b": 2.0}),
        ("P.Latex({ a: 1 })", Call("P.Latex", ({"a": 1.0},))),
        ("f()", Call("f", ())),
        ('"a" as const', "a"),
        ("{ a: 1 } satisfies T", {"a": 1.0}),
        ("a ? 'b' : 'c'", Opaque("a ? 'b' : 'c'")),
        ("(x) => ({ y: x })", Opaque("(x) => ({ y: x })")),
        ("process.env.URL ?? 'b'", Opaque("process.env.URL ?? 'b'")),
        ("'a' + b", Opaque("'a' + b")),
        ("// no\n /* nor { this */ 'a'", "a"),
    ],
)
def test_values(written: str, value: object):
    assert read(written) == value


def test_reading_goes_on_behind_what_is_not_a_literal():
    text = "it: { a: b(c => c.d({ e: [1, 2] })).f, g: 'h' }"
    assert find_object(text, "it")["g"] == "h"


def test_the_first_object_of_a_name_is_found_whatever_stands_around():
    text = "import it from 'it'\nconst it: T = make({ it: 'no', deep: { it: { a: 1 } } })"
    assert find_object(text, "it") == {"a": 1.0}
    assert find_object(text, "other") == {}


def test_calls_are_found_wherever_they_stand():
    text = "x: [A.B({ c: 1 }), A.C(A.B())], y: A.B(1)"
    assert find_calls(text, "A.B") == [
        Call("A.B", ({"c": 1.0},)),
        Call("A.B", ()),
        Call("A.B", (1.0,)),
    ]


def test_nesting_without_end_is_no_fault():
    assert find_object("it: {a: " + "[" * 5000, "it")


@given(st.text(alphabet="{}[]():,;'\"`\\$.ab1-/*\n ", max_size=80))
def test_any_text_is_read_to_its_end(text: str):
    find_object("it: {" + text, "it")
    find_calls(text, "a")
