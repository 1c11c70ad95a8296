"""What the symbols of mathematics are called: by TeX, and by people; the tables of `findable`."""

from __future__ import annotations

_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma "
    "sigma tau upsilon phi chi psi omega"
)
"""From U+03B1 on; there are two small letters sigma."""

_SYMBOLS = """
    ∇ nabla ∂ partial ∑ sum ∏ prod ∐ coprod ∫ int ∬ iint ∭ iiint ∮ oint ∞ infty √ sqrt
    ∈ in ∉ notin ∋ ni ⊂ subset ⊆ subseteq ⊃ supset ⊇ supseteq ∪ cup ∩ cap ⋃ cup ⋂ cap ⊔ sqcup
    ⊓ sqcap ∖ setminus ∅ emptyset ∀ forall ∃ exists ¬ neg ∧ wedge ∨ vee ⋀ wedge ⋁ vee
    → to ⟶ to ← gets ⟵ gets ↦ mapsto ⟼ mapsto ⇒ implies ⟹ implies ⇐ impliedby ⟸ impliedby
    ⇔ iff ⟺ iff ↔ leftrightarrow ↪ hookrightarrow ↠ twoheadrightarrow ⇀ rightharpoonup
    ≤ leq ⩽ leq ≥ geq ⩾ geq ≠ neq ≈ approx ≡ equiv ∼ sim ≃ simeq ≅ cong ∝ propto ≪ ll ≫ gg
    ≺ prec ≻ succ ⪯ preceq ⪰ succeq ≼ preceq ≽ succeq ⊥ perp ⟂ perp ⊢ vdash ⊨ models
    × times ⊗ otimes ⨂ otimes ⊕ oplus ⨁ oplus ⊙ odot ⨀ odot ⊖ ominus ∘ circ ∗ ast ⋆ star
    ± pm ∓ mp ÷ div ⊤ top ⊺ top † dagger ℓ ell ℏ hbar ℑ im ℜ re ℵ aleph ℘ wp ı i ȷ j
    △ triangle ⋊ rtimes ⋉ ltimes ≀ wr ∠ angle ⌊ floor ⌈ ceil
    ∄ nexists □ square ■ blacksquare ◊ lozenge ★ bigstar ⊎ uplus ⨄ uplus ⨆ sqcup ⋄ diamond
    ∙ bullet • bullet ⊘ oslash ◯ bigcirc ‡ ddagger ⨿ amalg ⋈ bowtie ⊏ sqsubset ⊐ sqsupset
    ⊑ sqsubseteq ⊒ sqsupseteq ⊣ dashv ⊩ vdash ⊪ vvdash ∤ nmid ∦ nparallel ≍ asymp ≲ lesssim
    ≳ gtrsim ⪅ lessapprox ⪆ gtrapprox ◁ triangleleft ▷ triangleright ⊲ triangleleft
    ⊳ triangleright ⊴ trianglelefteq ⊵ trianglerighteq ⊊ subsetneq ⊋ supsetneq ⊈ nsubseteq
    ⊉ nsupseteq ≰ nleq ≱ ngeq ≮ nless ≯ ngtr ≁ nsim ≇ ncong ↑ uparrow ↓ downarrow ↕ updownarrow
    ⇑ uparrow ⇓ downarrow ↩ hookleftarrow ⇌ rightleftharpoons ⇝ leadsto ↝ leadsto
    ↣ rightarrowtail ↗ nearrow ↘ searrow ∁ complement ≊ approxeq ≾ precsim ≿ succsim ⋘ lll ⋙ ggg
    ⊛ circledast ⊞ boxplus ⊠ boxtimes ⊡ boxdot ⋋ leftthreetimes ⋌ rightthreetimes ⋎ curlyvee
    ⋏ curlywedge ⊸ multimap ↾ upharpoonright ⋔ pitchfork ≬ between ♭ flat ♮ natural ♯ sharp
    ♣ clubsuit ♡ heartsuit ✓ checkmark ✠ maltese ∯ oiint ▵ vartriangle ∡ measuredangle
    ∢ sphericalangle ℶ beth ℷ gimel ℸ daleth ϝ digamma
"""


