r"""Proof trees of the package bussproofs, as MathML Core: `\AxiomC`, `\UnaryInfC` and their like.

A proof is written bottom up: each inference takes as many of the last proofs as its name says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from notesite.math.definitions import DEFINING, read_definition
from notesite.math.reading import Assembled
from notesite.math.tex import TokenStream, called
from notesite.math.text_cases import rest_of_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

INFERENCES = {
    "UnaryInfC": 1, "BinaryInfC": 2, "TrinaryInfC": 3, "QuaternaryInfC": 4, "QuinaryInfC": 5,
    "UIC": 1, "BIC": 2, "TIC": 3, "UnaryInf": 1, "BinaryInf": 2, "TrinaryInf": 3,
    "QuaternaryInf": 4, "QuinaryInf": 5, "UI": 1, "BI": 2, "TI": 3,
}  # fmt: skip
"""How many premises the inference of a command has; without a C it shows a sequent in dollars."""
AXIOMS = ("AxiomC", "AXC", "Axiom", "AX")
LABELS = {"LeftLabel": "left", "LL": "left", "RightLabel": "right", "RL": "right"}
LINES = {
    "noLine": "", "singleLine": "math-solid-top", "solidLine": "math-solid-top",
    "doubleLine": "math-solid-top math-double-top", "dashedLine": "math-dashed-top",
    "dottedLine": "math-dashed-top",
}  # fmt: skip
"""What the line of the next inference looks like, by the command that says so."""
LASTING_LINES = {f"always{name[0].upper()}{name[1:]}": line for name, line in LINES.items()}
"""The same for all inferences that follow."""
PASSED_OVER = ("EnableBpAbbreviations", "DisplayProof")
CENTRE = "fCenter"
_ARROW = "\\rightarrow"
r"""What `\fCenter` draws until a note defines it as something else."""
_SOLID = "math-solid-top"
_LARGE = "math-too-large"
_MOST, _HIGHEST = 500, 40
"""How many steps a proof may have, and how many above one another: browsers cut what is deeper."""


class Proof(NamedTuple):
    """A proof; its conclusion and its labels are places among the parts of the formula."""

    conclusion: int
    premises: tuple[Proof, ...] = ()
    left: int | None = None
    right: int | None = None
    line: str = _SOLID
    height: int = 1


def begin_tree(reader: FormulaReader, token: Token) -> None:
    r"""`\begin{prooftree}`."""
    _read(reader, token, rest_of_environment(reader, token, "prooftree"))


def begin_proof(reader: FormulaReader, token: Token) -> None:
    r"""A proof without an environment, which `\DisplayProof` ends."""
    content = [token]
    for each in reader.stream:
        if each.name == "DisplayProof":
            _read(reader, token, content)
            return
        content.append(each)
    hints = ("end the proof with '\\DisplayProof', or put '\\begin{prooftree}' around it",)
    reader.problem("math-syntax", f"'{token.text}' stands outside of a proof", token, hints)


def misplaced(reader: FormulaReader, token: Token) -> None:
    """What belongs into a proof, outside of one."""
    hints = ("a proof begins with '\\AxiomC'",)
    reader.problem("math-syntax", f"'{token.text}' stands outside of a proof", token, hints)


def _read(reader: FormulaReader, place: Token, content: list[Token]) -> None:
    tree = _Reader(reader, content)
    before = len(reader.reading.problems)
    tree.read()
    if len(tree.proofs) != 1 and len(reader.reading.problems) == before:
        count = len(tree.proofs)
        message = f"{count} proofs side by side are left over" if count else "a proof of nothing"
        hints = ("each inference takes as many proofs as its name says",)
        reader.problem("math-syntax", message, place, hints)
    if len(reader.reading.problems) == before:
        reader.emit_hole(Assembled(tuple(tree.parts), _assembling(tree.proofs[0])), place)


class _Reader:
    """Reads the commands of a proof; what is proved already waits on a stack."""

    def __init__(self, reader: FormulaReader, content: list[Token]) -> None:
        self.proofs: list[Proof] = []
        self.parts: list[tuple[Token, ...]] = []
        self._formula = reader
        self._stream = TokenStream(content)
        self._labels: dict[str, int] = {}
        self._line = self._usual_line = _SOLID

    def read(self) -> None:
        for token in self._stream:
            if self._formula.reading.problems and self._formula.reading.problems[-1].code == _LARGE:
                return
            if len(self.parts) > _MOST:
                message = f"a proof may have {_MOST} steps"
                self._formula.problem(_LARGE, message, token)
                return
            if not token.is_space:
                self._read_command(token)

    def _read_command(self, token: Token) -> None:
        name = token.name
        macro = self._formula.scope.macros.get(name)
        if macro is not None:
            self._stream.push(self._formula.expander.expand(macro, token, self._stream))
        elif name in DEFINING:
            definition = read_definition(self._stream, name)
            self._formula.scope.define(name, definition, self._formula.locate(token))
            self._formula.reading.defines = True
        elif name in AXIOMS:
            self.proofs.append(Proof(self._part(token)))
        elif name in LABELS:
            self._labels[LABELS[name]] = self._part(token)
        elif name in INFERENCES:
            self._infer(token, INFERENCES[name])
        elif name in LINES:
            self._line = LINES[name]
        elif name in LASTING_LINES:
            self._line = self._usual_line = LASTING_LINES[name]
        elif name not in PASSED_OVER:
            hints = ("write \\AxiomC, \\UnaryInfC, \\BinaryInfC, \\RightLabel and their like",)
            message = f"'{token.text}' cannot stand in a proof"
            self._formula.problem("math-unsupported", message, token, hints)

    def _part(self, token: Token) -> int:
        """Where among the parts the argument of a command, which is text, is put."""
        is_text = token.name.endswith("C") or token.name in LABELS
        content = self._stream.argument() if is_text else self._sequent(token)
        text = called("\\text", content, token)
        self.parts.append(self._formula.part(text, token))
        return len(self.parts) - 1

    def _sequent(self, token: Token) -> list[Token]:
        r"""The argument of a command that has it in dollars, as `\Axiom` does, them included."""
        self._stream.skip_space()
        dollar = self._stream.peek()
        if dollar is None or dollar.text != "$":
            hints = (f"or use '{token.text}C', whose argument is text in braces",)
            message = f"'{token.text}' needs its sequent between dollars: $A \\fCenter B$"
            self._formula.problem("math-syntax", message, token, hints)
            return self._stream.argument()
        self._stream.pop()
        content: list[Token] = []
        while (part := self._stream.pop()) is not None and part.text != "$":
            is_centre = part.name == CENTRE and CENTRE not in self._formula.scope.macros
            content.append(part.replaced(_ARROW) if is_centre else part)
        return [dollar, *content, dollar]

    def _infer(self, token: Token, count: int) -> None:
        conclusion = self._part(token)
        if len(self.proofs) < count:
            message = f"'{token.text}' needs {count} premises, and there are {len(self.proofs)}"
            self._formula.problem("math-syntax", message, token)
            self.proofs.clear()
        else:
            premises = tuple(self.proofs[-count:])
            del self.proofs[-count:]
            left, right = self._labels.get("left"), self._labels.get("right")
            height = 1 + max(premise.height for premise in premises)
            self.proofs.append(Proof(conclusion, premises, left, right, self._line, height))
            self._check_height(token, height)
        self._labels.clear()
        self._line = self._usual_line

    def _check_height(self, token: Token, height: int) -> None:
        if height > _HIGHEST:
            message = f"a proof may have {_HIGHEST} steps above one another"
            self._formula.problem(_LARGE, message, token)


def _assembling(proof: Proof) -> Callable[[Sequence[str]], str]:
    return lambda parts: _shown(proof, parts)


def _shown(proof: Proof, parts: Sequence[str]) -> str:
    conclusion = parts[proof.conclusion]
    if not proof.premises:
        return f"<mrow>{conclusion}</mrow>"
    premises = [_shown(premise, parts) for premise in proof.premises]
    cells = "".join(f"<mtd>{premise}</mtd>" for premise in premises)
    several = f'<mtable class="math-proof"><mtr>{cells}</mtr></mtable>'
    above = several if len(premises) > 1 else premises[0]
    left, right = (_label(place, parts) for place in (proof.left, proof.right))
    line = f' class="{proof.line}"' if proof.line else ""
    beside = ["<mtd></mtd>" if label else "" for label in (left, right)]
    return (
        f'<mtable class="math-proof"><mtr>{left}<mtd>{above}</mtd>{right}</mtr>'
        f"<mtr>{beside[0]}<mtd{line}>{conclusion}</mtd>{beside[1]}</mtr></mtable>"
    )


def _label(place: int | None, parts: Sequence[str]) -> str:
    if place is None:
        return ""
    return f'<mtd class="math-proof-label"><mstyle scriptlevel="1">{parts[place]}</mstyle></mtd>'
