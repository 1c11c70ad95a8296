"""Reading BibTeX: what its fields mean, and what is said about its mistakes."""

from __future__ import annotations

import pytest

from notesite.bibliography.entries import Date, Name
from notesite.bibliography.fields import read_names
from notesite.bibliography.latex import read_address, read_latex, read_words
from notesite.bibliography.reading import read_library
from tests.bibliography.library import library


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"Cl{\'e}ment", "Clément"),
        (r"Cl\'ement", "Clément"),
        (r"Erd{\H{o}}s and {\O}re", "Erdős and Øre"),
        (r"{\"U}ber \ss{} und Stra{\ss}e", "Über ß und Straße"),
        (r"\v{S}afarevi\v{c}", "Šafarevič"),
        (r"Poincar\'{e}~Institute", "Poincaré\u00a0Institute"),
        (r"The {NTK} of {ResNets}", "The NTK of ResNets"),
        (r"pages 1--2 --- ``so''", "pages 1–2 — “so”"),
        (r"50\% \& more \_ \#1", "50% & more _ #1"),
        ("Science & Art, 50% off", "Science & Art, 50% off"),
        ("a\n   b", "a b"),
        (r"\emph{a} \textbf{b}", "a b"),
        ("{unclosed", "unclosed"),
        (r"Nguy\~{\^e}n, Nguy{\~\^e}n, Tr{\`\^a}n", "Nguyễn, Nguyễn, Trần"),
        (r"\TeX and {\LaTeX}: a", "TeX and LaTeX: a"),
        ("Some problems of `{P}artitio'", "Some problems of ‘Partitio’"),
    ],
)
def test_latex_is_decoded(latex: str, text: str) -> None:
    assert read_words(latex) == text


def test_emphasis_and_formulas_are_kept() -> None:
    runs = read_latex(r"On \emph{the} $\mathbb{R}^d$, {DNA} and \textsc{x}\textsubscript{2}")
    assert [(run.text, run.style) for run in runs] == [
        ("On ", ""),
        ("the", "italic"),
        (" ", ""),
        (r"\mathbb{R}^d", "math"),
        (", ", ""),
        ("DNA", "nocase"),
        (" and ", ""),
        ("x", "caps"),
        ("2", "sub"),
    ]


@pytest.mark.parametrize(
    ("urldate", "date"),
    [
        ("2021-03-04", Date(2021, 3, 4)),
        ("2021-03", Date(2021, 3)),
        ("2021-13-04", Date(2021)),
        ("2021-12-44", Date(2021, 12)),
        ("yesterday", Date()),
    ],
)
def test_chapters_and_days_of_access(urldate: str, date: Date) -> None:
    text = f"@inbook{{k, title={{T}}, chapter={{9}}, urldate={{{urldate}}}}}"
    entry = read_library(text, "r.bib")["k"]
    assert (entry.chapter, entry.accessed) == ("9", date)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        (r"https://a.org/b\_c", "https://a.org/b_c"),
        ("https://a.org/b_c%20d~e", "https://a.org/b_c%20d~e"),
        (r"\url{https://a.org/b}", "https://a.org/b"),
    ],
)
def test_addresses_are_left_alone(written: str, address: str) -> None:
    assert read_address(written) == address


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Ludwig van Beethoven", (Name("Beethoven", "Ludwig", "van"),)),
        ("van der Berg, Jr, Jan", (Name("Berg", "Jan", "van der", "Jr"),)),
        ("{The ATLAS Collaboration}", (Name("The ATLAS Collaboration"),)),
        ("{Barnes and Noble} and Doe, J.", (Name("Barnes and Noble"), Name("Doe", "J."))),
        (r"Pe\~na, J. and Donald~E. Knuth", (Name("Peña", "J."), Name("Knuth", "Donald E."))),
        ("A. Saxe and others", (Name("Saxe", "A."), Name("others"))),
        ("", ()),
    ],
)
def test_names(written: str, names: tuple[Name, ...]) -> None:
    assert read_names(written) == names


