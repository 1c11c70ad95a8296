"""Search in a browser: formulas by TeX and by name, with the keyboard, under a strict policy."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from notesite.math.findable import read_formula
from tests.browser.serving import build_site, serving
from tests.browser.test_accessibility import violations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page, Route

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

POLICY = (
    "default-src 'none'; script-src 'self' 'inline-speculation-rules' 'wasm-unsafe-eval'; "
    "style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'"
)
"""What a site may be published with; only the search needs WebAssembly and connections."""

CONFIG = r"""
[site]
title = "Finding"
git_dates = false
[math.macros]
E = "\\mathbb{E}"
norm = "\\lVert #1 \\rVert"
KL = "D_{\\mathrm{KL}}(#1 \\,\\|\\, #2)"
ip = "\\langle #1, #2 \\rangle"
tr = { body = "\\operatorname{tr}", description = "the spoor of a matrix" }
wirt = { body = "\\frac{\\partial #1}{\\partial #2}" }
loop = "\\loop \\loop"
"""

NOTES = {
    "singular-values": r"""---
title: Singular values
tags: [linear algebra]
summary: The stretch factors of a matrix.
---
## Size
The largest singular value is $\sigma_{\max}(A) = \norm{A}_2$, from the eigenvalues of $A^\top A$.

> [!theorem] Riesz
> Every functional is $f(x) = \langle x, y \rangle$.

## Sequences
The space $\ell^2$, the number $\sqrt{2}$ and $\tr A$.
""",
    "expectations": r"""---
title: Expectations
tags: [probability]
---
The mean of $X$ is $\E[X] = \int x \, p(x) \, dx$, its spread $\operatorname{Var}(X)$, where
$X \sim \mathcal{N}(\mu, \Sigma)$. The theorem of Riesz is mentioned once.

## Divergence
The KL divergence $\KL{p}{q} \ge 0$ vanishes for $p = q$; the distance $W_1(p, q)$ too.
""",
    "networks": r"""---
title: Networks
tags: [learning]
---
The output is $\mathrm{softmax}(z)_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$. Down the $\nabla L(\theta)$:
$$ \theta_{t+1} = \theta_t - \eta \nabla L(\theta_t) $$
Weights $V_1, V_2 \in \mathbb{R}^{m \times n}$ are balanced when $V_2^\top V_2 = V_1 V_1^\top$.
A word with <b>markup</b> and `<script>alert(1)</script>`.
""",
    "complex": r"""---
