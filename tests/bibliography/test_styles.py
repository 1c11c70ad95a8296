"""The built-in styles: what citations say, and the lists of references."""

from __future__ import annotations

import pytest

from notesite.bibliography.citing import AUTHOR, PROSE, SILENT, YEAR, Citation, Words
from notesite.bibliography.entries import Entry
from notesite.bibliography.references import describe
from notesite.bibliography.runs import plain, to_html, to_text
from notesite.bibliography.styles import built_in
from notesite.languages import catalogue
from notesite.linking.citing import words_of
from tests.bibliography.library import cite, item, library, listed, said


@pytest.mark.parametrize(
    ("citation", "by_year", "by_number"),
    [
        (cite("jacot2018"), "(Jacot et al., 2018)", "[1]"),
        (cite("jacot2018", "axler2015"), "(Jacot et al., 2018; Axler, 2015)", "[1, 2]"),
        (cite("riesz1907"), "(Riesz and von Neumann, 1907)", "[1]"),
        (cite("jacot2018", form=PROSE), "Jacot et al. (2018)", "Jacot et al.\u00a0[1]"),
        (
            cite("jacot2018", "axler2015", form=PROSE),
            "Jacot et al. (2018) and Axler (2015)",
            "Jacot et al.\u00a0[1] and Axler\u00a0[2]",
        ),
        (cite("axler2015", form=AUTHOR), "Axler", "Axler"),
        (cite("axler2015", form=YEAR), "2015", "2015"),
        (cite("axler2015", form=SILENT), "", ""),
        (cite(item("axler2015", suppresses_author=True)), "(2015)", "[1]"),
        (
            cite(item("axler2015", suppresses_author=True), form=PROSE),
            "(2015)",
            "[1]",
        ),
        (
            cite(item("axler2015", "see", "sec. 2", ", and more")),
            "(see Axler, 2015, sec.\u00a02, and more)",
            "[see 1, sec.\u00a02, and more]",
        ),
        (
            cite(item("axler2015", "see", "pp. 3-5"), item("jacot2018", "also")),
            "(see Axler, 2015, pp.\u00a03–5; also Jacot et al., 2018)",
            "[see 1, pp.\u00a03–5; also 2]",
        ),
        (cite(item("axler2015", locator="33")), "(Axler, 2015, p.\u00a033)", "[1, p.\u00a033]"),
        (
            cite(item("axler2015", locator="33-35")),
            "(Axler, 2015, pp.\u00a033–35)",
            "[1, pp.\u00a033–35]",
        ),
        (
            cite(item("axler2015", locator="sec. 2"), form=PROSE),
            "Axler (2015, sec.\u00a02)",
            "Axler\u00a0[1, sec.\u00a02]",
        ),
        (cite(item("axler2015", after="passim")), "(Axler, 2015, passim)", "[1, passim]"),
        (cite("saxe2014", "saxe2014b"), "(Saxe et al., 2014b, 2014a)", "[1, 2]"),
        (cite("anonymous"), "(Nobody’s paper, n.d.)", "[1]"),
    ],
)
def test_citations(citation: Citation, by_year: str, by_number: str) -> None:
    assert said("author-year", citation) == [by_year]
    assert said("numeric", citation) == [by_number]


@pytest.mark.parametrize(
    ("language", "edition", "expected"),
    [
        ("en", "2", "2nd edition"),
        ("en-us", "13", "13th edition"),
        ("en", "21", "21st edition"),
        ("en", "Revised", "Revised edition"),
        ("en", "Fourth edition", "Fourth edition"),
        ("de", "2", "2. Auflage"),
        ("de", "zweite", "zweite Auflage"),
        ("fr", "1", "1re édition"),
        ("fr", "2", "2e édition"),
        ("ar", "2", "الطبعة 2"),
    ],
)
def test_editions_are_counted_as_the_language_does(
    language: str, edition: str, expected: str
) -> None:
    entry = Entry("a", "book", title=plain("Title"), edition=edition)
    line = describe(entry, words_of(catalogue(language)), year="")
    assert to_text(line, {}) == f"Title. {expected}."


def test_letters_tell_equal_labels_apart_only_on_the_page_that_has_both() -> None:
    assert said("author-year", cite("saxe2014")) == ["(Saxe et al., 2014)"]
    both = said("author-year", cite("saxe2014"), cite("saxe2014b"))
    assert both == ["(Saxe et al., 2014b)", "(Saxe et al., 2014a)"]


def test_numbers_follow_the_text() -> None:
    said_here = said("numeric", cite("saxe2014"), cite("axler2015"), cite("saxe2014"))
    assert said_here == ["[1]", "[2]", "[1]"]


