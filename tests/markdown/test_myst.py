"""MyST's directives in backticks and its roles, beside the spellings of ours that they equal."""

from __future__ import annotations

import re

import pytest

from notesite.markdown.note import NoteParser
from tests.conftest import SiteMaker, codes, html_of, parse


def plain(html: str) -> str:
    """Without what a fence of another length or place may say differently."""
    return re.sub(r"\s+", " ", html).strip().replace(":prose}", ":cref}")


@pytest.mark.parametrize(
    ("myst", "ours"),
    [
        (
            "```{prf:theorem} Riesz for $H$\n:label: thm-riesz\n\nLet *x* be.\n```",
            '::: theorem "Riesz for $H$" {#thm-riesz}\nLet *x* be.\n:::',
        ),
        ("```{theorem}\nx\n```", "::: theorem\nx\n:::"),
        ("~~~~{prf:proof}\nClear.\n~~~~", "::: proof\nClear.\n:::"),
        (
            "````{prf:theorem}\nA\n\n```{prf:proof}\nB\n```\n````",
            ":::: theorem\nA\n\n::: proof\nB\n:::\n::::",
        ),
        ("> ```{prf:lemma}\n> x\n> ```", "> ::: lemma\n> x\n> :::"),
        ("```{math}\n:label: eq-a\na = b\n```", "$$\na = b\\label{eq-a}\n$$"),
        ("```{math} a = b\n```", "$$\na = b\n$$"),
        ("```{note}\nText.\n```", "> [!note]\n> Text."),
        ("```{note} Text\n\nMore.\n```", "> [!note]\n> Text\n>\n> More."),
        (":::{warning}\nText.\n:::", "> [!warning]\n> Text."),
        (":::{note}\n::: theorem\nx\n:::\n:::", "> [!note]\n> ::: theorem\n> x\n> :::"),
        ("```{admonition} A $x$\n:class: tip\nText.\n```", "> [!tip] A $x$\n> Text."),
        ("```{dropdown} More\nText.\n```", "> [!note]- More\n> Text."),
        (
            "```{figure} curve.svg\n:name: fig-curve\n:alt: A curve\n:width: 80px\n\n"
            'A "caption" with $x$\n```',
            '![A curve](curve.svg "A \\"caption\\" with $x$"){#fig-curve width=80}',
        ),
        ("```{image} curve.svg\n:alt: A curve\n```", "![A curve](curve.svg)"),
        (
            "```{code-block} python\n:name: lst-a\n:caption: Some code\n\nx = 1\n```",
            '```python {#lst-a caption="Some code"}\nx = 1\n```',
        ),
        ("By {eq}`a`, {ref}`thm-b`.", "By \\eqref{a}, \\cref{thm-b}."),
        ("By {prf:ref}`the *text* <thm-b>`.", "By @thm-b[the *text*]."),
        ("In {cite}`a,b` and {cite:t}`c`.", "In [@a; @b] and @c."),
        ("Where {math}`x^2` is.", "Where $x^2$ is."),
        ("$$\na = b\n$$ (eq_a)", "$$\na = b\n\\label{eq_a}$$"),
        ("$$a = b$$ (eq:a)\n\nBy {eq}`eq:a`.", "$$a = b\\label{eq:a}$$\n\nBy \\eqref{eq:a}."),
        ("$$a = b$$ (euler)\n\nBy {eq}`euler`.", "$$a = b\\label{euler}$$\n\nBy \\eqref{euler}."),
        ("$$\na\n$$ (trivially)\n\nText.", "$$\na\n$$\n(trivially)\n\nText."),
        ("(sec-a)=\n## A *part*", "## A *part* {#sec-a}"),
        ("(thm-a)=\n::: theorem\nx\n:::", "::: theorem {#thm-a}\nx\n:::"),
        ("(eq-a)=\n\n$$\na\n$$", "$$\na\n\\label{eq-a}$$"),
        ("(fig-a)=\n```{figure} a.svg\n:width: 8\n\nC\n```", '![](a.svg "C"){#fig-a width=8}'),
        ("(fig-a)=\n![A](a.svg)", "![A](a.svg){#fig-a}"),
        ("A\n\n+++\n\nB", "A\n\nB"),
        ('A\n\n+++ {"tags": ["x"]}\nB', "A\n\nB"),
        ("H{sub}`2`O, {kbd}`Tab`, {index}`vector`", "H<sub>2</sub>O, <kbd>Tab</kbd>, vector"),
        ("An {abbr}`SVD (singular values)`", 'An <abbr title="singular values">SVD</abbr>'),
        ("See {doc}`the *other* <other>`.", "See [the *other*](other)."),
        ("See {doc}`other`.", "See [](other)."),
        ("See {doc}`the\n  other <other>`.", "See [the\nother](other)."),
        ("Get {download}`a/x.py`.", "Get [x.py](a/x.py)."),
        ("```{margin} Title\nText.\n```", "> [!note] Title\n> Text."),
        (":::{tab-set}\n::::{tab-item} One\nA\n::::\n:::", "> [!note] One\n> A"),
        ("```{epigraph}\nTo *be*\n```", "> To *be*"),
        ("```{index} a\n```\n\n```{contents}\n:depth: 2\n```\n\nA", "A"),
        ("```{code-cell} python\n:tags: [remove-cell]\nx\n```\n\nA", "A"),
        (
            "```{exercise-start}\n:label: ex-a\n```\n\n```python\nx\n```\n\n```{exercise-end}\n```",
            "::: exercise {#ex-a}\n```python\nx\n```\n:::",
        ),
        (
            "```{exercise}\n:label: ex-a\nA\n```\n\n```{solution-start} ex-a\n```\nB\n"
            "```{solution-end}\n```",
            "::: exercise {#ex-a}\nA\n:::\n\n::: solution {of=ex-a}\nB\n:::",
        ),
        (
            "```{list-table} Some $x$\n:header-rows: 1\n:name: tab-a\n\n* - A\n  - B | C\n"
            "* - 1\n  -\n```",
            "| A | B \\| C |\n|---|---|\n| 1 | |\n\nTable: Some $x$ {#tab-a}",
        ),
        ("```{glossary}\nvector\n  An element\n  of it.\n```", "vector\n: An element\n  of it."),
    ],
)
def test_the_page_is_that_of_our_own_spelling(parser: NoteParser, myst: str, ours: str) -> None:
    assert plain(html_of(parse(parser, myst))) == plain(html_of(parse(parser, ours)))