title: Complex numbers
tags: [analysis]
---
Euler: $e^{i\pi} + 1 = 0$. Around a curve $\oint_\gamma f(z)\,dz$, at the end
$\lim_{n \to \infty} a_n$, and Cauchy's $\frac{\partial u}{\partial x}$.
""",
}

QUERIES = [
    (r"\sigma_max", "singular-values"),
    (r"\sigma_{\max}(A)", "singular-values"),
    ("sigma max", "singular-values"),
    ("σ_max", "singular-values"),
    ("norm of A", "singular-values"),
    (r"\|A\|", "singular-values"),
    (r"\norm{A}", "singular-values"),
    (r"f(x) = \ip{x}{y}", "singular-values"),
    (r"\ip x y", "singular-values"),
    (r"A^\top A", "singular-values"),
    ("A^T A", "singular-values"),
    (r"\ell^2", "singular-values"),
    ("ℓ²", "singular-values"),
    ("inner product of x and y", "singular-values"),
    (r"\mathbb{E}[X]", "expectations"),
    (r"\E[X]", "expectations"),
    ("𝔼[X]", "expectations"),
    ("expectation of X", "expectations"),
    ("variance of X", "expectations"),
    ("W_1", "expectations"),
    ("KL divergence", "expectations"),
    (r"D_{\mathrm{KL}}", "expectations"),
    (r"X \sim \mathcal{N}", "expectations"),
    (r"\nabla L", "networks"),
    ("gradient of L", "networks"),
    ("softmax", "networks"),
    (r"\theta_{t+1}", "networks"),
    (r"V_2^\top V_2", "networks"),
    ("real numbers", "networks"),
    (r"e^{i\pi}", "complex"),
    (r"\frac{\partial u}{\partial x}", "complex"),
    (r"\lim_{n \to \infty}", "complex"),
    (r"\wirt{u}{x}", "complex"),
    ("limit of a", "complex"),
    ("Riesz", "singular-values"),
    ("#probability", "expectations"),
    ("spoor", "singular-values"),
    ("expectations", "expectations"),
]
"""What one may type, and the note that must come first."""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(tmp_path_factory.mktemp("search") / "site", CONFIG, NOTES)


@pytest.fixture(scope="module")
def address(output: Path) -> Iterator[str]:
    with serving(output, POLICY) as address:
        yield address


def ask(page: Page, query: str) -> list[str]:
    """The addresses that are found, in their order."""
    page.fill(".search-input", query)
    page.wait_for_selector(".search-results[aria-busy=false]", state="attached")
    found = page.eval_on_selector_all(".search-option", "all => all.map(a => a.pathname + a.hash)")
    return [path.lstrip("/") for path in found]


def open_search(watched: Watched, address: str, name: str = "complex.html") -> Page:
    page = watched.page
    page.goto(address + name)
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open]")
    return page


SYMBOLS = """
ell hbar wp Re Im aleph beth partial nabla infty emptyset forall exists nexists neg top bot angle
triangle Box Diamond ast star bigstar times div pm mp cap cup uplus sqcap sqcup vee wedge setminus
wr bullet circ oplus ominus otimes oslash odot dagger ddagger amalg ltimes rtimes bowtie leq prec
succeq ll subset supseteq sqsubseteq in ni notin vdash dashv models Vdash vDash perp parallel nmid
sim simeq asymp approx cong neq equiv propto lesssim trianglelefteq subsetneq nsubseteq nleq ncong
leftarrow uparrow leftrightarrow Rightarrow mapsto longrightarrow hookrightarrow hookleftarrow
rightharpoonup rightleftharpoons leadsto rightsquigarrow twoheadrightarrow to gets implies iff sum
coprod int iint oint bigcup bigwedge bigoplus bigodot bigsqcup coloneqq triangleq because boxplus
curlyvee multimap upharpoonright surd flat sharp lfloor lceil
""".split()  # noqa: SIM905


def test_symbols_are_named_in_queries_as_they_are_in_the_index(
    watched: Watched, tmp_path: Path
) -> None:
    formulas = [rf"a \{name} b" for name in (*SYMBOLS, "limsup", "argmin", "varliminf")]
    output = build_site(tmp_path, CONFIG, {"a": "\n\n".join(f"${each}$" for each in formulas)})
    maths = re.findall(r"<math\b.*?</math>", (output / "a.html").read_text(encoding="utf-8"))
    with serving(output) as address:
        watched.page.goto(address + "a.html")
        script = """async (queries) => {
          const { texNames } = await import("/static/js/lazy/search/query.js");
          return queries.map(texNames);
        }"""
        indexed = [list(read_formula(each).names) for each in maths]
        assert dict(zip(formulas, watched.page.evaluate(script, formulas), strict=True)) == dict(
            zip(formulas, indexed, strict=True)
        )
        # As they are seen, and so copied; words would stick to the letters beside them.
        seen = [read_formula(each).text for each in maths[: len(SYMBOLS)]]
        assert dict(zip(seen, watched.page.evaluate(script, seen), strict=True)) == dict(
            zip(seen, indexed[: len(SYMBOLS)], strict=True)
        )


def test_formulas_are_found_by_tex_and_by_name(watched: Watched, address: str) -> None:
    page = open_search(watched, address)
    firsts = {query: ([*ask(page, query), ""])[0].partition("#")[0] for query, _ in QUERIES}
    assert firsts == {query: f"{name}.html" for query, name in QUERIES}
    assert watched.errors == []


def test_of_many_pages_the_few_that_are_weighed_are_the_right_ones(
    watched: Watched, address: str
) -> None:
    """As on a site of thousands of pages, here with limits of a page or two."""

    def limited(route: Route) -> None:
        script = route.fetch().text()
        for known, small in (("MANY = 200", "MANY = 0"), ("BEST = 160", "BEST = 2")):
            script = script.replace(known, small)
        assert "= 0;" in script or "BEST = 2;" in script
        route.fulfill(body=script, content_type="text/javascript")

    watched.page.route(re.compile(r"/search/(engine|weighing)\.js"), limited)
    page = open_search(watched, address)
    firsts = {query: ([*ask(page, query), ""])[0].partition("#")[0] for query, _ in QUERIES}
    assert firsts == {query: f"{name}.html" for query, name in QUERIES}
    for query in (r"\theta_{17}", r"\alpha_{17}"):
        assert ask(page, query) == [], query
    assert watched.errors == []


BOTH_WAYS = """async (queries) => {
  const { start } = await import("/static/js/lazy/search/engine.js");
  const { readTerm } = await import("/static/js/lazy/search/backend.js");
  const { finder } = await start(new URL("/pagefind/", location.href));
  const ids = (pages) => pages.map((page) => page.p ?? page.id);
  const said = {};
  for (const query of queries) {
    const found = await finder.find(query, {});
    const all = finder.backend.search(readTerm(query), {}).results;
    const first = new Set(ids(found.slice(0, 12)));
    said[query] = {
      weighed: found.filter(({ words }) => words.length).length,
      missing: ids(all.slice(0, 8)).filter((id) => !first.has(id)),
      same: ids(found).sort().join() === ids(all).sort().join(),
    };
  }
  return said;
}"""
"""What the search finds, and what Pagefind finds when it weighs every page."""


def test_of_words_on_most_pages_the_best_pages_are_weighed(
    watched: Watched, tmp_path: Path
) -> None:
    choose = random.Random(7)
    words = ["norm", "normal", "bound", "kernels", "größe", "measure", "limits"]
    notes = {}
    for at in range(400):
        text = choose.choices(words, weights=[9, 2, 8, 7, 6, 5, 4], k=choose.randrange(20, 90))
        title = choose.choice(words) if at % 9 == 0 else f"Note {at}"
        notes[f"n{at}"] = f"# {title}\n\n{' '.join(text)}\n\n## {choose.choice(words)}\n\nEnd."
    queries = ["norm", "norms", "nor", "kernel bound", "groesse", "größe", "measure limit norm",
               "norm xyz", "kernelx norm", '"norm bound"']  # fmt: skip
    with serving(build_site(tmp_path, "", notes)) as address:
        watched.page.goto(address + "n1.html")
        said = watched.page.evaluate(BOTH_WAYS, queries)
    assert [query for query, each in said.items() if each["missing"]] == []
    assert all(each["same"] for each in said.values())
    assert all(each["weighed"] <= 160 for query, each in said.items() if query != '"norm bound"')
    assert watched.errors == []


def test_a_release_of_pagefind_that_is_called_otherwise_is_refused(
    watched: Watched, address: str
) -> None:
    watched.page.goto(address + "complex.html")
    script = """async () => {
      const { Backend } = await import("/static/js/lazy/search/backend.js");
      const exports = { search: (index, query) => [0, 0] };
      try { new Backend(exports); } catch (error) { return error.message; }
    }"""
    assert watched.page.evaluate(script) == "This release of Pagefind is called otherwise"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("is this the softmax that was", ["networks.html"]),
        ("The Riesz theorem and its", ["singular-values.html", "expectations.html"]),
        # Nothing but fillers: they are wanted as they follow each other.
        ("at the", ["complex.html"]),
        ("the at", []),
    ],
)
def test_words_that_say_nothing_are_not_asked_for(
    watched: Watched, address: str, query: str, found: list[str]
) -> None:
    page = open_search(watched, address)
    pages = [path.partition("#")[0] for path in ask(page, query)]
    assert list(dict.fromkeys(pages)) == found


def test_what_is_not_there_is_not_found(watched: Watched, address: str) -> None:
    page = open_search(watched, address)
    for query in ("zzz", r"\loop", r"\constructor", r"\alpha_{17}", "Riesz zzz", "#nothing"):
        assert ask(page, query) == [], query
    assert page.inner_text(".search-status") == "Nothing found."


def test_passages_show_formulas_as_text_and_no_hidden_words(watched: Watched, address: str) -> None:
    page = open_search(watched, address)
    assert ask(page, r"\sigma_max")[:2] == ["singular-values.html", "singular-values.html#size"]
    passage = page.inner_text(".search-part .search-passage")
    assert "The largest singular value is σ_max(A) = ‖A‖₂, from" in passage
    assert page.inner_text(".search-part .search-passage mark >> nth=0") == "σ_max(A)"
    ask(page, "markup")
    text = page.inner_text(".search-results")
    assert "<script>alert(1)</script>" in text
    assert not {"\u2063", "\u2064"} & set(page.text_content(".search-results") or "")
    assert page.locator(".search-results script").count() == 0


def test_nothing_is_fetched_before_it_is_opened(watched: Watched, address: str) -> None:
    watched.page.goto(address + "complex.html", wait_until="networkidle")
    assert not [url for url in watched.requests if "pagefind" in url or "lazy" in url]
    watched.page.keyboard.press("Control+k")
    watched.page.wait_for_selector("dialog[open]")
    ask(watched.page, "Euler")
    assert [url for url in watched.requests if "wasm.en.pagefind" in url]
    assert watched.errors == []


def test_the_keyboard_alone_is_enough(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address + "complex.html")
    page.focus(".search-button")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    field = page.locator(".search-input")
    assert field.evaluate("field => field === document.activeElement")
    assert field.get_attribute("aria-expanded") == "false"
    ask(page, "theorem")
    assert field.get_attribute("aria-expanded") == "true"

    def active() -> str:
        return str(
            page.evaluate(
                "document.querySelector(`#${CSS.escape(document.querySelector('.search-input')"
                ".getAttribute('aria-activedescendant'))}`).id"
            )
        )

    first = active()
    page.keyboard.press("ArrowDown")
    second = active()
    assert second != first
    assert page.locator("[aria-selected=true]").get_attribute("id") == second
    page.keyboard.press("ArrowUp")
    assert active() == first
    page.keyboard.press("ArrowUp")
    assert active() == page.locator(".search-option >> nth=-1").get_attribute("id")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog:not([open])", state="attached")
    assert page.evaluate("document.activeElement.className") == "search-button"
    page.keyboard.press("Control+k")
    ask(page, "softmax")
    page.keyboard.press("Enter")
    page.wait_for_url("**/networks.html")


def test_a_slash_in_a_field_is_a_slash(watched: Watched, address: str) -> None:
    page = open_search(watched, address)
    page.keyboard.type("a/b")
    assert page.input_value(".search-input") == "a/b"


def test_the_slash_can_be_turned_off(watched: Watched, address: str) -> None:
    page = open_search(watched, address)
    page.uncheck(".search-slash")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.wait_for_timeout(300)
    assert not page.is_visible("dialog")
    page.reload()
    page.keyboard.press("/")
    page.wait_for_timeout(300)
    assert page.locator("dialog").count() == 0
    page.keyboard.press("Control+k")
    page.wait_for_selector("dialog[open]")
    assert not page.is_checked(".search-slash")


def test_the_slash_opens_again_before_the_focus_has_left_what_was_closed(
    watched: Watched, address: str
) -> None:
    page = open_search(watched, address)
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog:not([open])", state="attached")
    slash = "new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true })"
    page.evaluate(f"document.querySelector('.search-input').dispatchEvent({slash})")
    page.wait_for_selector("dialog[open]")


def test_a_letter_alone_is_that_letter(watched: Watched, address: str) -> None:
    page = open_search(watched, address)
    found = {path.partition("#")[0] for path in ask(page, "z")}
    assert found == {"complex.html", "networks.html"}
    assert {path.partition("#")[0] for path in ask(page, "Y X")} == {"singular-values.html"}


def held_back(page: Page, pattern: str) -> list[Route]:
    """The requests for such addresses, which wait until they are continued."""
    waiting: list[Route] = []
    page.route(pattern, lambda route: waiting.append(route))  # noqa: PLW0108 -- it is given an attribute
    return waiting


def test_on_a_slow_line_what_is_typed_is_kept_and_answered(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address + "complex.html")
    dialogs, engines = held_back(page, "**/lazy/search.js"), held_back(page, "**/wasm.*")
    page.keyboard.press("/")
    page.keyboard.type("soft")
    assert page.locator("dialog").count() == 0
    dialogs[0].continue_()
    page.wait_for_selector("dialog[open]")
    page.keyboard.type("max")
    assert page.input_value(".search-input") == "softmax"
    assert page.inner_text(".search-status") == "Loading…"
    page.keyboard.press("Escape")
    assert not page.is_visible("dialog")
    page.keyboard.press("/")
    page.unroute("**/wasm.*")
    for route in engines:
        route.continue_()
    page.wait_for_selector(".search-option")
    assert page.inner_text(".search-status") == "Pages found: 1"
    assert watched.errors == []


def test_an_address_can_ask(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address + "complex.html?q=softmax")
    page.wait_for_selector(".search-option")
    assert page.input_value(".search-input") == "softmax"
    page.keyboard.press("Escape")
    page.wait_for_url("**/complex.html")
    page.keyboard.press("/")
    ask(page, "Riesz")
    page.wait_for_url("**/complex.html?q=Riesz")
    page.keyboard.press("Enter")
    page.wait_for_url("**/singular-values.html*")
    page.go_back()
    page.wait_for_selector(".search-option")
    assert page.input_value(".search-input") == "Riesz"
    assert watched.errors == []


def test_modules_are_sent_for_at_once(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address + "complex.html")
    held_back(page, "**/answering.js")
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open]")
    page.wait_for_timeout(300)
    folder = Path(__file__).parents[2] / "static/js/lazy/search"
    asked = {url.rpartition("/")[2] for url in watched.requests if "/lazy/search/" in url}
    assert asked == {script.name for script in folder.glob("*.js")}


def test_from_disk_it_says_what_it_needs(watched: Watched, output: Path) -> None:
    page = watched.page
    page.goto((output / "complex.html").as_uri())
    page.click(".search-button")
    page.wait_for_selector("dialog[open]")
    assert "web server" in page.inner_text(".search-status")
    page.fill(".search-input", "Euler")
    assert "web server" in page.inner_text(".search-status")
    assert not [error for error in watched.errors if "pagefind" not in error]


def test_without_scripts_there_is_no_button(browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "complex.html")
    assert not page.is_visible(".search-button")
    assert page.is_visible("a[href='all.html']")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone(browser, address: str, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, color_scheme=scheme, has_touch=True
    )
    page = context.new_page()
    page.goto(address + "complex.html")
    page.click(".search-button")
    page.wait_for_selector("dialog[open]")
    ask(page, "theorem")
    box = page.locator("dialog").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["y"] + box["height"] <= 800
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    sizes = page.eval_on_selector_all(
        ".search-option, .search-close, .search-input, .search-filter",
        "all => all.map(e => e.offsetHeight)",
    )
    assert min(sizes) >= 44
    context.close()


def test_a_page_searches_the_notes_in_its_own_language(watched: Watched, tmp_path: Path) -> None:
    notes = {f"n{number}": f"A word w{number}w and common ones." for number in range(3)}
    german = "---\nlang: de\n---\nGroße Häuser, common ones. Ein Maß aus Größen."
    french = "---\nlang: fr\n---\nDes fonctions généralisées, common ones."
    notes |= {"eins": german, "un": french}
    output = build_site(tmp_path / "site", CONFIG, notes)
    with serving(output, POLICY) as address:
        page = open_search(watched, address, "n1.html")
        assert sorted(ask(page, "common")) == ["n0.html", "n1.html", "n2.html"]
        page = open_search(watched, address, "eins.html")
        assert ask(page, "common") == ["eins.html"]
        assert ask(page, "w1w") == []
        for query in ("Haus", "Häusern", "Grösse", "Groesse", "groß", "Größe", "maß"):
            assert ask(page, query) == ["eins.html"], query
        page = open_search(watched, address, "un.html")
        for query in ("fonction generalisee", "généralisée", "Fonctions"):
            assert ask(page, query) == ["un.html"], query
    assert watched.errors == []


def test_a_formula_of_a_title_ranks_above_where_it_is_referred_to(
    watched: Watched, tmp_path: Path
) -> None:
    tails = "---\ntitle: Tails like $e^{-2nt^2}$\n---\n::: theorem {#thm-t}\nSo.\n:::\n"
    words = " ".join(f"word{number}" for number in range(400))
    notes = {"tails": f"{tails}\n{words}", "sums": "::: definition\nBy @thm-t.\n:::\n"}
    output = build_site(tmp_path / "site", CONFIG, notes)
    with serving(output, POLICY) as address:
        page = open_search(watched, address, "sums.html")
        assert ask(page, "e^{-2nt^2}")[0] == "tails.html"
    assert watched.errors == []


CHINESE = """---
title: 矩阵的范数
lang: zh
tags: [线性代数]
---
## 奇异值

