"""Whole documents: their text, their compilation, their numbers."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from notesite.building import Builder, BuildOptions
from notesite.exporting import printing
from notesite.exporting.exporting import Export, export, find_note, write_document
from tests.bibliography.library import BIBTEX
from tests.conftest import SiteMaker

EXPECTED = Path(__file__).parent / "expected"
REPOSITORY = Path(__file__).parents[2]
ENGINE = "pdflatex" if shutil.which("pdflatex") else ""

needs_tex = pytest.mark.skipif(not ENGINE, reason="no pdflatex here: documents are not compiled")

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


def exported(site: SiteMaker, name: str) -> Export:
    linked, _ = Builder(BuildOptions(), site.root).read_site()
    assert linked
    note = find_note(linked, name, site.root)
    assert note
    return export(linked, note)


def words_of(pdf: Path) -> str:
    """What a PDF says, on one line."""
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext here: what the PDF says is not read")
    said = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True).stdout
    return " ".join(said.decode().split())


def body(site: SiteMaker, text: str) -> str:
    """What a note of this text becomes between its head and the document's end."""
    site.write("references.bib", BIBTEX)
    site.note("here", text, title="Here")
    latex = exported(site, "here").document.latex
    return latex.partition("\\maketitle")[2].rpartition("\\end{document}")[0].strip()


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("*a* **b** `c_d` \\{e\\}", r"\emph{a} \textbf{b} \texttt{c\_d} \{e\}"),
        ("50% & #1_a $x_1$", r"50\% \& \#1\_a $x_1$"),
        ("~~a~~ ==b==", r"\struck{a} \marked{b}"),
        ("a\\\nb", "a\\\\\nb"),
        ("[a](https://x.org/?b=1&c=%20#d)", r"\href{https://x.org/?b=1&c=\%20\#d}{a}"),
        ("<b>a</b> <span>b</span><br>", "\\textbf{a} b\\\\"),
        (r"$\unknown{x}$", r"\texttt{\textbackslash{}unknown\{x\}}"),
        ("H<sub>2</sub>", r"H\textsubscript{2}"),
        ("<b>open", r"\textbf{open}"),
        ("- a\n- b", "\\begin{itemize}\n\\item a\n\\item b\n\\end{itemize}"),
        ("- [x](https://a.org)", "\\begin{itemize}\n\\item \\href{https://a.org}{x}\n"
         "\\end{itemize}"),
        ("- \\[b] c", "\\begin{itemize}\n\\item{} [b] c\n\\end{itemize}"),
        ("3. a", "\\begin{enumerate}[start=3]\n\\item a\n\\end{enumerate}"),
        ("- [x] a", "\\begin{itemize}\n\\item $\\boxtimes$  a\n\\end{itemize}"),
        ("> a", "\\begin{quote}\na\n\\end{quote}"),
        ("Text\n\n$$x$$\n\nand on.\n\n$$y$$\n\nNew.", None),
        ("a[^1] b[^1]\n\n[^1]: Foot.", r"a\footnote{Foot.} b\footnotemark[1]"),
        ("```python\nx\n```", "\\begin{lstlisting}[language={Python}]\nx\n\\end{lstlisting}"),
        ("```\nü\n```", "\\begin{Verbatim}\nü\n\\end{Verbatim}"),
        ("Term\n: Meaning", "\\begin{description}\n\\item[{Term}]\nMeaning\n\\end{description}"),
        (
            "> [!warning] Mind\n> it",
            "\\begin{callout}{Mind}\nit\n\\end{callout}",
        ),
        (
            "| a | b |\n|---|:-:|\n| $x$ | c & d |",
            "\\begin{longtable}{lc}\n\\toprule\na & b \\\\\n\\midrule\n\\endhead\n"
            "$x$ & c \\& d \\\\\n\\bottomrule\n\\end{longtable}\\addtocounter{table}{-1}",
        ),
        ("## One $x$", r"\section{\texorpdfstring{One $x$}{One x}}\label{sec:one-x}"),
        ("## One\n\nSee [[#One]].", "\\section{One}\\label{sec:one}\n\nSee "
         r"\hyperref[sec:one]{\nameref*{sec:one}}."),
    ],
)  # fmt: skip
def test_what_markdown_becomes(site: SiteMaker, text: str, latex: str | None) -> None:
    expected = latex or "Text\n\\[\nx\n\\]\nand on.\n\\[\ny\n\\]\n\nNew."
    assert body(site, text) == expected


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("[@axler2015]", r"\citep{axler2015}"),
        ("[@axler2015; @jacot2018]", r"\citep{axler2015,jacot2018}"),
        ("@axler2015", r"\citet{axler2015}"),
        ("@axler2015 [p. 3]", r"\citet[{p.~3}]{axler2015}"),
        ("[see @axler2015, pp. 3-5]", r"\citep[{see}][{pp.~3--5}]{axler2015}"),
        (
            "[see @axler2015; also @jacot2018, sec. 2]",
            r"\citetext{\citealp[{see}][{}]{axler2015}; \citealp[{also}][{sec.~2}]{jacot2018}}",
        ),
        ("[-@axler2015]", r"\citeyearpar{axler2015}"),
        (r"\citet{axler2015}", r"\citet{axler2015}"),
        (r"\citeauthor{axler2015}", r"\citeauthor{axler2015}"),
    ],
)
def test_citations(site: SiteMaker, text: str, latex: str) -> None:
    assert body(site, text).partition("\n\n\\begin{thebibliography}")[0] == latex


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        (r"See \eqref{eq:a}.", r"See \eqref{eq:a}."),
        ("See @eq:a.", r"See \cref{eq:a}."),
        ("See @eq-a and [@thm-r].", r"See \cref{eq:a} and \cref{thm-r}."),
        (r"See \cref{eq:a,thm-r}.", r"See \cref{eq:a,thm-r}."),
        ("See @eq:a[this].", r"See \hyperref[eq:a]{this}."),
        ("See @there-x.", "See @there-x."),
        ("See @thm-there.", "See Theorem~1 of There."),
        ("See [[there]] and [[there|that]].", "See There and that."),
        ("See [[there#thm-there]].", "See Theorem~1 of There."),
        ("See [](there.md#thm-there) and [](there.md).", "See Theorem~1 of There and There."),
        ("See @sec-there.", "See A Section of There."),
        ("See -@thm-there.", "See 1."),
        ("See [Satz @thm-there].", "See Satz~1."),
        (r"See \ref{thm-there}.", "See 1 of There."),
        ("See -@thm-r and [Satz @thm-r].", r"See \ref{thm-r} and Satz~\ref{thm-r}."),
        ("See [equation @eq:a, part 2].", r"See equation \cref{eq:a}, part 2."),
        ("See -@eq:a.", r"See \eqref{eq:a}."),
    ],
)
def test_references(site: SiteMaker, text: str, latex: str) -> None:
    text_there = "::: theorem {#thm-there}\nT.\n:::\n\n## A Section {#sec-there}"
    site.note("there", text_there, title="There")
    written = body(site, f"$$x \\label{{eq:a}}$$\n\n::: theorem {{#thm-r}}\nR.\n:::\n\n{text}")
    assert written.rpartition("\n\n")[2] == latex


