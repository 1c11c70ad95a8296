"""Real queries: on this repository's notes alone, and among many others that say the same words."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bench.corpus import Corpus, Shape

from notesite.building import Builder, BuildOptions
from tests.browser.serving import serving
from tests.browser.test_search import ask, open_search

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

REPOSITORY = Path(__file__).parents[2]
OTHERS = 150
"""Notes that are not meant: on gradients, flows, kernels, norms, operators, proofs and lemmas."""

DEEP = "deep-dives/exact-learning-dynamics-of-deep-linear-networks"
RATE = "notes/largest-stable-learning-rate"
WIDE = "notes/wide-networks-become-linear"
RIESZ = "proofs/riesz-representation-theorem"
WEIERSTRASS = "proofs/weierstrass-approximation-theorem"
CALCULUS = "toolkit/matrix-calculus-by-differentials"
FFT = "exploratory/computer-science/the-fast-fourier-transform-as-evaluation"
EQUATOR = "exploratory/mathematics/volume-concentrates-near-the-equator"
PROOF = "exploratory/philosophy/is-a-proof-an-explanation"

QUERIES = [
    # Titles.
    ("riesz representation", RIESZ, None),
    ("matrix calculus", CALCULUS, None),
    ("sign conventions", "margins/sign-conventions", None),
    # Results by their names.
    ("johnson lindenstrauss", EQUATOR, "Theorem 6 (Johnson–Lindenstrauss)"),
    ("lax milgram", RIESZ, "Theorem 7 (Lax–Milgram)"),
    ("voronovskaya", WEIERSTRASS, "Theorem 5 (Voronovskaya)"),
    ("stone-weierstrass", WEIERSTRASS, "Theorem 9 (Stone–Weierstrass)"),
    ("descent lemma", RATE, "Lemma 3 (Descent lemma)"),
    ("existence of the adjoint", RIESZ, "Corollary 6 (Existence of the adjoint)"),
    ("fukumizu solution", DEEP, "Theorem 5 (Fukumizu’s solution)"),
    # Headings.
    ("early stopping", DEEP, "Early stopping"),
    ("edge of stability", RATE, "The edge of stability"),
    ("least squares", CALCULUS, "Least squares"),
    ("roots of unity", FFT, "Roots of unity"),
    ("hessian of the network", WIDE, "Lemma 3 (Hessian of the network)"),
    # Formulas, by TeX and by name.
    (r"\lambda_{\max}", RATE, None),
    ("lambda max", RATE, None),
    (r"2/\lambda_{\max}", RATE, None),
    (r"\mathbb{F}_{17}", FFT, None),
    (r"H_0^1(0,1)", RIESZ, None),
    (r"W_1^\top W_1", DEEP, None),
    (r"f(k/n)", WEIERSTRASS, None),
    # Tags and filters.
    ("#backpropagation", CALCULUS, None),
    ("tag:fourier-analysis", FFT, None),
    ("kind:lemma concentration", WIDE, "Lemma 1 (Concentration)"),
    ("section:proofs polynomials", WEIERSTRASS, None),
    # Other forms of a word, and misspelt ones.
    ("orthogonal vector", EQUATOR, None),
    ("reproducing kernel", RIESZ, "Reproducing kernels"),
    ("explanations", PROOF, None),
    ("wierstrass", WEIERSTRASS, None),
    ("backpropogation", CALCULUS, None),
    ("voronovksaya", WEIERSTRASS, "Theorem 5 (Voronovskaya)"),
]
"""What one may type, the note that must come first, and the first of its parts if one is meant."""


def built(folder: Path, notes: Path) -> Path:
    shutil.copytree(notes, folder / "notes")
    shutil.copy(REPOSITORY / "notesite.toml", folder)
    report = Builder(BuildOptions(), folder).build()
    assert report.is_published
    return folder / "output"


@pytest.fixture(scope="module", params=["alone", "among others"])
def address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("real")
    shutil.copytree(REPOSITORY / "notes", folder / "notes")
    if request.param == "among others":
        small = Shape(sections=2, paragraphs=2, formulas=2, displays=1, rows=0)
        Corpus(OTHERS, shape=small).write(folder / "notes/more")
    with serving(built(folder / "site", folder / "notes")) as address:
        yield address


def first_part(watched: Watched) -> str | None:
    part = watched.page.locator(".search-option >> nth=1")
    is_part = part.count() and "search-part" in (part.get_attribute("class") or "")
    return part.locator(".search-title").inner_text() if is_part else None


def test_what_is_meant_comes_first(watched: Watched, address: str) -> None:
    page = open_search(watched, address, "all.html")
    found = {}
    for query, _, part in QUERIES:
        paths = [*ask(page, query), ""]
        name = paths[0].partition("#")[0].removesuffix(".html")
        found[query] = (name, first_part(watched) if part else None)
    assert found == {query: (name, part) for query, name, part in QUERIES}
    assert watched.errors == []