def test_an_entry_is_read_field_by_field() -> None:
    entry = library()["jacot2018"]
    assert entry.kind == "paper-conference"
    assert "".join(run.text for run in entry.container).startswith("Advances in Neural")
    assert entry.authors[2] == Name("Hongler", "Clément")
    assert (entry.volume, entry.pages, entry.arxiv, entry.arxiv_class) == (
        "31",
        "8571–8580",
        "1806.07572",
        "cs.LG",
    )
    assert (entry.issued, entry.file) == (Date(2018), "references.bib")
    assert entry.span
    assert (entry.span.start.line, entry.span.start.column) == (3, 1)


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ("doi = {https://doi.org/10.1000/x_y}", "doi", "10.1000/x_y"),
        ("url = {https://doi.org/10.1000/x}", "url", ""),
        ("url = {javascript:alert(1)}", "url", ""),
        ("url = {https://arxiv.org/abs/1312.6120v3}", "arxiv", "1312.6120v3"),
        ("journal = {arXiv preprint arXiv:math/0309136}", "arxiv", "math/0309136"),
        ("doi = {10.48550/arXiv.1806.07572}", "arxiv", "1806.07572"),
        ("date = {2014-05-02}", "issued", Date(2014, 5, 2)),
        ("year = 2014, month = may", "issued", Date(2014, 5)),
        ("year = {in press}", "issued", Date(text="in press")),
        ("pubstate = {inpress}", "issued", Date(text="in press")),
        ("pubstate = {forthcoming}", "issued", Date(text="forthcoming")),
        ("year = 2014, pubstate = {inpress}", "issued", Date(2014)),
        ("type = {phdthesis}", "genre", "PhD thesis"),
        ("type = {patentus}", "genre", "US patent"),
        ("type = {Habilitation}", "genre", "Habilitation"),
        ("publisher = {A} # { and } # {B}", "publisher", "A and B"),
    ],
)
def test_fields(fields: str, name: str, value: object) -> None:
    entry = read_library("@article{k, title = {t}, " + fields + "}", "r.bib")["k"]
    assert getattr(entry, name) == value


def test_what_an_entry_leaves_out_comes_from_its_crossref() -> None:
    text = (
        "@inproceedings{part, title = {Part}, crossref = {whole}}\n"
        "@proceedings{whole, title = {Whole}, year = 2001, editor = {Doe, J.}}\n"
        "@misc{loop, crossref = {loop}}"
    )
    read = read_library(text, "r.bib")
    assert "".join(run.text for run in read["part"].container) == "Whole"
    assert read["part"].issued == Date(2001)
    assert read["part"].editors == (Name("Doe", "J."),)
    assert read["loop"].title == ()


@pytest.mark.parametrize(
    ("text", "code", "place", "message"),
    [
        ("@book{a,\n title={x\n\n", "syntax", (1, 1), "this entry is never closed"),
        ("@book{a, title={x}\n@book{b, title={y}}", "syntax", (1, 1), "is never closed"),
        ("\n@misc{key title={x}}", "syntax", (2, 1), "expected comma after entry key"),
        ("@book{a, title={x} year=3}", "syntax", (1, 17), "a comma is missing before 'year=3'"),
        ("@book{a,\n title = nips}", "syntax", (2, 10), "there is no string 'nips'"),
        ("@book{, title={x}}", "syntax", (1, 1), "an entry without a key"),
        ("@book{a b, title={x}}", "syntax", (1, 1), "'a b' is no key"),
        ("@book{a, year=1, year=2}", "syntax", (1, 1), "a field is given twice: 'year'"),
        ("@book{a, = {x}}", "syntax", (1, 1), "the field '': it has no name"),
        ("@misc{a}\n\n@book{a}", "duplicate", (3, 1), "a second entry 'a'; the first one holds"),
        (" @artcle{a, title={x}}", "entry-type", (1, 2), "there is no entry type '@artcle'"),
    ],
)
def test_mistakes_are_said_at_their_place(
    text: str, code: str, place: tuple[int, int], message: str
) -> None:
    problem = read_library(text, "r.bib").diagnostics[0]
    assert problem.span
    assert (problem.code, problem.file) == (f"bibliography-{code}", "r.bib")
    assert (problem.span.start.line, problem.span.start.column) == place
    assert message in problem.message


def test_a_misspelt_type_has_a_suggestion_and_the_entry_is_kept() -> None:
    read = read_library("@artcle{a, title={x}}", "r.bib")
    assert read.diagnostics[0].hints == ("did you mean '@article'?",)
    assert read["a"].kind == "article"


def test_the_entries_around_a_broken_one_are_read() -> None:
    text = "@book{a, title={A}}\n@book{b, title={B\n@book{c, title={C}}"
    assert list(read_library(text, "r.bib")) == ["a", "c"]


@pytest.mark.parametrize("text", ["", "no entry", "@", "@@@{{{", "@comment{x}", "% only\n"])
def test_files_without_entries(text: str) -> None:
    assert list(read_library(text, "r.bib")) == []


def test_commands_of_documents_leave_their_words_alone() -> None:
    assert read_words(r"a \title{b} c") == "a b c"
    assert [read_words(text) for text in (r"\title", r"\maketitle", r"\today")] == ["", "", ""]