def test_equations_with_tags_are_no_range(site: SiteMaker) -> None:
    tagged = "".join(f"$$x \\tag{{{tag}}}\\label{{eq:{tag}}}$$\n\n" for tag in "ABC")
    counted = "".join(f"$$x \\label{{eq:{name}}}$$\n\n" for name in "def")
    text = body(site, f"{tagged}{counted}See \\cref{{eq:A,eq:B,eq:C}}, \\cref{{eq:d,eq:e,eq:f}}.")
    assert r"See \cref{eq:A,,eq:B,,eq:C}, \cref{eq:d,eq:e,eq:f}." in text


def test_whose_a_proof_is_may_be_a_link(site: SiteMaker) -> None:
    lemma = "::: lemma {#lem-a display='the *small* lemma'}\nL.\n:::\n\n"
    text = body(site, f"{lemma}> [!proof] of [[#lem-a]]\n> P.\n\nBy @lem-a and [@lem-a; @lem-a].")
    said = r"\hyperref[lem-a]{the \emph{small} lemma}"
    assert rf"\begin{{proof}}[{{{{Proof of {said}}}}}]" in text
    assert f"By {said} and" in text
    site.note("de", "::: lemma {#lem-a}\nL.\n:::\n::: proof {of=lem-a}\nP.\n:::", lang="de")
    assert r"\begin{proof}[Beweis von \cref{lem-a}]" in exported(site, "de").document.latex


