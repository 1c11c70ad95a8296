"""What was seen of a site is found again by what of it has changed."""

from __future__ import annotations

from types import SimpleNamespace

from notesite.traces import KeysByPlace, Readers


def test_only_places_that_hold_something_else_are_looked_at():
    one, two, other = object(), object(), object()
    before = SimpleNamespace(notes={"a": one, "b": two}, sections=(one,), footer="x")
    site = SimpleNamespace(notes={"a": one, "b": other}, sections=before.sections, footer="y")
    keys = KeysByPlace(["face notes a", "text notes b", "face notes b", "sections", "footer"])
    keys.add("face notes c")
    assert keys.of_changed(before, site) == ["text notes b", "face notes b", "footer"]
    assert keys.of_changed(before, before) == []


def test_notes_that_are_known_to_be_the_same_are_not_looked_at():
    before = SimpleNamespace(notes={"a": object(), "b": object()})
    site = SimpleNamespace(notes={"a": object(), "b": object()})
    keys = KeysByPlace(["face notes a", "face notes b", "notes"])
    assert keys.of_changed(before, site, notes={"b"}) == ["notes", "face notes b"]


def test_readers_are_found_by_what_they_read():
    readers = Readers({"one.html": ("face notes a", "sections"), "two.html": ("face notes b",)})
    readers.add("two.html", ("face notes b", "sections"), before=("face notes b",))
    assert readers.of(["sections"]) == {"one.html", "two.html"}
    assert readers.of(["face notes b", "gone"]) == {"two.html"}
