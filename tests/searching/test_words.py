"""How text is cut into words."""

from __future__ import annotations

import pytest

from notesite.searching.words import characters, has_blankless, is_pair, pair, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Matrix", "matrix"),
        ("well-known,", "well known"),
        ("snake_case", "snake case"),
        ("camelCase", "camelcase camel case"),
        ("HTTPServer", "httpserver http server"),
        ("NORM", "norm"),
        ("L2", "l2"),
        ("(naïve)", "naïve"),
        ("e\u0301tale", "étale"),
        ("Größe", "größe"),
        ("Теорема", "теорема"),
        ("गणित", "गणित"),
        ("Rieszʼs", "rieszʼs"),
        ("—", ""),
        ("", ""),
        ("\ud800", ""),
    ],
)
def test_words_are_letters_and_digits_in_small(text: str, words: str) -> None:
    assert list(words_of(text)) == words.split()


def test_without_blanks_characters_are_words_alone_and_with_the_next() -> None:
    assert words_of("范数2") == (pair("范", ""), pair("范", "数"), pair("数", ""), "2")
    assert [part for part, _ in characters("是Riesz定理。")] == ["是", "Riesz", "定", "理", "。"]
    assert has_blankless("a の b")
    assert not has_blankless("Größe")


def test_a_pair_is_three_letters_that_no_note_is_written_in() -> None:
    assert len(pair("sigma", "max")) == 3
    assert pair("sigma", "max") != pair("sigmam", "ax")
    assert is_pair(pair("a", "b"))
    assert not is_pair("sigma")
    assert not is_pair("范")