def test_what_is_displayed_and_titles_keep_their_formulas(site: SiteMaker) -> None:
    site.note("there", "::: lemma {#lem-far}\nx\n:::", title="In $\\ell^2$")
    own = "$\\mine$"
    site.note("own", "::: lemma {#lem-own}\nx\n:::", title=own, macros="{mine: 'm'}")
    lemma = "::: lemma {#lem-a display='the $x^2$ lemma'}\nL.\n:::\n\n"
    text = body(site, f"{lemma}By [[#lem-a]], @lem-a, @lem-far, [[there]] and @lem-own.")
    said = r"\hyperref[lem-a]{the $x^2$ lemma}"
    far = r"Lemma~1 of In $\ell^2$, In $\ell^2$ and Lemma~1 of m."
    assert text.endswith(f"By {said}, {said}, {far}")


@pytest.mark.parametrize(
    ("proof", "latex"),
    [
        ("So\n\n$$ x $$", "\\[\nx \\qedhere\n\\]"),
        ("$$ x % why\n$$", "x \\qedhere\n"),
        ("$$ x \\tag{A} $$", None),
        ("\\begin{align*} x &= y \\\\ z &= w \\end{align*}", "z &= w \\qedhere \\end{align*}"),
        ("\\begin{align} x &= y \\end{align}", None),
        ("- a\n- b", "\\item b \\qedhere\n\\end{itemize}"),
        ("- a\n\n  1. b", "\\item b \\qedhere\n\\end{enumerate}\n\\end{itemize}"),
        ("- a\n\n  $$ x $$", "x \\qedhere\n\\]\n\\end{itemize}"),
        ("In words.", None),
    ],
)
def test_a_proof_ends_in_its_last_line(site: SiteMaker, proof: str, latex: str | None) -> None:
    text = body(site, f"::: theorem\nT.\n:::\n::: proof\n{proof}\n:::")
    assert (latex or "\\end{proof}") in text
    assert ("\\qedhere" in text) is bool(latex), text


def test_a_solution_ends_without_a_sign(site: SiteMaker) -> None:
    text = body(site, "::: exercise\nE.\n\n::: solution\nS.\n:::\n:::")
    assert "\\begin{proof}[Solution]\\let\\qed\\relax\nS.\n\\end{proof}" in text


@needs_tex
def test_a_note_speaks_its_language_and_counts_before_its_first_section(
    site: SiteMaker, tmp_path: Path
) -> None:
    site.write("notesite.toml", '[site]\ngit_dates = false\n[results]\nnumber_by = "section"\n')
    site.write("references.bib", BIBTEX)
    result = "::: theorem {#thm-%s}\n$$x\\label{eq:%s}$$\n:::\n\n::: proof\nP.\n:::\n\n"
    text = f"{result % ('a', 'a')}## Teil\n\n{result % ('b', 'b')}"
    text += 'Siehe @eq:a, \\cref{eq:a,eq:b}, @thm-a, @thm-b, "ab" und @axler2015.'
    site.note("here", text, lang="de")
    write_document(exported(site, "here"), tmp_path / "here.tex")
    (tmp_path / "here.pdf").write_bytes(printing.compile_latex(tmp_path, "here", ENGINE))
    words = words_of(tmp_path / "here.pdf")
    for expected in ("Satz 1.", "Satz 1.1.", "Beweis.", "Gl. (1), Gln. (1) und (2)", "Literatur"):
        assert expected in words
    assert "Siehe Gl. (1), Gln. (1) und (2), Satz 1, Satz 1.1" in words


def test_titles_of_other_notes_are_those_of_their_pages(site: SiteMaker) -> None:
    site.note("there", "::: lemma {#lem-there}\nL.\n:::", title="On @saxe2014")
    assert "See Lemma~1 of On Saxe et al. (2014)." in body(site, "See @lem-there.")


