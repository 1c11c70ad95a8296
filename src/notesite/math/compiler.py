"""The compilation of a note's formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from math_core import LatexError, LatexToMathML

from notesite.diagnostics import diagnose
from notesite.math.readable import tex_to_text
from notesite.math.values import CompiledMath, Formula, Macro, MathSettings, Rendered
from notesite.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notesite.diagnostics import Diagnostic

_NO_MACROS: Mapping[str, Macro] = {}


class MathCompiler:
    """Compiles the formulas of notes; made once per process."""

    def __init__(self, settings: MathSettings) -> None:
        self._settings = settings
        self.fingerprint = repr(settings)

    def compile(
        self, formulas: Sequence[Formula], file: str, note_macros: Mapping[str, Macro] = _NO_MACROS
    ) -> CompiledMath:
        """All `formulas` of the note `file`, in order."""
        macros = {**dict(self._settings.macros), **note_macros}
        engine = LatexToMathML(
            fancy_error=False, macros={name: macro.body for name, macro in macros.items()}
        )
        rendered = []
        diagnostics: list[Diagnostic] = []
        for formula in formulas:
            text = tex_to_text(formula.tex, macros)
            try:
                html = engine.convert_with_local_state(formula.tex, displaystyle=formula.display)
            except LatexError as error:
                place, _, message = str(error).partition(": ")
                offset = int(place)
                span = formula.origin.span(offset, offset + 1)
                diagnostics.append(diagnose("math-syntax", message, file, span))
                shown = escape_html(formula.tex)
                html = f'<code class="math-error" title="{escape_html(message)}">{shown}</code>'
                rendered.append(Rendered(html, text, failed=True))
                continue
            if formula.display and not formula.inline:
                html = f'<div class="equation"><div class="equation-body">{html}</div></div>'
            rendered.append(Rendered(html, text, failed=False))
        return CompiledMath(tuple(rendered), (), tuple(diagnostics))