@pytest.mark.parametrize(
    "text",
    [
        "```{python}\nx\n```",
        "```{theorem}\nnever closed",
        "    ```{note}\n    code\n    ```",
        "`` {ref}`x` ``",
        "A set {a}`b` and {unknown}`c`.",
        "```\n{note}\n```",
    ],
)
def test_other_code_stays_code(parser: NoteParser, text: str) -> None:
    html = html_of(parse(parser, text))
    assert "<code" in html
    assert "callout" not in html


def test_mistakes_stand_at_their_place(parser: NoteParser) -> None:
    note = parse(parser, "Text.\n\n```{math}\n:label: eq-a\nx\n\\nonsense\n```\n\n$\\wrong$")
    found = [(d.code, d.span.start.line, d.span.start.column) for d in note.diagnostics if d.span]
    assert found == [("math-unknown-command", 6, 1), ("math-unknown-command", 9, 2)]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("A\n\n(a)=\n\n---", "target-stray", (3, 1)),
        ("A\n\n(a)=", "target-stray", (3, 1)),
        ("- A\n\n  (a)=", "target-stray", (3, 3)),
        ("A\n\n```{csv-table}\na, b\n```", "directive-unread", (3, 5)),
        ("```{exercise-start}\n```\n\nA", "fence-unclosed", (1, 1)),
        ("```{list-table}\n* - A\n  - $\\nix$\n```", "math-unknown-command", (3, 6)),
        ("```{glossary}\na\n  $\\nix$\n```", "math-unknown-command", (3, 4)),
        ("$$\n\\nix\n$$ (eq_a)", "math-unknown-command", (2, 1)),
    ],
)
def test_misuse_stands_at_its_place(
    parser: NoteParser, text: str, code: str, place: tuple[int, int]
) -> None:
    found = [d for d in parse(parser, text).diagnostics if d.code != "code-language-unknown"]
    places = [(d.code, d.span.start.line, d.span.start.column) for d in found if d.span]
    assert places == [(code, *place)]


def test_a_heading_has_the_label_of_its_target(site: SiteMaker) -> None:
    site.write("notes/one.md", "(top)=\n# One\n\n(my:part)=\n## A *part*\n")
    site.write("notes/two.md", "{ref}`top`, {ref}`my:part`, {ref}`it <my:part>`, @{my:part}.")
    site.build()
    html = site.page("two.html")
    assert '<a href="one.html#page:main" class="reference">One</a>' in html
    part = '<a href="one.html#my:part" class="reference">{}</a>'
    assert part.format("A <em>part</em> of One") in html
    assert part.format("it") in html
    assert 'id="my:part"' in site.page("one.html")


def test_a_target_may_name_a_text_and_be_an_address(site: SiteMaker) -> None:
    site.write("notes/one.md", "# One\n\n## Part\n\n(here)=\nA *text* of\n\n$$x$$\n\nits own.\n")
    site.write(
        "notes/two.md", "{ref}`a\ntext <here>`, {ref}`here`, [it](here), [eq](one), [no](nix)."
    )
    report = site.build()
    assert '<p id="here">A <em>text</em> of' in site.page("one.html")
    html = site.page("two.html")
    assert '<a href="one.html#here" class="reference">a\ntext</a>' in html
    assert '<a href="one.html#here" class="reference">Part of One</a>' in html
    assert '<a href="one.html#here">it</a>' in html
    assert codes(report) == ["link-not-found"]


def test_a_label_and_a_number_are_those_of_any_equation(parser: NoteParser) -> None:
    note = parse(parser, "```{math}\n:label: eq-a\nx\n```")
    assert [(each.name, each.number) for each in note.labels] == [("eq-a", "1")]