@needs_tex
def test_a_range_is_one_only_of_what_is_counted(site: SiteMaker, tmp_path: Path) -> None:
    tagged = "".join(f"$$x \\tag{{{tag}}}\\label{{eq:{tag}}}$$\n\n" for tag in "ABC")
    counted = "".join(f"$$x \\label{{eq:{name}}}$$\n\n" for name in "def")
    site.note("here", f"{tagged}{counted}See \\cref{{eq:A,eq:B,eq:C}}, \\cref{{eq:d,eq:e,eq:f}}.")
    write_document(exported(site, "here"), tmp_path / "here.tex")
    pdf = tmp_path / "here.pdf"
    pdf.write_bytes(printing.compile_latex(tmp_path, "here", ENGINE))
    words = words_of(pdf)
    assert "(A), (B) and (C)" in words
    assert "(1) to (3)" in words


def test_links_to_other_notes_lead_to_their_pages(site: SiteMaker) -> None:
    site.write("notesite.toml", '[site]\ngit_dates = false\nbase_url = "https://example.org/n/"\n')
    site.note("there", "## Part one\n\n$$x \\label{eq:far}$$", title="There")
    written = body(site, "[[there#Part one|that]], @eq:far")
    assert written == (
        r"\href{https://example.org/n/there.html\#part-one}{that}, "
        r"\href{https://example.org/n/there.html\#eq-far}{Equation~(1) of There}"
    )


RESULTS = """
::: theorem "Riesz" {#thm-riesz}
Every $f$.
:::

::: proof
Clear. See @lem-a.
:::

> [!lemma] Named
> Text. %% label: lem-a %%

> [!definition|A.1] Given
> Text.

> [!remark|*]
> Text.

::: corollary {#cor-b}
Last.
:::
"""


@needs_tex
def test_only_what_is_referred_to_is_numbered_where_the_site_says_so(
    site: SiteMaker, tmp_path: Path
) -> None:
    site.write("notesite.toml", '[math]\nnumber = "referenced"\n')
    text = (
        "By @eq:two, \\eqref{eq:one} and @eq-block.\n\n"
        "$$ x = 1 \\label{eq:one} $$\n\n$$ x = 2 \\label{eq:none} $$\n\n"
        "\\begin{align} y &= 3 \\\\ y &= 4 \\label{eq:two} \\end{align}\n\n$$ z $$\n^eq-block\n"
    )
    site.note("here", text, title="Here")
    made = exported(site, "here")
    numbers = re.findall(r"\\newlabel\{eq.(\w+)\}\{\{\{?(\d)\}", compiled(made, tmp_path))
    assert sorted(numbers) == [("block", "3"), ("one", "1"), ("two", "2")]
    assert "\\cref{eq:two}, \\eqref{eq:one} and \\cref{eq-block}" in made.document.latex


def test_results(site: SiteMaker, request: pytest.FixtureRequest) -> None:
    site.note("results", RESULTS, title="Results")
    latex = exported(site, "results").document.latex
    expected = EXPECTED / "results.tex"
    if request.config.getoption("--regenerate"):
        expected.write_text(latex, encoding="utf-8")
    assert latex == expected.read_text(encoding="utf-8")


@needs_tex
def test_quantities_bring_their_package(site: SiteMaker, tmp_path: Path) -> None:
    site.note("here", "$\\qty{9.81}{\\metre\\per\\second\\squared}$")
    made = exported(site, "here")
    assert "\\usepackage{siunitx}" in made.document.latex
    write_document(made, tmp_path / "here.tex")
    assert printing.compile_latex(tmp_path, "here", ENGINE).startswith(b"%PDF")


def test_what_a_macro_defines_brings_no_package(site: SiteMaker) -> None:
    site.write("notesite.toml", "[math.macros]\nnum = '\\operatorname{num}'\n")
    site.note("here", "$\\num V$")
    assert "siunitx" not in exported(site, "here").document.latex