最大的奇异值 $\\sigma_{\\max}(A)$ 是矩阵的谱范数。Riesz 定理说明每个泛函都是内积。
"""
JAPANESE = """---
title: 特異値分解
lang: ja
---
行列のノルムは最大の特異値です。任意の行列 $A$ に対して成り立つ。
"""


def test_scripts_without_blanks_are_found_by_any_run_of_characters(
    watched: Watched, tmp_path: Path
) -> None:
    config = CONFIG.replace("[site]", '[site]\nlanguage = "zh"')
    notes = {
        "fanshu": CHINESE.replace("\\\\", "\\"),
        "tokui": JAPANESE,
        "qita": "别的内容，矩形与阵地。",
    }
    output = build_site(tmp_path / "site", config, notes)
    with serving(output, POLICY) as address:
        page = open_search(watched, address, "fanshu.html")
        for query in ("矩阵", "范数", "谱范数", "奇异值", "值", "Riesz 定理", "σ_max", "矩阵 内积"):
            assert [*ask(page, query), ""][0].partition("#")[0] == "fanshu.html", query
        assert ask(page, "矩形")[0] == "qita.html"
        assert ask(page, "数矩") == []
        ask(page, "谱范数")
        assert "矩阵的谱范数。Riesz 定理" in page.inner_text(".search-part .search-passage")
        assert page.locator(".search-part mark").all_inner_texts() == ["谱", "范", "数"]
        page = open_search(watched, address, "tokui.html")
        for query in ("行列", "ノルム", "特異値", "最大の特異値"):
            assert [*ask(page, query), ""][0].partition("#")[0] == "tokui.html", query
        assert ask(page, "範数") == []
    assert watched.errors == []


SECTIONED = (
    CONFIG
    + """
