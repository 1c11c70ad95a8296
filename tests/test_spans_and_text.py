"""Floor 0: places, slugs, suggestions."""

from __future__ import annotations

import time
from difflib import get_close_matches

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesite.spans import Origin, Position, Span
from notesite.text import (
    anchor,
    did_you_mean,
    escape_html,
    match_key,
    nearest,
    plural,
    slugify,
    title_key,
)


def test_origin_leads_back_through_its_runs() -> None:
    # "ab\ncd" cut out of a quote: line 3 from column 3, line 4 from column 5.
    origin = Origin(((0, 3, 3), (3, 4, 5)))
    assert [origin.position(i) for i in range(5)] == [
        Position(3, 3), Position(3, 4), Position(3, 5), Position(4, 5), Position(4, 6),
    ]  # fmt: skip
    assert origin.span(1, 4) == Span(Position(3, 4), Position(4, 6))


@given(st.integers(0, 4), st.integers(0, 4))
def test_shifted_origin_agrees(shift: int, offset: int) -> None:
    origin = Origin(((0, 3, 3), (3, 4, 5)))
    assert origin.shifted(shift).position(offset) == origin.position(shift + offset)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Deep Linear Networks", "deep-linear-networks"),
        ("A; B & C's (note)", "a-b-cs-note"),
        ("Über Größe", "über-größe"),
        ("100% sure?", "100-sure"),
        ("  --x--  ", "x"),
        ("../../etc", "etc"),
        ("🎉", ""),
    ],
)
def test_slugs(text: str, slug: str) -> None:
    assert slugify(text) == slug


@given(st.text())
def test_slugs_are_safe_and_stable(text: str) -> None:
    slug = slugify(text)
    assert not set(slug) & set("/\\?#%<>\"' .")
    assert slugify(slug) == slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello World", "hello-world"),
        ("What's new?", "whats-new"),
        ("a - b", "a---b"),
        ("1. First", "1-first"),
        ("snake_case", "snake_case"),
    ],
)
def test_anchors_are_githubs(text: str, expected: str) -> None:
    assert anchor(text) == expected


def test_suggestions() -> None:
    assert nearest("riez", ["Riesz", "Weierstrass"]) == ["Riesz"]
    assert did_you_mean("sumary", ["summary", "section"]) == ("did you mean 'summary'?",)
    assert did_you_mean("xyz", ["summary"]) == ()


def test_plurals() -> None:
    assert [plural(1, "note"), plural(2000, "note")] == ["1 note", "2,000 notes"]


def test_escaping() -> None:
    assert escape_html("<a href='x'>&\"") == "&lt;a href=&#x27;x&#x27;&gt;&amp;&quot;"


def test_titles_are_ordered_as_people_count() -> None:
    titles = ["Lecture 10", "lecture 2", "Lecture 1", "§ 007", "2 norms", "10 norms", "Écart"]
    assert sorted(titles, key=title_key) == [
        "2 norms", "10 norms", "Lecture 1", "lecture 2", "Lecture 10", "§ 007", "Écart"
    ]  # fmt: skip


@given(
    st.lists(st.text("abcde Éß", max_size=12), max_size=30),
    st.text("abcde Éß", max_size=12),
    st.integers(1, 4),
    st.sampled_from([0.0, 0.6, 0.85]),
)
def test_the_nearest_names_are_those_that_difflib_finds(
    names: list[str], name: str, count: int, likeness: float
) -> None:
    by_key = {match_key(each): each for each in sorted(names, reverse=True)}
    found = get_close_matches(match_key(name), by_key, n=count, cutoff=likeness)
    assert nearest(name, names, count, likeness) == [by_key[key] for key in found]


def test_many_names_are_held_against_as_many_others() -> None:
    names = [f"eq:{number}-of-many" for number in range(1500)]
    begin = time.process_time()
    for number in range(1500):
        assert nearest(f"no:{number}-of-many", names)
    assert time.process_time() - begin < 4