def _paired(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def _greek() -> dict[str, str]:
    names = _GREEK.split()
    small = {chr(0x3B1 + place): name for place, name in enumerate(names)}
    capitals = {chr(0x391 + place): name for place, name in enumerate(names) if place != 17}
    variants = _paired("ϵ epsilon ϑ theta ϰ kappa ϕ phi ϱ rho ϖ pi")
    return small | capitals | variants


NAMES: dict[str, str] = _paired(_SYMBOLS) | _greek()
"""The TeX name of each symbol that has one; letters and digits are their own names."""

TRANSPOSED = frozenset("T⊤⊺𝖳𝑇𝐓")
"""The exponents that mean the transpose."""

SPOKEN: dict[str, str] = {
    "𝔼": "expectation", "ℙ": "probability", "ℝ": "reals", "ℕ": "naturals", "ℤ": "integers",
    "ℚ": "rationals", "ℂ": "complex", "∇": "gradient", "∂": "derivative", "∫": "integral",
    "∏": "product", "∞": "infinity", "⊤": "transpose", "⊗": "tensor", "⟨": "innerproduct",
    "∘": "composition", "∪": "union", "∩": "intersection", "⋃": "union", "⋂": "intersection",
    "∑": "sum", "∀": "forall", "⊥": "orthogonal", "∈": "in", "⊆": "subset", "∼": "distributed",
}  # fmt: skip
"""What people say who read a formula aloud, one word each, where it is not the TeX name."""

_ENGLISH: dict[str, str] = {
    "expectation": "expected value mean", "reals": "real numbers", "naturals": "natural numbers",
    "integers": "integer numbers", "complex": "complex numbers", "innerproduct": "inner product",
    "derivative": "partial derivative", "tensor": "tensor product", "root": "square root",
    "var": "variance", "cov": "covariance", "det": "determinant", "tr": "trace", "kl": "divergence",
    "dim": "dimension", "ker": "kernel", "exp": "exponential", "log": "logarithm",
    "argmin": "minimiser minimizer", "argmax": "maximiser maximizer", "emptyset": "empty set",
    "gradient": "gradient", "lim": "limit", "sup": "supremum", "inf": "infimum",
}  # fmt: skip
"""More words by which one may look for a part with that name, TeX's or spoken."""
_GERMAN: dict[str, str] = {
    "expectation": "Erwartungswert Mittelwert", "probability": "Wahrscheinlichkeit",
    "reals": "reelle Zahlen", "naturals": "natürliche Zahlen", "integers": "ganze Zahlen",
    "rationals": "rationale Zahlen", "complex": "komplexe Zahlen", "innerproduct": "Skalarprodukt",
    "derivative": "partielle Ableitung", "root": "Quadratwurzel Wurzel", "var": "Varianz",
    "cov": "Kovarianz", "det": "Determinante", "tr": "Spur", "kl": "Divergenz", "ker": "Kern",
    "exp": "Exponentialfunktion", "log": "Logarithmus", "lim": "Grenzwert", "sup": "Supremum",
    "inf": "Infimum", "emptyset": "leere Menge", "transpose": "transponiert Transponierte",
    "product": "Produkt", "sum": "Summe", "infinity": "unendlich", "union": "Vereinigung",
    "intersection": "Durchschnitt", "tensor": "Tensorprodukt", "composition": "Verkettung",
}  # fmt: skip

_WORDS_OF: dict[str, dict[str, str]] = {"en": _ENGLISH, "de": _GERMAN}


def words_for(name: str, language: str) -> str:
    """More words for a part of that name, in the language with that tag or else in English."""
    return _WORDS_OF.get(language.partition("-")[0].lower(), _ENGLISH).get(name, "")
