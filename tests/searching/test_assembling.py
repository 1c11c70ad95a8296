"""The files of an index are those that Pagefind itself writes for the same words."""

from __future__ import annotations

import gzip
import json
import subprocess
from pathlib import Path
from typing import Any

from notesite.searching import cbor, chunks
from notesite.searching.assembling import LanguageIndex
from notesite.searching.documents import Document
from notesite.searching.entries import compressed, entry_of, unpacked
from notesite.searching.joined import Kept
from notesite.searching.pagefind import ask
from notesite.searching.reading import FULL, LOCATION_BITS, Anchor
from notesite.searching.words import EVERYWHERE, words_of
from tests.searching.test_pagefind import program

PAGES = {
    "a.html": ("Running Norms", "the norm of häuser runs running norms norm"),
    "b.html": ("Häuser", "eigenvalues and a norm"),
    "c.html": ("Other", "nothing of these but häuser häuser eigenvalue hauser"),
}


def document(title: str, text: str, weight: float = 1) -> Document:
    places: dict[str, list[int]] = {}
    for at, word in enumerate(text.split()):
        places.setdefault(word, []).append(int(weight * FULL) << LOCATION_BITS | at)
    return Document(
        "en", title, text, len(text.split()), (), {"tag": ["x"]}, places, words_of(title), "",
    )  # fmt: skip


def index_of(documents: dict[str, Document]) -> dict[str, bytes]:
    words = {word for each in documents.values() for word in (*each.places, *each.title_words)}
    stems = ask(program(), {"en": sorted(words)}).stems["en"]
    index = LanguageIndex("en", Kept(None, "", "en"))
    for url, each in documents.items():
        index.add(unpacked(entry_of(url, each, stems)[0].packed()))
    return {path: compressed(load()) for path, load in index.files("1.5.2", {})}


def read(content: bytes) -> Any:
    return cbor.decode(gzip.decompress(content).removeprefix(b"pagefind_dcd"))


def of_pagefind(folder: Path) -> dict[str, bytes]:
    (folder / "site").mkdir()
    for url, (title, text) in PAGES.items():
        (folder / "site" / url).write_text(
            f'<html lang="en"><body data-pagefind-body>{text}'
            f'<meta data-pagefind-meta="title[content]" content="{title}"></body></html>',
            encoding="utf-8",
        )
    arguments = [str(program()), "--site", "site", "--output-path", "index", "--keep-index-url"]
    subprocess.run(arguments, cwd=folder, check=True, capture_output=True)
    index = folder / "index"
    return {path.relative_to(index).as_posix(): path.read_bytes() for path in index.rglob("*.pf_*")}


def meaning(files: dict[str, bytes], urls: dict[str, str]) -> dict[tuple[str, ...], Any]:
    """By word and variant: the pages by URL, each with its places and those in fields."""
    [meta] = [read(content) for path, content in files.items() if path.endswith(".pf_meta")]
    names = [urls[name] for name, _ in meta[1]]
    found: dict[tuple[str, ...], Any] = {}
    for path, content in files.items():
        if path.endswith(".pf_index"):
            for word, pages, variants in read(content)[0]:
                for key, own in (
                    ((word, ""), pages),
                    *(((word, name), it) for name, it in variants),
                ):
                    number = 0
                    for distance, places, fields in own:
                        number += distance
                        found[(*key, names[number])] = (places, fields)
    return found


def test_an_index_says_what_pagefind_says(tmp_path: Path) -> None:
    theirs = of_pagefind(tmp_path)
    fragments = {path: each for path, each in theirs.items() if path.endswith(".pf_fragment")}
    urls = {
        path.removeprefix("fragment/").removesuffix(".pf_fragment"): json.loads(
            gzip.decompress(each).removeprefix(b"pagefind_dcd")
        )["url"]
        for path, each in fragments.items()
    }
    documents = {url: document(*page) for url, page in PAGES.items()}
    ours = index_of(documents)
    own = {entry_of(url, each, {})[0].page.fragment: f"/{url}" for url, each in documents.items()}
    said = meaning(ours, own)
    # One word is ours alone: it stands for no word at all, which Pagefind must not be asked for.
    for url in documents:
        assert said.pop((EVERYWHERE, "", f"/{url}")) == ([-2, 0], [])
    assert said == meaning(theirs, urls)
    [our_meta, their_meta] = [
        read(next(each for path, each in files.items() if path.endswith(".pf_meta")))
        for files in (ours, theirs)
    ]
    assert our_meta[4:] == their_meta[4:]
    assert [length for _, length in our_meta[1]] == [
        length for _, length in sorted(their_meta[1], key=lambda page: urls[page[0]])
    ]


def test_words_of_one_stem_are_together_by_weight(tmp_path: Path) -> None:
    one, other = document("T", "norm norms"), document("T", "x norming", weight=6)
    places = {**one.places, "norming": other.places["norming"]}
    entry, _ = entry_of(
        "a.html",
        Document("en", "T", "", 2, (), {}, places, (), ""),
        {"norms": "norm", "norming": "norm"},
    )
    written = dict(zip(entry.words, entry.places, strict=True))["norm"]
    assert cbor.decode(b"\x82" + written) == [[-25, 0, 1, -145, 1], []]


def test_every_chunk_is_named_for_what_is_in_it(monkeypatch) -> None:
    monkeypatch.setattr(chunks, "_LEAST", 200)
    monkeypatch.setattr(chunks, "_MOST", 600)
    text = " ".join(f"w{number:04}" for number in range(500))
    files = index_of({f"{name}.html": document("T", text) for name in "abc"})
    [meta] = [read(content) for path, content in files.items() if path.endswith(".pf_meta")]
    listed = meta[2]
    assert len(listed) > 10
    seen: list[str] = []
    for first, last, name in listed:
        words = [word for word, _, _ in read(files[f"index/{name}.pf_index"])[0]]
        assert words[0].startswith(first)
        assert words[-1].startswith(last)
        assert not seen or seen[-1] < first
        seen += words
    assert seen == sorted({*text.split(), "t", EVERYWHERE})
    assert len(read(files[f"index/{listed[-1][2]}.pf_index"])[0]) == 1


def test_an_entry_that_was_packed_is_the_same() -> None:
    anchor = Anchor("h2", "x", "A Part", 1, 2)
    described = Document("en", "T", "a b", 2, (anchor,), {"tag": ["y"]}, {"a": [3]}, ("t",), "")
    entry, fragment = entry_of("a.html", described, {})
    assert unpacked(entry.packed()) == entry
    assert entry.page.titles == "a part t"
    shown = json.loads(gzip.decompress(fragment).removeprefix(b"pagefind_dcd"))
    assert shown["anchors"][0]["text"] == "A Part"


def test_files_do_not_say_which_python_made_them() -> None:
    packed = compressed(b"content")
    assert packed[:10] == bytes([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, packed[8], 0xFF])
    assert gzip.decompress(packed).endswith(b"content")