def test_the_head(site: SiteMaker) -> None:
    site.write("references.bib", BIBTEX)
    site.note(
        "a", "Text.", title='"On $L^2$ & more"', authors="[A. Bee, C_Dee]", date="2026-05-14",
        summary='"A *short* $x$ [@axler2015]."',
    )  # fmt: skip
    latex = exported(site, "a").document.latex
    head = latex.partition("\\begin{document}\n\n")[2].partition("\n\nText.")[0]
    assert head == (
        "\\title{\\texorpdfstring{On $L^2$ \\& more}{On L\\ensuremath{^2} \\& more}}\n"
        "\\author{A. Bee \\and C\\_Dee}\n\\date{14 May 2026}\n\\maketitle\n\n"
        "\\begin{abstract}\nA \\emph{short} $x$ \\citep{axler2015}.\n\\end{abstract}"
    )


def test_embeds_keep_the_numbers_that_they_have_at_home(site: SiteMaker) -> None:
    site.note("b", "::: theorem {#thm-x}\nX. $$q \\label{eq:q}$$\n:::\n\n## End\n\nE.")
    written = body(site, "::: theorem\nFirst.\n:::\n\n![[b]]\n\n![[here]]")
    embedded = written.partition("\\begin{embedded}")[2].partition("\\end{embedded}")[0]
    assert "\\def\\thetheorem{1}" in embedded
    assert "\\tag{1}" in embedded
    assert "\\label" not in embedded
    assert "\\section*{End}" not in embedded
    assert "\\subsection*{End}" in embedded
    assert written.count("First.") == 1


def test_an_embed_brings_the_macros_of_its_note(site: SiteMaker, tmp_path: Path) -> None:
    for name, letter in ("b", "B"), ("c", "C"):
        site.write(
            f"notes/{name}.md",
            f"---\nmacros:\n  own: '\\mathbb{{{letter}}}'\n  deep: '\\own_1'\n"
            f"  only{name}: '\\mathsf{{{letter}}}'\n---\n"
            f"::: theorem {{#thm-{name}}}\n$\\deep + \\own + \\only{name}$\n:::\n\n![[b#thm-b]]\n",
        )
    made = exported(site, "c")
    preamble, _, text = made.document.latex.partition("\\begin{document}")
    assert "\\renewcommand{\\own}{\\mathbb{C}}" in preamble
    assert "\\renewcommand{\\own}{\\mathbb{B}}" in text
    assert "\\renewcommand{\\onlyb}{\\mathsf{B}}" in text
    assert "\\renewcommand{\\deep}" not in text, "both notes have the same"
    if shutil.which("pdflatex"):
        compiled(made, tmp_path)


def test_a_list_begins_below_the_head_of_its_result(site: SiteMaker) -> None:
    written = body(site, "::: theorem\n1. One.\n2. Two.\n:::\n\n::: proof\n- One.\n:::")
    assert "\\begin{theorem}\\label{theorem-1}\n\\leavevmode\n\\begin{enumerate}" in written
    assert "\\begin{proof}\n\\leavevmode\n\\begin{itemize}" in written


def test_a_result_is_stated_again_with_its_number(site: SiteMaker) -> None:
    site.note("b", "::: lemma\nA.\n:::\n\n::: theorem {#thm-x}\nX.\n:::")
    written = body(site, "::: restate thm-x\n\n::: theorem\nOwn.\n:::\n\n![[b#thm-x]]")
    assert written.count("\\def\\thetheorem{2}") == 2
    assert written.count("\nX.\n") == 1
    assert "\n\\textup{(from b)} X.\n" in written
    assert "\\label{thm-x}" not in written


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[@lem-a; @lem-b; @lem-c]", "Lemmas~1--3 of Other"),
        ("[@lem-a; @lem-c]", "Lemmas~1 and 3 of Other"),
        (r"\cref{lem-c,lem-a,thm-d}", "Lemmas~1 and 3 and Theorem~4 of Other"),
        ("[@lem-a; @thm-d; @lem-own]", r"Lemma~1 of Other, Theorem~4 of Other and \cref{lem-own}"),
        ("[@lem-a; @lem-a]", "Lemma~1 of Other"),
        ("[see @lem-a; @lem-b]", "see Lemma~1 of Other; Lemma~2 of Other"),
        (r"\eqref{eq:one}", "(1) of Other"),
        ("[@eq-one; @eq-two]", "Equations~(1) and (2) of Other"),
    ],
)
def test_labels_of_another_note_are_gathered(site: SiteMaker, text: str, said: str) -> None:
    lemmas = "".join(f"::: lemma {{#lem-{name}}}\nX.\n:::\n\n" for name in "abc")
    equations = "$$ a \\label{eq:one} $$\n\n$$ b \\label{eq:two} $$"
    site.note("other", f"{lemmas}::: theorem {{#thm-d}}\nX.\n:::\n\n{equations}", title="Other")
    own = "::: lemma {#lem-own}\nX.\n:::"
    assert body(site, f"{own}\n\n{text}").rpartition("\n")[2] == said


