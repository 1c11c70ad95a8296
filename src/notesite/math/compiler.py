"""The compilation of a note's formulas: the one thing other rooms call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.commands import known_commands
from notesite.math.engines import load_engine
from notesite.math.note import NoteCompilation
from notesite.math.preamble import read_preamble
from notesite.math.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notesite.math.note import Cache
    from notesite.math.values import CompiledMath, Formula, Macro, MathSettings

CACHE_SIZE = 20_000
"""How many rendered formulas a compiler remembers."""

_NO_MACROS: Mapping[str, Macro] = {}


class MathCompiler:
    """Compiles the formulas of notes; made once per process, as it holds the engine.

    `fingerprint` stands for all of the settings that affect the output, the engine's version
    included, so that a cache can be keyed by it.
    """

    def __init__(self, settings: MathSettings) -> None:
        """Loads the engine; raises ValueError with a message for people if there is none."""
        self._engine = load_engine(settings.engine)
        self._settings = settings
        self._scope = Scope(_named_macros(settings), known_commands(self._engine.commands))
        preamble = settings.preamble
        self.diagnostics = read_preamble(preamble, self._scope) if preamble else ()
        """What is wrong with the preamble."""
        self._cache: Cache = {}
        self.fingerprint = repr((self._engine.name, self._engine.version, settings))

    @property
    def macros(self) -> Mapping[str, Macro]:
        """The site's macros by name, those of its preamble among them."""
        return self._scope.macros

    @property
    def numbers_referenced(self) -> bool:
        """Whether only equations that are referred to have numbers."""
        return self._settings.number == "referenced"

    @property
    def aliases(self) -> Mapping[str, str]:
        """What the preamble has let be something else."""
        return self._scope.aliases

    def compile(
        self,
        formulas: Sequence[Formula],
        file: str,
        note_macros: Mapping[str, Macro] = _NO_MACROS,
        referenced: frozenset[str] = frozenset(),
    ) -> CompiledMath:
        """All `formulas` of the note `file`, in the order of the note.

        `referenced` are the labels that the note's text refers to.

        What one of them defines or labels holds for the others; the note's own macros win over
        the site's.
        """
        if len(self._cache) > CACHE_SIZE:
            self._cache.clear()
        cache = {} if note_macros else self._cache
        scope = self._scope.with_macros(note_macros)
        compilation = NoteCompilation(self._engine, scope, cache, file, self._settings)
        return compilation.run(formulas, referenced)


def _named_macros(settings: MathSettings) -> dict[str, Macro]:
    """The macros of the chosen sets and of the configuration, the later winning."""
    if not settings.macro_sets:
        return dict(settings.macros)
    from notesite.math.macro_sets import MACRO_SETS  # noqa: PLC0415 - many sites choose none

    macros: dict[str, Macro] = {}
    for name in settings.macro_sets:
        if name not in MACRO_SETS:
            raise ValueError(f"there is no macro set '{name}': use {', '.join(MACRO_SETS)}")
        macros.update(MACRO_SETS[name])
    return {**macros, **dict(settings.macros)}
