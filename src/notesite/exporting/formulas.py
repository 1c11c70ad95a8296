r"""Formulas as LaTeX reads them: delimiters, environments, definitions put where they hold.

A page takes what MathJax and KaTeX take; LaTeX wants no blank line in a formula, no `align` within
`\[…\]`, and definitions outside of it, as one within a formula ends with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_OUTER = (
    "equation", "align", "gather", "multline", "alignat", "flalign", "eqnarray", "subequations",
    "displaymath", "math", "numcases", "subnumcases", "empheq",
)  # fmt: skip
_WHOLE = re.compile(r"\\begin\{([a-zA-Z]+)(\*?)\}")
_NUMBERING = re.compile(
    r"\\(begin|end)\{(equation|align|gather|multline|alignat|flalign|eqnarray)\}"
)
_INNER = {"align": "aligned", "gather": "gathered", "alignat": "alignedat", "flalign": "aligned"}
_INLINE = {**_INNER, "split": "aligned", "multline": "gathered", "eqnarray": "aligned"}
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n)")
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*(\n[ \t]*|$)")
_NUMBERED = re.compile(r"\\(?:label|tag)\*?\s*\{")
_ADDRESS = re.compile(r"\\url\{[^{}]*\}")
_MESSAGE = re.compile(r"\\(?:err)?message\s*\{[^{}]*\}|\\show(?![a-zA-Z])")
_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
_STEP = re.compile(r"\\begin\s*\{|\\end\s*\{|\\\\|\\.|[{}&]", re.DOTALL)
FORBIDDEN = re.compile(
    r"\\(?:input|include\w*|openin|openout|read|write|immediate|special|catcode|csname|directlua"
    r"|latelua|usepackage|RequirePackage|lstinputlisting|verbatiminput|VerbatimInput|scantokens)"
    r"(?![a-zA-Z])"
)
"""Commands that reach files, or hide others: no definition of a note holds them."""
_CHARACTER = re.compile(
    r"\\unicode\s*(?:\[[^\]]*\]\s*)*\{\s*(?:[xX\"]([0-9A-Fa-f]{1,6})|([0-9]{1,7}))\s*\}"
)
_QUANTITY = re.compile(r"\\pu\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_AT_NAME = re.compile(r"\\@([a-zA-Z]+)")
_DEFINED_AT = re.compile(r"\s*\{?\s*\\@([a-zA-Z]+)")
_HARMLESS = ("ifnextchar", "ifstar", "firstoftwo", "secondoftwo")
r"""The names with `@` of LaTeX's own that reach no file, as `\@input` does."""
_AT_SWITCH = re.compile(r"\\makeat(?:letter|other)(?![a-zA-Z])\s*")
_COLOR = re.compile(
    r"\\(?:definecolor\s*\{[\w-]+\}\s*\{\w+\}|colorlet\s*\{[\w-]+\})\s*\{[\w., #-]+\}"
)
_DEFINING = re.compile(
    r"\\(newcommand|renewcommand|providecommand|DeclareMathOperator|DeclarePairedDelimiter|def"
    r"|gdef|let|(?:New|Renew|Provide|Declare)DocumentCommand|DeclareSIUnit)(?![a-zA-Z])\*?"
)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula for a document: definitions that stand before it, and itself."""

    definitions: str
    latex: str


def inline_formula(tex: str) -> Formula:
    """A formula within a line."""
    definitions, rest = take_definitions(_cleaned(tex))
    body = _as_inner(rest.strip(), _INLINE)
    return Formula(definitions, f"${body}$" if body else "")


def cell_formula(tex: str) -> Formula:
    """A display where only a line has room, as in a table's cell."""
    definitions, rest = take_definitions(_cleaned(tex))
    body = re.sub(r"\\(?:label|tag)\*?\{[^{}]*\}", "", rest).strip()
    body = _as_inner(body, _INLINE)
    return Formula(definitions, f"$\\displaystyle {body}$" if body else "")


def display_formula(tex: str, *, label: str = "", numbered: bool = False) -> Formula:
    r"""A display; `label` names it where it has no `\label`, `numbered` numbers all of them."""
    definitions, rest = take_definitions(_cleaned(tex))
    body = rest.strip()
    if not body:
        return Formula(definitions, "")
    mark = f"\\label{{{label}}}" if label and "\\label" not in body else ""
    whole = _WHOLE.match(body)
    is_whole = bool(whole and body.endswith(f"\\end{{{whole[1]}{whole[2]}}}"))
    if whole and is_whole and whole[1] in _OUTER:
        return Formula(definitions, _environment(body, whole[1], mark))
    body = _with_rows(_without_outer(body))
    if mark or numbered or _NUMBERED.search(body):
        return Formula(definitions, f"\\begin{{equation}}{mark}\n{body}\n\\end{{equation}}")
    return Formula(definitions, f"\\[\n{body}\n\\]")


