"""Every formula is well-formed MathML Core: its elements, its attributes and their values.

The lists are those of MathML Core (W3C Candidate Recommendation, https://www.w3.org/TR/mathml-core/),
written down by section.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notesite.config import MarkdownConfig
from notesite.markdown.note import NoteParser
from notesite.math import Formula, MathCompiler, MathSettings
from notesite.spans import Origin
from tests.conftest import html_of, parse
from tests.math.sheet import read_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGINES = ("math-core", "latex2mathml")
COMPILERS = {engine: MathCompiler(MathSettings(engine)) for engine in ENGINES}
NOTES = sorted((Path(__file__).parents[1] / "notes").rglob("*.md"))

# Section 2.1.3, with those of HTML's that stay inert.
GLOBAL = {
    "class", "id", "dir", "displaystyle", "scriptlevel", "mathbackground", "mathcolor", "mathsize",
    "intent", "arg", "tabindex", "lang",
}  # fmt: skip
OPERATOR = {
    "form", "fence", "separator", "lspace", "rspace", "stretchy", "symmetric", "maxsize", "minsize",
    "largeop", "movablelimits",
}  # fmt: skip
ATTRIBUTES: dict[str, set[str]] = {
    "math": {"display", "alttext"},  # 2.1.1
    "mtext": set(), "mi": {"mathvariant"}, "mn": set(), "ms": set(),  # 3.2.1 to 3.2.3, 3.2.6
    "mo": OPERATOR,  # 3.2.4
    "mspace": {"width", "height", "depth"},  # 3.2.5
    "mrow": set(), "mstyle": set(),  # 3.3.1, 3.3.4
    "merror": set(), "mphantom": set(),  # 3.3.5, 3.3.7
    "mfrac": {"linethickness"},  # 3.3.2
    "msqrt": set(), "mroot": set(),  # 3.3.3
    "mpadded": {"width", "height", "depth", "lspace", "voffset"},  # 3.3.6
    "msub": set(), "msup": set(), "msubsup": set(),  # 3.4.1
    "munder": {"accentunder"}, "mover": {"accent"},  # 3.4.2
    "munderover": {"accent", "accentunder"},  # 3.4.2
    "mmultiscripts": set(), "mprescripts": set(),  # 3.4.3
    "mtable": set(), "mtr": set(), "mtd": {"columnspan", "rowspan"},  # 3.5
}  # fmt: skip
CHILDREN = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2,
            "msubsup": 3, "munderover": 3}  # fmt: skip
TOKENS = {"mi", "mn", "mo", "ms", "mtext"}
BOOLEANS = {"displaystyle", "fence", "separator", "stretchy", "symmetric", "largeop",
            "movablelimits", "accent", "accentunder"}  # fmt: skip
LENGTHS = {"lspace", "rspace", "minsize", "maxsize", "width", "height", "depth", "voffset",
           "linethickness", "mathsize"}  # fmt: skip
_LENGTH = re.compile(r"-?(\d+\.?\d*|\.\d+)([a-z]+|%)|0")  # CSS's, with unitless zero
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|[a-z]+")
# What HTML's parser lets stand in a token (phrasing content), where we put formatted text.
IN_TEXT = {"a", "b", "i", "em", "strong", "code", "span", "u", "s", "sup", "sub", "math", "svg"}


def problems_of(math: ET.Element) -> Iterator[str]:
    """What is not MathML Core in a `<math>` element."""
    parents = {child: parent.tag for parent in math.iter() for child in parent}
    for element in math.iter():
        parent = parents.get(element, "")
        if element.tag in ATTRIBUTES:
            yield from _element_problems(element, parent)
        elif not _may_stand_in_text(element, parent) and not _is_in_svg(element, math):
            yield f"<{element.tag}> in <{parent}>"
        if "style" in element.attrib or any(name.startswith("on") for name in element.attrib):
            yield f"<{element.tag}> with a style or a handler"


def _may_stand_in_text(element: ET.Element, parent: str) -> bool:
    return element.tag in IN_TEXT and (parent in TOKENS or parent not in ATTRIBUTES)


def _is_in_svg(element: ET.Element, math: ET.Element) -> bool:
    """A diagram is SVG within a token, and holds formulas of its own."""
    return any(element in set(svg.iter()) for svg in math.iter("svg"))


def _element_problems(element: ET.Element, parent: str) -> Iterator[str]:
    tag = element.tag
    for name, value in element.attrib.items():
        if name not in ATTRIBUTES[tag] | GLOBAL:
            yield f"<{tag} {name}>"
        elif not _is_value(name, value):
            yield f'<{tag} {name}="{value}">'
    if len(element) != CHILDREN.get(tag, len(element)):
        yield f"<{tag}> with {len(element)} children"
    if (
        tag not in TOKENS
        and "".join([element.text or "", *(c.tail or "" for c in element)]).strip()
    ):
        yield f"text in <{tag}>"
    if {"mtr": "mtable", "mtd": "mtr", "mprescripts": "mmultiscripts"}.get(tag, parent) != parent:
        yield f"<{tag}> in <{parent}>"


def _is_value(name: str, value: str) -> bool:
    if name in BOOLEANS:
        return value in {"true", "false"}
    if name in LENGTHS:
        return _LENGTH.fullmatch(value) is not None
    if name in {"mathcolor", "mathbackground"}:
        return _COLOUR.fullmatch(value) is not None and value != "currentcolor"
    known = {"form": {"prefix", "infix", "postfix"}, "mathvariant": {"normal"},
             "display": {"block", "inline"}, "dir": {"ltr", "rtl"}}  # fmt: skip
    return value in known.get(name, {value})


def check(html: str) -> None:
    """Read HTML as XML, which knows five entities, and each of its formulas as MathML Core."""
    assert set(re.findall(r"&(?!#)\w+;", html)) <= {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"}
    tree = ET.fromstring(f"<body>{html}</body>")
    found = [problem for math in tree.iter("math") for problem in problems_of(math)]
    assert found == [], html


def rendered(tex: str, engine: str) -> str:
    """The HTML of a formula, displayed if it begins with `$$`."""
    formula = Formula(tex.removeprefix("$$"), tex.startswith("$$"), Origin.at(1, 1))
    return COMPILERS[engine].compile([formula], "a.md").formulas[0].html


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("group", read_sheet())
def test_sheet(group: str, engine: str) -> None:
    for tex in read_sheet()[group]:
        check(rendered(tex, engine))


@pytest.mark.parametrize("engine", ENGINES)
def test_formulas_of_the_notes(engine: str) -> None:
    parser = NoteParser(MarkdownConfig(), MathSettings(engine))
    count = 0
    for path in NOTES:
        html = html_of(parse(parser, path.read_text(encoding="utf-8")))
        for match in re.finditer(r"<math\b.*?</math>", html, re.DOTALL):
            if match[0].count("<math") == 1:
                check(match[0])
                count += 1
    assert count > 300


_LETTERS = st.sampled_from([
    *"abxyzfgABXN019", r"\alpha", r"\theta", r"\Gamma", r"\ell", r"\infty", r"\partial", r"\hbar",
])  # fmt: skip
_RELATIONS = st.sampled_from([
    *"+-=<>,'", r"\le", r"\in", r"\to", r"\cdot", r"\times", r"\mid", r"\not=", r"\colon", r"\dots",
    r"\&",
])  # fmt: skip
_ONE = st.sampled_from([
    r"\hat", r"\bar", r"\vec", r"\widetilde", r"\overline", r"\underline", r"\sqrt", r"\sqrt[3]",
    r"\mathbb", r"\mathcal", r"\mathfrak", r"\mathbf", r"\boldsymbol", r"\mathrm", r"\mathsf",
    r"\operatorname", r"\overbrace", r"\underbrace", r"\boxed", r"\cancel", r"\phantom", r"\smash",
    r"\xrightarrow", r"\overrightarrow", r"\color{red}", r"\textcolor{blue}", r"\displaystyle",
])  # fmt: skip
_TWO = st.sampled_from([r"\frac", r"\dfrac", r"\tfrac", r"\binom", r"\overset", r"\underset",
                        r"\stackrel", r"\cfrac"])  # fmt: skip
_BIG = st.sampled_from([r"\sum", r"\prod", r"\int", r"\bigcup", r"\lim", r"\max", r"\oint"])
_FENCES = st.sampled_from([("(", ")"), ("[", "]"), (r"\{", r"\}"), ("|", "|"), (".", r"\rangle")])
_TABLES = st.sampled_from(["matrix", "pmatrix", "bmatrix", "cases", "aligned", "gathered",
                           "smallmatrix", "vmatrix"])  # fmt: skip
_TEXTS = st.text("abc <>&\"'é", max_size=6).map(lambda text: rf"\text{{{text.replace('&', '')}}}")


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Formulas made of smaller ones."""
    return st.one_of(
        st.builds(" ".join, st.lists(inner, min_size=1, max_size=4)),
        st.builds("{} {} {}".format, inner, _RELATIONS, inner),
        st.builds("{{{}}}_{{{}}}^{{{}}}".format, inner, inner, inner),
        st.builds("{{{}}}^{{{}}}".format, inner, inner),
        st.builds("{}{{{}}}".format, _ONE, inner),
        st.builds("{}{{{}}}{{{}}}".format, _TWO, inner, inner),
        st.builds("{}_{{{}}}^{{{}}} {}".format, _BIG, inner, inner, inner),
        st.builds(lambda f, tex: rf"\left{f[0]} {tex} \right{f[1]}", _FENCES, inner),
        st.builds(
            lambda name, a, b, c: rf"\begin{{{name}}} {a} & {b} \\ {c} & {a} \end{{{name}}}",
            _TABLES, inner, inner, inner,
        ),
    )  # fmt: skip


FORMULAS = st.recursive(_LETTERS | _TEXTS, _larger, max_leaves=12)


@pytest.mark.parametrize("engine", ENGINES)
@given(tex=FORMULAS, display=st.booleans())
@settings(max_examples=300, deadline=None)
def test_random_formulas(tex: str, display: bool, engine: str) -> None:
    check(rendered("$$" + tex if display else tex, engine))


@pytest.mark.parametrize(
    "mathml",
    [
        "<math><mfenced/></math>", '<math><mi mathvariant="bold">x</mi></math>',
        "<math><mfrac><mi>x</mi></mfrac></math>", "<math><mtd/></math>", "<math>x</math>",
        '<math><mo lspace="thin">x</mo></math>', '<math><mi style="color:red">x</mi></math>',
        "<math><mrow><b>x</b></mrow></math>",
    ],
)  # fmt: skip
def test_the_check_finds_faults(mathml: str) -> None:
    assert list(problems_of(ET.fromstring(mathml)))
