"""The compilation of a note's formulas: the one thing other rooms call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.engines import load_engine
from notesite.math.note import NoteCompilation
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
        self._macros = dict(settings.macros)
        self._cache: Cache = {}
        self.fingerprint = repr((self._engine.name, self._engine.version, settings.macros))

    def compile(
        self, formulas: Sequence[Formula], file: str, note_macros: Mapping[str, Macro] = _NO_MACROS
    ) -> CompiledMath:
        """All `formulas` of the note `file`, in the order of the note.

        What one of them defines or labels holds for the others; the note's own macros win over
        the site's.
        """
        if len(self._cache) > CACHE_SIZE:
            self._cache.clear()
        cache = {} if note_macros else self._cache
        scope = Scope({**self._macros, **note_macros}, self._engine.commands)
        return NoteCompilation(self._engine, scope, cache, file).run(formulas)