def with_quantities(tex: str) -> str:
    r"""A formula with `\pu{…}`, which mhchem has in browsers alone, put into LaTeX's own words."""
    if "\\pu" not in tex:
        return tex
    from notesite.math.units import UnitError, quantity_tex  # noqa: PLC0415 - rarely used

    def written_out(found: re.Match[str]) -> str:
        try:
            return f"{{{quantity_tex(found[1])}}}"
        except UnitError:
            return found[0]

    return _QUANTITY.sub(written_out, tex)


def with_proofs(tex: str) -> str:
    r"""A formula whose proof trees, which are displays of their own in LaTeX, are parts of it."""
    if "{prooftree}" not in tex:
        return tex
    return tex.replace("\\begin{prooftree}", "").replace("\\end{prooftree}", "\\DisplayProof")


def with_characters(tex: str) -> str:
    r"""A formula with `\unicode{x263a}`, which MathJax has and LaTeX has not, as the characters."""

    def written_out(found: re.Match[str]) -> str:
        code = int(found[1], 16) if found[1] else int(found[2])
        return f"\\text{{{chr(code)}}}" if 0x20 < code <= 0x10FFFF else found[0]

    return _CHARACTER.sub(written_out, tex) if "\\unicode" in tex else tex


def with_numbers(tex: str, numbers: Mapping[str, str]) -> str:
    r"""A formula whose labels are given by `\tag` the numbers that they have elsewhere."""

    def tagged(found: re.Match[str]) -> str:
        number = numbers.get(found[1].strip(), "")
        return f"\\tag{{{number}}}" if number and "\\tag" not in tex else ""

    return _LABEL.sub(tagged, tex)


def only_referred(tex: str, numbers: Mapping[str, str]) -> str:
    r"""A formula of a document where only what is referred to has a number.

    mathtools has `showonlyrefs` for that, but it knows no references by cleveref, and with hyperref
    it loses those by `\eqref` too.
    """

    def tagged(found: re.Match[str]) -> str:
        number = numbers.get(found[1].strip(), "")
        if not number:
            return ""
        return found[0] if "\\tag" in tex else f"\\tag{{{number}}}{found[0]}"

    return _NUMBERING.sub(r"\\\1{\2*}", _LABEL.sub(tagged, tex))


def _environment(body: str, name: str, mark: str) -> str:
    if name in {"displaymath", "math"}:
        inner = body[body.index("}") + 1 : body.rindex("\\end{")].strip()
        return f"\\[\n{inner}\n\\]"
    if mark and name == "equation":
        end = body.rindex("\\end{")
        return f"{body[:end].rstrip()}{mark}\n{body[end:]}"
    return body


def _cleaned(tex: str) -> str:
    """Without comments, which could swallow what we write behind, and without blank lines."""
    without = _COMMENT.sub(lambda found: found[1] + ("\n" if found[2] else ""), tex)
    # An address is text; a message to whoever runs TeX would end the run.
    addressed = _ADDRESS.sub(r"\\text{\g<0>}", _MESSAGE.sub("", without))
    return _BLANK_LINE.sub("", addressed.replace("{darray}", "{array}"))


def _without_outer(body: str) -> str:
    r"""Environments that are displays of their own as those that stand within one."""
    return _as_inner(body, _INNER)


def _as_inner(body: str, names: Mapping[str, str]) -> str:
    for outer, inner in names.items():
        for star in ("", "*"):
            body = body.replace(f"\\begin{{{outer}{star}}}", f"\\begin{{{inner}}}")
            body = body.replace(f"\\end{{{outer}{star}}}", f"\\end{{{inner}}}")
    return body


def _with_rows(body: str) -> str:
    r"""Rows that stand in no environment, which LaTeX would not break, in one that does."""
    has_rows, has_columns = _loose_marks(body)
    if not has_rows and not has_columns:
        return body
    name = "aligned" if has_columns else "gathered"
    marks = re.findall(r"\\(?:label|tag)\*?\{[^{}]*\}", body)
    for mark in marks:
        body = body.replace(mark, "")
    return "".join(marks) + f"\\begin{{{name}}}\n{body.strip()}\n\\end{{{name}}}"


