"""Results and proofs as amsthm's environments, counted as the site counts them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.exporting.proof_ends import with_sign

if TYPE_CHECKING:
    from notesite.exporting.material import InlineWriter, Material
    from notesite.markdown.results.tokens import Written

_LIST = re.compile(r"\\begin\{(?:enumerate|itemize|description)\}")


class Results:
    """Writes the results of one document around what they hold."""

    def __init__(self, material: Material, inlines: InlineWriter) -> None:
        self._material = material
        self._inlines = inlines
        self.kinds: dict[str, str] = {}
        """The kinds in the document, by id, and which one of them each counts with."""

    def write(self, written: Written, name: str, inner: str, *, is_embedded: bool) -> str:
        """A result or a proof; `name` is LaTeX and for a proof perhaps what it proves."""
        # A list would begin beside the head.
        if _LIST.match(inner):
            inner = f"\\leavevmode\n{inner}"
        if written.kind.is_proof:
            return _proof(self._proof_name(written, name), inner, written.kind.id)
        return self._theorem(written, name, inner, is_embedded=is_embedded)

    def _proof_name(self, written: Written, name: str) -> str:
        kind = self._inlines.text(written.kind.title_in(self._material.words))
        if not name:
            return "" if written.kind.id == "proof" else kind
        if written.names_another:
            return self._material.words.text("result.of", kind=kind, result=name)
        return f"{kind} ({name})"

    def _theorem(self, written: Written, name: str, inner: str, *, is_embedded: bool) -> str:
        kind = written.kind.id
        counter = self.kinds.setdefault(kind, self._counter(written))
        number = written.number
        if is_embedded and number is None:
            # What is embedded keeps the number that it has at home.
            number = written.shown_number
        is_own = bool(written.anchor) and not is_embedded
        label = f"\\label{{{written.anchor}}}" if is_own else ""
        option = f"[{{{name}}}]" if name else ""
        starred = "*" if number == "" else ""
        shown = f"\\begin{{{kind}{starred}}}{option}{label}\n{inner}\n\\end{{{kind}{starred}}}"
        if number:
            said = self._inlines.text(number)
            given = "".join(f"\\def\\the{name}{{{said}}}" for name in sorted({counter, kind}))
            return f"{{{given}\n{shown}}}\\addtocounter{{{counter}}}{{-1}}"
        return shown

    def _counter(self, written: Written) -> str:
        """The first kind of the document that this one is counted with, perhaps itself."""
        group = written.kind.counter
        kinds = {kind.id: kind for kind in self._material.kinds.results}
        same = (name for name in self.kinds if kinds[name].counter == group)
        return next(same, written.kind.id)


def _proof(name: str, inner: str, kind: str) -> str:
    # Braces keep a bracket of the name from ending it; one pair is lost.
    option = f"[{{{{{name}}}}}]" if "[" in name else f"[{name}]" if name else ""
    if kind == "solution":
        # Nothing is proved: on the page it has no sign either.
        return f"\\begin{{proof}}{option}\\let\\qed\\relax\n{inner}\n\\end{{proof}}"
    return f"\\begin{{proof}}{option}\n{with_sign(inner)}\n\\end{{proof}}"