[[sections]]
id = "one"
title = "Linear Algebra"
[[sections]]
id = "two"
title = "Analysis"
"""
)
FILTERED = {
    "a": "---\nsection: one\ntags: [norms, first steps]\n---\nA norm.\n\n"
    "> [!theorem] Riesz\n> Norm.\n",
    "b": "---\nsection: one\ntags: [norms]\n---\nA norm.\n\n> [!definition] Norm\n> A norm.\n",
    "c": "---\nsection: two\n---\nA norm.\n\n> [!theorem] Other\n> Nothing.\n",
}


@pytest.fixture(scope="module")
def filtered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(
        build_site(tmp_path_factory.mktemp("filters") / "site", SECTIONED, FILTERED), POLICY
    ) as address:
        yield address


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("norm", "abc"),
        ("norm section:linear-algebra", "ab"),
        ("norm section:lin", "ab"),
        ("norm section:two", ""),
        ("#first-steps", "a"),
        ("tag:norms section:linear-algebra", "ab"),
        ("tag:norms tag:first-steps", "ab"),
        ("Section:analysis norm", "c"),
        ("kind:theorem", "ac"),
        ("kind:definition", "b"),
        ("norm kind:theorem", "a"),
        ("norm kind:lemma", ""),
        ("norm: section:analysis", "c"),
    ],
)
def test_filters_can_be_typed(watched: Watched, filtered: str, query: str, found: str) -> None:
    page = open_search(watched, filtered, "a.html")
    pages = {path.partition("#")[0] for path in ask(page, query)}
    assert pages == {f"{name}.html" for name in found}
    assert watched.errors == []


def test_for_filters_alone_no_words_are_fetched(watched: Watched, filtered: str) -> None:
    page = open_search(watched, filtered, "a.html")
    pieces = []
    for query in ("kind:theorem", "#norms", "norm"):
        assert ask(page, query)
        pieces.append(len({url for url in watched.requests if ".pf_index" in url}))
    assert pieces == [1, 1, 2]


def test_what_was_found_can_be_narrowed(watched: Watched, filtered: str) -> None:
    page = open_search(watched, filtered, "a.html")
    assert ask(page, "norm")
    names = page.locator(".search-filter").all_inner_texts()
    assert names == [
        "section: Linear Algebra", "section: Analysis", "kind: theorem", "kind: definition",
        "tag: norms", "tag: first-steps",
    ]  # fmt: skip
    assert ask(page, "norm #first-steps")
    assert watched.errors == []


def test_a_section_without_a_title_in_the_navigation_is_shown_in_words(
    watched: Watched, filtered: str
) -> None:
    page = open_search(watched, filtered, "a.html")
    page.evaluate("document.querySelector('.site-navigation').remove()")
    assert ask(page, "norm")
    assert "section: linear algebra" in page.locator(".search-filter").all_inner_texts()


def test_with_a_kind_only_results_of_that_kind_are_shown(watched: Watched, filtered: str) -> None:
    page = open_search(watched, filtered, "a.html")
    assert ask(page, "kind:theorem section:linear-algebra") == ["a.html", "a.html#theorem-1"]
    assert page.inner_text(".search-result .search-passage") == "Norm."
    assert page.inner_text(".search-result .search-title") == "Theorem 1 (Riesz)"


def test_filters_can_be_chosen_with_the_keyboard(watched: Watched, filtered: str) -> None:
    page = open_search(watched, filtered, "a.html")
    ask(page, "norm")
    names = page.locator(".search-filter").all_inner_texts()
    assert "section: Analysis" in names
    assert "kind: definition" in names
    page.locator(".search-filter", has_text="section: analysis").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".search-filter[aria-pressed=true]")
    assert page.input_value(".search-input") == "norm section:analysis"
    assert page.evaluate("document.activeElement.className") == "search-input"
    assert page.locator(".search-option").count() >= 1
    page.locator(".search-filter[aria-pressed=true]").click()
    page.wait_for_selector(".search-filter[aria-pressed=true]", state="detached")
    assert page.input_value(".search-input") == "norm"


@pytest.mark.parametrize(
    ("query", "other"),
    [("exepctations", "expectations"), ("singulra values", "singular"), ("netwroks", "networks")],
)
def test_misspelt_words_of_titles_are_put_right(
    watched: Watched, address: str, query: str, other: str
) -> None:
    page = open_search(watched, address)
    assert ask(page, query)
    assert f"this is for “{other}" in page.inner_text(".search-status")


def test_a_missing_index_is_told_and_found_when_it_is_there(
    watched: Watched, tmp_path: Path
) -> None:
    output = build_site(tmp_path / "site", CONFIG, {"a": "Words."})
    (output / "pagefind").rename(tmp_path / "away")
    with serving(output, POLICY) as address:
        page = open_search(watched, address, "a.html")
        page.locator(".search-status", has_text="yet").wait_for()
        page.fill(".search-input", "words")
        page.locator(".search-status", has_text="yet").wait_for()
        (tmp_path / "away").rename(output / "pagefind")
        assert ask(page, "word") == ["a.html"]
        assert page.inner_text(".search-status") == "Pages found: 1"


def test_it_works_below_a_path(watched: Watched, tmp_path: Path) -> None:
    config = CONFIG.replace("[site]", '[site]\nbase_url = "https://a.example/deep/notes/"')
    build_site(
        tmp_path / "site",
        config,
        {"x": "---\npermalink: x/a\n---\nWords, $y$.", "b": "Other words."},
    )
    (tmp_path / "web/deep").mkdir(parents=True)
    (tmp_path / "site/output").rename(tmp_path / "web/deep/notes")
    with serving(tmp_path / "web", POLICY) as address:
        page = open_search(watched, address, "deep/notes/x/a.html")
        assert ask(page, "other") == ["deep/notes/b.html"]
        page.keyboard.press("Enter")
        page.wait_for_url("**/deep/notes/b.html")
    assert watched.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1100, 390])
def test_axe_finds_nothing_in_the_dialog(browser, filtered: str, scheme: str, width: int) -> None:
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(filtered + "a.html")
    page.click(".search-button")
    page.wait_for_selector("dialog[open]")
    for query in ("norm", "norm section:analysis", "zzz"):
        ask(page, query)
        assert violations(page) == [], query
    context.close()


def test_the_number_of_hits_is_announced(watched: Watched, address: str) -> None:
    page = open_search(watched, address)
    status = page.locator(".search-status")
    assert status.get_attribute("role") == "status"
    ask(page, "softmax")
    assert status.inner_text() == "Pages found: 1"
    ask(page, "softmaxx zzz")
    assert status.inner_text() == "Nothing found."


def test_all_pages_that_have_a_word_are_counted(watched: Watched, tmp_path: Path) -> None:
    notes = {f"note-{at}": f"# Note {at}\n\nA kernel, and a norm of size {at}." for at in range(30)}
    notes["other"] = "# Other\n\nThe kernels alone."
    with serving(build_site(tmp_path, "", notes)) as address:
        page = open_search(watched, address, "all.html")
        status = page.locator(".search-status")
        said = {}
        for query in ("kernel", "kernel norm", "kernel size 7"):
            assert len(ask(page, query)) == 8
            said[query] = status.inner_text()
        assert said == dict.fromkeys(said, "Pages found: 30") | {"kernel": "Pages found: 31"}
    assert watched.errors == []


def test_nothing_is_fetched_beforehand_while_it_is_open(watched: Watched, filtered: str) -> None:
    page = watched.page
    page.goto(filtered + "b.html")
    rules = page.locator("script[type=speculationrules]")
    before = rules.all_text_contents()
    assert len(before) == 1
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open]")
    assert rules.count() == 0
    page.keyboard.press("Escape")
    # A dialog tells of its closing a moment after it is closed.
    rules.wait_for(state="attached")
    assert rules.all_text_contents() == before
    assert watched.errors == []


def test_fonts_of_answers_are_loaded_before_them(watched: Watched, tmp_path: Path) -> None:
    with serving(build_site(tmp_path, "", {"a": "Let $\\alpha \\le 1$ be."})) as address:
        page = watched.page
        page.goto(address + "a.html", wait_until="networkidle")
        greek = "stix-two-text-greek-roman"
        assert not [url for url in watched.requests if greek in url]
        with page.expect_request(lambda request: greek in request.url):
            page.keyboard.press("/")
        assert not [url for url in watched.requests if "stix-two-math-rest" in url]
    assert watched.errors == []