def _loose_marks(body: str) -> tuple[bool, bool]:
    r"""Whether there are `\\` and `&` outside of all environments and braces."""
    braces = environments = 0
    has_rows = has_columns = False
    for found in _STEP.finditer(body):
        mark = found[0]
        environments += mark.startswith("\\begin") - mark.startswith("\\end")
        braces += mark.endswith("{") and mark != "\\{"
        braces -= mark == "}"
        if not braces and not environments:
            has_rows |= mark == "\\\\"
            has_columns |= mark == "&"
    return has_rows, has_columns


def take_definitions(tex: str) -> tuple[str, str]:
    """The definitions that `tex` holds, as LaTeX wants them outside of formulas, and the rest."""
    definitions: list[str] = _COLOR.findall(tex)
    tex = _COLOR.sub("", tex)
    rest: list[str] = []
    own = frozenset(_HARMLESS)
    at = 0
    while found := _DEFINING.search(tex, at):
        read = _definition(tex, found)
        if read is None:
            rest.append(tex[at : found.end()])
            at = found.end()
            continue
        definition, end = read
        rest.append(tex[at : found.start()])
        names = set(_AT_NAME.findall(definition))
        defined = _DEFINED_AT.match(tex, found.end())
        known = own | {defined[1]} if defined else own
        if not FORBIDDEN.search(definition) and names <= known:
            own = known
            definitions.append(f"\\makeatletter{definition}\\makeatother" if names else definition)
        at = end
    rest.append(tex[at:])
    return "\n".join(definitions), _with_own_names(_AT_SWITCH.sub("", "".join(rest)), own)


def _with_own_names(tex: str, own: Collection[str]) -> str:
    r"""The `\@names` that a note may use as LaTeX reads them where `@` is no letter."""
    return _AT_NAME.sub(
        lambda found: f"\\csname @{found[1]}\\endcsname " if found[1] in own else found[0], tex
    )


def _definition(  # noqa: PLR0911 - a kind of definition each
    tex: str, found: re.Match[str]
) -> tuple[str, int] | None:
    command, at = found[1], found.end()
    name = re.compile(r"\s*+(?:\{\s*+)?(\\(?:@?[a-zA-Z]+|.))\s*+\}?").match(tex, at)
    if name is None:
        return None
    if command == "let":
        target = re.compile(r"\s*+(?:=\s*+)?(\\(?:@?[a-zA-Z]+|.)|\S)").match(tex, name.end())
        return (f"\\let{name[1]}{target[1]}", target.end()) if target else None
    start = tex.find("{", name.end())
    if start < 0:
        return None
    parameters, end = tex[name.end() : start], _group_end(tex, start)
    body = tex[start + 1 : end - 1]
    if command in {"def", "gdef"}:
        return f"\\def{name[1]}{parameters.strip()}{{{body}}}", end
    if command == "DeclarePairedDelimiter":
        second = tex.find("{", end)
        last = _group_end(tex, second) if second >= 0 else end
        closing = tex[second + 1 : last - 1]
        return (
            f"\\let{name[1]}\\relax\n\\DeclarePairedDelimiter{{{name[1]}}}{{{body}}}{{{closing}}}",
            last,
        )
    if command.endswith("DocumentCommand"):
        last = _group_end(tex, tex.find("{", end))
        return f"\\DeclareDocumentCommand{{{name[1]}}}{{{body}}}{tex[end:last].strip()}", last
    if command == "DeclareSIUnit":
        return f"\\DeclareSIUnit{{{name[1]}}}{{{body}}}", end
    if command == "DeclareMathOperator":
        star = "*" if found[0].endswith("*") else ""
        return define(name[1], f"\\operatorname{star}{{{body}}}"), end
    return define(name[1], body, parameters.strip()), end


def define(name: str, body: str, parameters: str = "") -> str:
    r"""A definition of `\name`, whether or not it means something already."""
    return f"\\providecommand{{{name}}}{{}}\\renewcommand{{{name}}}{parameters}{{{body}}}"


def _group_end(tex: str, start: int) -> int:
    """The offset behind the brace that closes the one at `start`."""
    depth = 0
    for found in re.compile(r"\\.|[{}]", re.DOTALL).finditer(tex, start):
        depth += (found[0] == "{") - (found[0] == "}")
        if depth == 0:
            return found.end()
    return len(tex)
