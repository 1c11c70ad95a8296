r"""References by name: `@key`, `[see @key, p. 3]`, `\cref{a,b}`, and what is none of them."""

from __future__ import annotations

import pytest

from notesite.markdown.locators import split_locator
from notesite.markdown.note import NoteParser
from notesite.model import Reference, ReferenceKind
from tests.conftest import html_of, parse


def cites(parser: NoteParser, text: str) -> list[Reference]:
    found = [piece for piece in parse(parser, text).body if isinstance(piece, Reference)]
    return [each for each in found if each.kind is ReferenceKind.CITE_OR_LABEL]


@pytest.mark.parametrize(
    ("text", "form", "keys"),
    [
        ("by @thm-riesz.", "prose", ["thm-riesz"]),
        ("by @thm:riesz, so", "prose", ["thm:riesz"]),
        ("(@Saxe_2014)", "prose", ["Saxe_2014"]),
        ("**@a**", "prose", ["a"]),
        ("@a", "prose", ["a"]),
        ("@{https://a.b/c}", "prose", ["https://a.b/c"]),
        ("-@thm-a", "prose", ["thm-a"]),
        ("[@thm-a]", "bracket", ["thm-a"]),
        ("[@a; @b;@c]", "bracket", ["a", "b", "c"]),
        ("[see @a, p. 3; also -@b]", "bracket", ["a", "b"]),
        ("> [@a]", "bracket", ["a"]),
        ("- [@a]", "bracket", ["a"]),
        ("| x |\n|---|\n| [@a] |", "bracket", ["a"]),
        (r"\eqref{eq:a}", "eqref", ["eq:a"]),
        (r"$\eqref{eq:a}$", "eqref", ["eq:a"]),
        (r"\cref{a, b}", "cref", ["a", "b"]),
        (r"\autoref{a}", "autoref", ["a"]),
    ],
)
def test_references_by_name(parser: NoteParser, text: str, form: str, keys: list[str]) -> None:
    (reference,) = cites(parser, text)
    assert reference.target == form
    assert [cited.key for cited in reference.cited] == keys


@pytest.mark.parametrize(
    "text",
    [
        "mail a@b.c or <a@b.c>",
        "`@a` and `[@a]`",
        "$x @ y$ and $[@a]$",
        "https://social.example/@somebody",
        "<https://social.example/@somebody>",
        "[@somebody](https://social.example)",
        "[ask @somebody](note.md)",
        "[@somebody][1]\n\n[1]: https://a.b",
        "[[@note]]",
        "a @ b, a@, @",
        "@-moz and @@twice",
        r"\@a and [\@a]",
        "```\n@a\n```",
        "[^@a]",
        r"\ref{}",
        r"`\ref{a}`",
        "[a; @b]",
    ],
)
def test_what_is_no_reference_by_name(parser: NoteParser, text: str) -> None:
    assert [each.text for each in cites(parser, text) if each.text != "@b"] == []


def test_what_stands_around_a_name_is_kept(parser: NoteParser) -> None:
    (reference,) = cites(parser, "[see *esp.* -@doe99, pp. 33-35, for $x^2$; @b]")
    first, second = reference.cited
    assert first.prefix.html == "see <em>esp.</em>"
    assert first.prefix.text == "see esp."
    assert first.locator == ("page", "33-35")
    assert first.locator_source == "pp. 33-35"
    assert first.suffix.text == ", for x²"
    assert "<math" in first.suffix.html
    assert first.suppresses_author
    assert (second.key, second.prefix.html, second.suppresses_author) == ("b", "", False)


def test_brackets_behind_a_key_are_a_text_or_a_locator(parser: NoteParser) -> None:
    (adjacent,) = cites(parser, "@thm-a[the *theorem*] x")
    assert adjacent.cited[0].is_adjacent
    assert adjacent.cited[0].suffix.html == "the <em>theorem</em>"
    (spaced,) = cites(parser, "@doe [p. 3]")
    assert spaced.cited[0].locator == ("page", "3")
    (apart,) = cites(parser, "@doe [who else?]")
    assert apart.cited[0].suffix.html == ""
    assert "{cite-or-label:prose} [who else?]" in html_of(parse(parser, "@doe [who else?]"))


@pytest.mark.parametrize(
    ("text", "locator", "rest"),
    [
        (", p. 3", ("page", "3"), ""),
        (", pp. 33-35, 38-39 and *passim*", ("page", "33-35, 38-39"), " and *passim*"),
        (", 12", ("page", "12"), ""),
        (", sec. 2.3, where", ("section", "2.3"), ", where"),
        (" § 4", ("section", "4"), ""),
        (", chap. IV", ("chapter", "IV"), ""),
        (", ch. 3.", ("chapter", "3"), "."),
        (", vol. 2 of it", ("volume", "2"), " of it"),
        (", S. 3", ("page", "3"), ""),
        (" Kap. 2 und 3, wo", ("chapter", "2 und 3"), ", wo"),
        (", Abschn. 2.3", ("section", "2.3"), ""),
        (", chapitre 4", ("chapter", "4"), ""),
        (", éq. 12", ("equation", "12"), ""),
        ("{thm. 3} more", ("page", "thm. 3"), " more"),
        ("{}, 1999", None, ", 1999"),
        (", which did it", None, ", which did it"),
        ("", None, ""),
    ],
)
def test_locators(text: str, locator: tuple[str, str] | None, rest: str) -> None:
    found, _, after = split_locator(text)
    assert (found, after) == (locator, rest)


def test_a_reference_in_a_formula_to_elsewhere_is_left_open(parser: NoteParser) -> None:
    note = parse(parser, "text\n\n$$\nx \\overset{\\eqref{eq:far}}{=} y\n$$")
    (reference,) = [each for each in note.body if isinstance(each, Reference)]
    assert (reference.target, reference.cited[0].key) == ("eqref", "eq:far")
    assert reference.span is not None
    assert (reference.span.start.line, reference.span.start.column) == (4, 12)


def test_a_text_that_never_closes_is_read_quickly(parser: NoteParser) -> None:
    assert cites(parser, "[" * 20_000 + "@a") != []


def test_headings_and_titles_keep_the_source(parser: NoteParser) -> None:
    note = parse(parser, "# On @thm-a\n\n## Proof of @thm-a and $\\eqref{far}$")
    assert note.title.text == "On @thm-a"
    assert "\0" not in note.headings[0].title.html
