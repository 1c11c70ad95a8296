"""Our dataclasses do what those of the standard library do."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import field, replace
from pathlib import Path
from typing import Any

import pytest

from notesite.records import dataclass as our_dataclass

SOURCE = Path(__file__).parents[1] / "src" / "notesite"


def made_by(dataclass: Any, **options: bool) -> Any:
    @dataclass(**options)
    class Thing:
        """A thing."""

        name: str
        size: int = 3
        parts: list[str] = field(default_factory=list)
        place: object = field(default=None, compare=False, repr=False)

        def double(self) -> int:
            return 2 * self.size

    return Thing


@pytest.mark.parametrize("options", [{"frozen": True, "slots": True}, {"frozen": True}, {}])
def test_a_dataclass_is_one_of_the_standard_library_s(options: dict[str, bool]) -> None:
    ours, theirs = made_by(our_dataclass, **options), made_by(dataclasses.dataclass, **options)
    for kind in (ours, theirs):
        thing: Any = kind("a", parts=["p"], place=1)
        assert thing == kind("a", 3, ["p"], 2)
        assert thing != kind("a", 4, ["p"], 1)
        assert thing != ("a", 3, ["p"])
        assert kind("a").parts is not kind("a").parts
        assert replace(thing, size=5).double() == 10
        assert copy.copy(thing) == thing
        assert kind.__doc__ == "A thing."
        with pytest.raises(TypeError, match="missing 1 required positional argument: 'name'"):
            kind()
        with pytest.raises(TypeError, match="unexpected keyword argument 'other'"):
            kind("a", other=1)
    assert repr(ours("a", parts=["p"])) == repr(theirs("a", parts=["p"]))
    assert [each.name for each in dataclasses.fields(ours)] == [
        each.name for each in dataclasses.fields(theirs)
    ]
    assert hasattr(ours("a"), "__dict__") == hasattr(theirs("a"), "__dict__")
    assert ours.__match_args__ == theirs.__match_args__
    assert dataclasses.is_dataclass(ours)


@our_dataclass(frozen=True, slots=True)
class Frozen:
    one: int
    two: tuple[int, ...] = ()


@our_dataclass(slots=True)
class Open:
    inner: object = None


def test_what_is_frozen_stays_and_can_be_a_key() -> None:
    frozen = Frozen(1, (2,))
    assert {frozen: 1}[Frozen(1, (2,))] == 1
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'one'"):
        frozen.one = 2  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'two'"):
        del frozen.two
    assert pickle.loads(pickle.dumps(frozen)) == frozen
    assert copy.deepcopy(frozen) == frozen


def test_what_is_open_changes_and_is_no_key() -> None:
    thing = Open()
    thing.inner = thing
    assert repr(thing) == "Open(inner=...)"
    with pytest.raises(TypeError, match="unhashable"):
        hash(thing)


def test_all_of_notesite_s_dataclasses_are_quick_to_define() -> None:
    slow = [
        path
        for path in SOURCE.rglob("*.py")
        if path.name != "records.py"
        and "from dataclasses import dataclass" in path.read_text(encoding="utf-8")
    ]
    assert slow == []


def test_what_is_not_asked_for_here_is_refused() -> None:
    with pytest.raises(TypeError, match="Late: nothing here calls a __post_init__"):

        @our_dataclass()
        class Late:
            def __post_init__(self) -> None:
                """Would never be called."""
