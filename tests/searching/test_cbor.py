"""Pagefind's form of numbers, text and lists."""

from __future__ import annotations

import pytest

from notesite.searching import cbor


@pytest.mark.parametrize(
    "value",
    [
        0, 23, 24, 255, 256, 4095, 4096, 65_535, 65_536, 1 << 32, -1, -24, -25, -217, -70_000,
        "", "ä" * 300, [], [[1], ["a", []]] * 30,
    ],
)  # fmt: skip
def test_what_is_written_is_read_as_it_was(value: cbor.Value) -> None:
    assert cbor.decode(cbor.encode(value)) == value


def test_it_is_written_as_in_the_examples_of_its_specification() -> None:
    """RFC 8949, appendix A."""
    examples: list[tuple[cbor.Value, str]] = [
        (10, "0a"), (24, "1818"), (1000, "1903e8"), (1_000_000, "1a000f4240"), (-1, "20"),
        (-10, "29"), (-100, "3863"), (-1000, "3903e7"),
        ("IETF", "6449455446"), ("水", "63e6b0b4"), ([1, [2, 3], [4, 5]], "8301820203820405"),
    ]  # fmt: skip
    for value, written in examples:
        assert cbor.encode(value).hex() == written


@pytest.mark.parametrize("broken", ["", "18", "19ff", "63e6b0", "8201", "0000", "1c", "a0", "f6"])
def test_anything_else_is_refused(broken: str) -> None:
    with pytest.raises(ValueError, match=r"cut short|unknown|more than one"):
        cbor.decode(bytes.fromhex(broken))


def test_small_numbers_are_written_as_all_others_are() -> None:
    for number in range(5_000):
        assert cbor.encode(number) == cbor.encode_number(number)