def test_a_figure_without_its_picture_keeps_caption_and_number(site: SiteMaker) -> None:
    written = body(site, '![Alt](https://x.org/a.png "Caption"){#fig-x}\n\nSee @fig-x.')
    assert written == (
        "\\begin{figure}[htbp]\n\\centering\nAlt\n\\caption{Caption}\\label{fig-x}\n"
        "\\end{figure}\n\nSee \\cref{fig-x}."
    )


def test_pictures_go_beside_the_document(site: SiteMaker, tmp_path: Path) -> None:
    site.write("notes/p.png", PNG)
    site.note("a", '![Alt](p.png "Caption $x$")\n\n![Web](https://x.org/a.png)\n\n![W](w.webp)')
    site.write("notes/w.webp", b"RIFF")
    made = exported(site, "a")
    assert (
        "\\begin{figure}[htbp]\n\\centering\n\\notesitegraphic{\\linewidth}{a-pictures/p.png}\n"
        "\\caption*{Caption $x$}\n\\end{figure}"
    ) in made.document.latex
    assert [each.code for each in made.diagnostics] == ["export-picture", "export-picture"]
    write_document(made, tmp_path / "a.tex")
    assert (tmp_path / "a-pictures" / "p.png").read_bytes() == PNG


def test_svg_without_a_converter_is_named(site: SiteMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notesite.exporting.figures.svg_tool", lambda: "")
    site.write("notes/f.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    site.note("a", "![Drawing](f.svg)")
    problem = exported(site, "a").diagnostics[0]
    assert problem.code == "export-picture"
    assert "pip install 'notesite[paper]'" in problem.hints[0]


def test_drawings_that_are_left_out_are_named(site: SiteMaker) -> None:
    scene = '{"elements": [{"type": "ellipse", "width": 9, "height": 9}]}'
    site.write(
        "notes/d.excalidraw.md",
        f"---\nexcalidraw-plugin: parsed\n---\n# Drawing\n```json\n{scene}\n```\n",
    )
    site.note("a", "![[d.excalidraw]]")
    problem = exported(site, "a").diagnostics[0]
    assert (problem.code, problem.message) == ("export-left-out", "the drawing 'd' is left out")


def test_unknown_characters_are_hinted_at(site: SiteMaker) -> None:
    site.note("a", "中")
    made = exported(site, "a")
    assert [each.code for each in made.diagnostics] == ["export-character"]
    assert "\\DeclareUnicodeCharacter{4E2D}" in made.document.latex
    other = made.document.latex.partition("\\DeclareUnicodeCharacter{4E2D}")[2].partition("\\fi\n")[
        0
    ]
    assert other.index("Noto Serif CJK SC") < other.index("CMU Serif")


@pytest.mark.parametrize("engine", ["pdflatex", "lualatex", "xelatex"])
def test_other_engines_set_letters_that_pdflatex_lacks(
    site: SiteMaker, tmp_path: Path, engine: str
) -> None:
    if shutil.which(engine) is None:
        pytest.skip(f"no {engine} here")
    site.note("a", "Теорема, $\\text{если } x$.", title="А")
    assert write_document(exported(site, "a"), tmp_path / "a.tex") == []
    assert printing.compile_latex(tmp_path, "a", engine).startswith(b"%PDF")
    log = (tmp_path / "a.log").read_text(encoding="utf-8", errors="replace")
    assert "Missing character" not in log or engine == "pdflatex" or not _has_letters()


def _has_letters() -> bool:
    """Whether a font of the list with Cyrillic letters is here."""
    listed = subprocess.run(["fc-list", ":lang=ru", "family"], capture_output=True, check=False)
    return b"DejaVu Serif" in listed.stdout


def test_nothing_of_a_note_or_a_bibliography_becomes_a_command(site: SiteMaker) -> None:
    hostile = (
        "@misc{x, title={On $\\input{secret}$ \\\\input y}, author={\\write18{ls}}, year={1},"
        " url={https://a.org/\\}\\input{secret}}}"
    )
    site.write("references.bib", hostile)
    site.note(
        "a", "[@x] $\\input{secret}$ \\input{secret} [l](<https://a.org/\\}\\input{z}>)",
        title="'$\\input{secret}$ \\input{y}'",
    )  # fmt: skip
    latex = exported(site, "a").document.latex
    body = latex.partition("\\begin{document}")[2]
    assert "\\input" not in body
    assert "\\write" not in body


def test_a_macro_does_not_change_the_commands_of_the_document(site: SiteMaker) -> None:
    site.write(
        "notesite.toml",
        "[site]\ngit_dates = false\n[math.macros]\nsection = 'S'\nemph = 'E'\nunused = 'u'\n",
    )
    site.note("a", "## One\n\n*em* $\\emph$")
    latex = exported(site, "a").document.latex
    assert "\\renewcommand{\\mathofemph}{E}" in latex
    assert "mathofsection" not in latex
    assert "unused" not in latex


def test_the_folder_of_pictures_has_a_plain_name(site: SiteMaker) -> None:
    site.write("notes/p.png", PNG)
    site.note("A; B & 50% #1_ü", "![P](p.png)")
    assert "{A-B-50-1-pictures/p.png}" in exported(site, "A; B & 50% #1_ü").document.latex


STRESS = (Path(__file__).parent / "stress.md").read_text(encoding="utf-8")


def compiled(made: Export, folder: Path) -> str:
    """The .aux file of the compiled document."""
    assert write_document(made, folder / f"{made.stem}.tex") == []
    assert printing.compile_latex(folder, made.stem, ENGINE).startswith(b"%PDF")
    log = (folder / f"{made.stem}.log").read_text(encoding="utf-8", errors="replace")
    assert re.findall(r"(?:Reference|Citation) `[^']*'.*undefined", log) == []
    return (folder / f"{made.stem}.aux").read_text(encoding="utf-8", errors="replace")


@needs_tex
def test_a_note_with_everything_compiles_with_the_numbers_of_the_site(
    site: SiteMaker, tmp_path: Path
) -> None:
    site.write("references.bib", BIBTEX)
    site.write("notes/p.png", PNG)
    site.write("notes/stress.md", STRESS)
    site.note("other", "## Part\n\n::: theorem {#thm-far}\nF. $$q \\label{eq:far}$$\n:::")
    made = exported(site, "stress")
    aux = compiled(made, tmp_path)
    numbers = dict(re.findall(r"\\newlabel\{([^}]*)\}\{\{([^}]*)\}", aux))
    wanted = {
        each.name: each.number for each in made.note.labels if each.number and each.name in numbers
    }
    assert len(wanted) >= 6
    assert {name: numbers[name] for name in wanted} == wanted


@needs_tex
def test_every_function_of_katex_compiles(tmp_path: Path) -> None:
    docs = REPOSITORY / "docs"
    linked, _ = Builder(BuildOptions(), docs).read_site()
    assert linked
    note = find_note(linked, "functions", docs)
    assert note
    assert note.formulas > 900
    compiled(export(linked, note), tmp_path)


@needs_tex
def test_the_notes_of_this_repository_compile(tmp_path: Path) -> None:
    linked, _ = Builder(BuildOptions(), REPOSITORY).read_site()
    assert linked
    names = ("riesz-representation-theorem", "wide-networks-become-linear")
    for name in names:
        note = find_note(linked, name, REPOSITORY)
        assert note
        compiled(export(linked, note), tmp_path)
