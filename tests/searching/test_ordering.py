"""What Pagefind writes in an order of chance is put in order, and says the same as before."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from notesite.searching import cbor
from notesite.searching.ordering import in_order


def packed(value: cbor.Value) -> bytes:
    return gzip.compress(b"pagefind_dcd" + cbor.encode(value), mtime=0)


def unpacked(content: bytes) -> list[Any]:
    values: list[Any] = cbor.decode(gzip.decompress(content).removeprefix(b"pagefind_dcd"))
    return values


def index(values: list[cbor.Value], name: str, languages: tuple[str, ...]) -> dict[str, bytes]:
    """As Pagefind writes it; only English has notes with tags."""
    metas = {language: f"{language}_{name * 10}" for language in languages}
    entry = {each: {"hash": meta, "page_count": 1} for each, meta in metas.items()}
    files = {
        "pagefind-entry.json": json.dumps({"languages": entry}).encode(),
        "fragment/en_1234567.pf_fragment": b"a page",
        f"filter/en_{name * 7}.pf_filter": packed(["tag", values]),
    }
    for language, meta in metas.items():
        filters: list[cbor.Value] = [["tag", f"en_{name * 7}"]] if language == "en" else []
        files[f"pagefind.{meta}.pf_meta"] = packed(["1.5", [], [], filters, [], ["title"]])
    return files


ONE = index([["b", [1, 300]], ["a", [0, 70_000]]], "0", ("en", "de"))
OTHER = index([["a", [0, 70_000]], ["b", [1, 300]]], "f", ("de", "en"))


def test_chance_leaves_no_trace() -> None:
    assert ONE.keys() != OTHER.keys()
    assert list(in_order(ONE).items()) == list(in_order(OTHER).items())


def test_every_name_leads_to_its_file() -> None:
    files = in_order(ONE)
    assert len(files) == len(ONE)
    entry = json.loads(files["pagefind-entry.json"])["languages"]
    assert entry["de"]["hash"].startswith("de_")
    meta = unpacked(files[f"pagefind.{entry['en']['hash']}.pf_meta"])
    assert (meta[:3], meta[4:]) == (["1.5", [], []], [[], ["title"]])
    [[title, name]] = meta[3]
    assert title == "tag"
    values = unpacked(files[f"filter/{name}.pf_filter"])
    assert values == ["tag", [["a", [0, 70_000]], ["b", [1, 300]]]]


def test_another_content_has_another_name() -> None:
    changed = index([["a", [0]]], "0", ("en", "de"))
    names = [
        {path for path in in_order(each) if path.startswith("filter/")} for each in (ONE, changed)
    ]
    assert names[0].isdisjoint(names[1])


@pytest.mark.parametrize(
    "foreign",
    [
        b"plain",
        gzip.compress(b"pagefind_xyz", mtime=0),
        gzip.compress(b"pagefind_dcd\xa0", mtime=0),
        gzip.compress(b"pagefind_dcd\x82\x01", mtime=0),
        packed(7),
        packed(["tag"]),
        packed(["tag", [1, "a"]]),
    ],
)
def test_files_of_another_pagefind_stay_as_they_are(foreign: bytes) -> None:
    files = {path: foreign if path.startswith("filter/") else it for path, it in ONE.items()}
    assert in_order(files) == files


@pytest.mark.parametrize(
    "value",
    [0, 23, 24, 255, 256, 65_535, 65_536, 1 << 32, "", "ä" * 300, [], [[1], ["a", []]] * 30],
)
def test_cbor_is_read_as_it_is_written(value: cbor.Value) -> None:
    assert cbor.decode(cbor.encode(value)) == value


def test_cbor_is_written_as_in_the_examples_of_its_specification() -> None:
    """RFC 8949, appendix A."""
    examples: list[tuple[cbor.Value, str]] = [
        (10, "0a"), (24, "1818"), (1000, "1903e8"), (1_000_000, "1a000f4240"),
        ("IETF", "6449455446"), ("水", "63e6b0b4"), ([1, [2, 3], [4, 5]], "8301820203820405"),
    ]  # fmt: skip
    for value, written in examples:
        assert cbor.encode(value).hex() == written


@pytest.mark.parametrize("broken", ["", "18", "19ff", "63e6b0", "8201", "0000", "1c", "a0", "f6"])
def test_what_is_no_such_cbor_is_refused(broken: str) -> None:
    with pytest.raises(ValueError, match=r"cut short|unknown|more than one"):
        cbor.decode(bytes.fromhex(broken))