def test_the_list_by_author_is_in_the_order_of_the_alphabet() -> None:
    assert listed("author-year", "saxe2014", "riesz1907", "axler2015", "jacot2018") == [
        "Axler, Sheldon (2015). Linear Algebra Done Right. 3rd edition, "
        "Undergraduate Texts in Mathematics, Springer.",
        "Jacot, Arthur, Franck Gabriel, and Clément Hongler (2018). Neural Tangent Kernel: "
        "Convergence and Generalization in Neural Networks. In Advances in Neural Information "
        "Processing Systems, vol. 31, pp.\u00a08571–8580. arXiv:1806.07572 [cs.LG].",
        "Riesz, Frédéric, and John von Neumann (1907). On L^2 and \\mathbb{R}^d. "
        "Comptes rendus 144(2), pp.\u00a01409–1411. doi:10.1000/a_b.",
        "Saxe, Andrew M., James L. McClelland, and Surya Ganguli (2014). Exact solutions. "
        "arXiv:1312.6120.",
    ]


def test_the_title_of_a_book_is_italic_as_a_whole() -> None:
    book = "@book{x, author={Roe, R.}, title={Algebra {Done Right}}, year=2000}"
    for name in ("author-year", "numeric"):
        style = built_in(name)
        assert style
        [line] = style.format([cite("x")], library(book), Words()).references
        assert "<i>Algebra Done Right</i>" in to_html(line.text, {})


def test_the_numbered_list_is_in_the_order_of_the_text() -> None:
    assert listed("numeric", "saxe2014", "axler2015", "anonymous") == [
        "[1] Andrew M. Saxe, James L. McClelland, and Surya Ganguli. Exact solutions. 2014. "
        "arXiv:1312.6120.",
        "[2] Sheldon Axler. Linear Algebra Done Right. 3rd edition, "
        "Undergraduate Texts in Mathematics, Springer, 2015.",
        "[3] Nobody’s paper. example.org/a_b.",
    ]


MORE = r"""
@phdthesis{thesis, author={Doe, Jane}, title={My Thesis}, school={MIT}, year=2001}
@techreport{report, author={Doe, Jane}, title={A Report}, institution={INRIA}, number=42,
  type={Technical report}, year=2002}
@incollection{part, author={Doe, Jane}, title={Part}, booktitle={Whole},
  editor={Roe, R. and Poe, P.},
  publisher={Springer}, address={Berlin}, year=2003, pages={7}}
@collection{whole, editor={Roe, Richard}, title={Whole}, year=2003}
@article{many, author={A, A and B, B and C, C and D, D and E, E and F, F and G, G and H, H and I, I
  and J, J and K, K and L, L and M, M}, title={Who?}, journal={J}, number=7, year=2004}
@online{web, author={{The Group}}, title={Page}, url={https://www.example.org/x/}, year={in press}}
"""


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("thesis", "Doe, Jane (2001). My Thesis. PhD thesis, MIT."),
        ("report", "Doe, Jane (2002). A Report. Technical report 42, INRIA."),
        (
            "part",
            "Doe, Jane (2003). Part. In Whole, R. Roe and P. Poe (eds.), p.\u00a07, "
            "Springer, Berlin.",
        ),
        ("whole", "Roe, Richard (ed.) (2003). Whole."),
        (
            "many",
            "A, A, B B, C C, D D, E E, F F, G G, H H, et al. (2004). Who? J no. 7.",
        ),
        ("web", "The Group (in press). Page. example.org/x."),
    ],
)
def test_lines_by_type(key: str, line: str) -> None:
    assert listed("author-year", key, more=MORE) == [line]


def test_links_and_anchors() -> None:
    style = built_in("author-year")
    assert style
    page = style.format(
        [cite(item("riesz1907", locator="p. 3", anchor="cite-riesz1907-1"), form=PROSE)],
        library(),
        Words(),
    )
    formulas = {"L^2": ("<math>L2</math>", "L²"), r"\mathbb{R}^d": ("<math>Rd</math>", "ℝᵈ")}
    assert to_html(page.citations[0], formulas) == (
        '<a id="cite-riesz1907-1" href="#ref-riesz1907" role="doc-biblioref">'
        "Riesz and von Neumann (1907</a>, p.\u00a03)"
    )
    assert to_html(page.references[0].text, formulas) == (
        "Riesz, Frédéric, and John von Neumann (1907). On <math>L2</math> and <math>Rd</math>. "
        "<i>Comptes rendus</i> 144(2), pp.\u00a01409–1411. "
        '<a href="https://doi.org/10.1000/a_b">doi:10.1000/a_b</a>.'
    )


def test_what_a_bibliography_says_is_escaped() -> None:
    hostile = (
        '@misc{x, title={<script>alert(1)</script>}, author={<b>, "}, year={<i>}, '
        'url={https://a.org/"><img src=x>}}'
    )
    style = built_in("author-year")
    assert style
    page = style.format([cite("x")], library(hostile), Words())
    html = to_html(page.citations[0], {}) + to_html(page.references[0].text, {})
    assert "<script" not in html
    assert "<b>" not in html
    assert "<img" not in html
