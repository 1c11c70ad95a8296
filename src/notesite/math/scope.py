"""What the commands of a note mean: macros in force, and what the engine knows."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, NamedTuple

from notesite.math.engines.mathcore_commands import COMMANDS
from notesite.math.macros import is_simple
from notesite.math.supplement import WELL_KNOWN
from notesite.math.values import ARRAY_STRETCH, QUANTITY_OPTIONS, Macro, UserEnvironment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notesite.diagnostics import Related
    from notesite.math.definitions import Definition

_PROVIDING = frozenset({"providecommand", "ProvideDocumentCommand"})
_TEXT_SYMBOLS = frozenset("\"'.=^`~")
"""Accents: commands of text that need no check here, as the engine refuses them in math."""


class KnownCommands(NamedTuple):
    """The commands that mean something without any macro.

    `engine` are those that the engine renders, none if it checks for itself; `handled` those that
    the reader does something about, `checked` those of them about which that is mostly nothing but
    seeing that they are right, `refused` those about which that is saying what to do instead.
    """

    engine: frozenset[str]
    handled: frozenset[str] = frozenset()
    checked: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()


class Scope:
    """The macros of one note, which its formulas may add to from the first to the last."""

    def __init__(self, macros: Mapping[str, Macro], known: KnownCommands) -> None:
        self.macros = dict(macros)
        self.aliases: dict[str, str] = {}
        self.environments: dict[str, UserEnvironment] = {}
        self.colors: dict[str, str] = {}
        self._simple: dict[str, Macro] | None = None
        self._nearest: dict[str, str | None] = {}
        self.plain_commands = known.engine - (known.handled - known.checked) - self.macros.keys()
        """The commands that mean to the engine what they mean here."""
        self._known = known

    def with_macros(self, macros: Mapping[str, Macro]) -> Scope:
        """A scope of its own with `macros` besides what is in force here, which they win over."""
        if not macros:
            return self._copied()
        scope = Scope({**self.macros, **macros}, self._known)
        scope.aliases = {
            name: target for name, target in self.aliases.items() if name not in macros
        }
        scope.plain_commands -= scope.aliases.keys()
        scope.environments = dict(self.environments)
        scope.colors = self.colors
        return scope

    def _copied(self) -> Scope:
        self._simple = self.simple_macros
        scope = copy(self)
        scope.environments = dict(self.environments)
        scope._nearest = {}  # noqa: SLF001 - of its own class
        return scope

    @property
    def simple_macros(self) -> dict[str, Macro]:
        """The macros that can be expanded as plain text."""
        if self._simple is None:
            self._simple = {name: each for name, each in self.macros.items() if is_simple(each)}
        return self._simple

    def define(self, command: str, definition: Definition, place: Related | None) -> None:
        """Brings what `command` made into force; `place` is where."""
        name, made = definition
        if isinstance(made, UserEnvironment):
            begin = made.begin._replace(defined_at=place)
            self.environments[name] = UserEnvironment(begin, made.end)
            return
        if command in _PROVIDING and (name in self.macros or self.is_built_in(name)):
            return
        self._simple = None
        self.plain_commands -= {name}
        target = made.body.removeprefix("\\")
        copied = self.macros.get(target) if command == "let" else None
        is_command = made.body[:1] == "\\"
        is_alias = command == "let" and is_command and not copied and self.is_built_in(target)
        original = self.aliases.get(target, target)
        # New mappings, as formulas before this one keep the old ones for their readable text.
        self.aliases = {other: to for other, to in self.aliases.items() if other != name}
        self.macros = {other: macro for other, macro in self.macros.items() if other != name}
        if is_alias:
            self.aliases[name] = original
        else:
            self.macros[name] = (copied or made)._replace(defined_at=place)

    def adopt(self, macros: Mapping[str, Macro], place: Related | None) -> None:
        """Brings macros into force, except where a macro of that name is; `place` is where."""
        added = {
            name: macro._replace(defined_at=place)
            for name, macro in macros.items()
            if name not in self.macros
        }
        self._simple = None
        self.plain_commands -= added.keys()
        self.aliases = {name: to for name, to in self.aliases.items() if name not in added}
        self.macros = {**self.macros, **added}

    def define_color(self, name: str, value: str) -> None:
        """Names a colour, which is `#rrggbb` or one of style sheets."""
        self.colors = {**self.colors, name: value}

    def set_quantity_options(self, written: str) -> None:
        """Adds to the options of siunitx in force; they are kept as a macro, as formulas are."""
        before = self.macros.get(QUANTITY_OPTIONS)
        body = f"{before.body},{written}" if before else written
        self.macros = {**self.macros, QUANTITY_OPTIONS: Macro(body)}
        self._simple = None

    @property
    def array_stretch(self) -> float:
        r"""What `\arraystretch` is defined as, 1 if it is not or not as a number."""
        macro = self.macros.get(ARRAY_STRETCH)
        try:
            return min(max(float(macro.body), 0.1), 10.0) if macro else 1.0
        except ValueError:
            return 1.0

    def set_array_stretch(self, macro: Macro | None) -> None:
        """Brings an earlier definition of the stretch into force again."""
        self.macros = {name: each for name, each in self.macros.items() if name != ARRAY_STRETCH}
        if macro is not None:
            self.macros[ARRAY_STRETCH] = macro

    def redefines(self, names: frozenset[str]) -> bool:
        """Whether one of these commands is not what it usually is."""
        return not (names.isdisjoint(self.macros) and names.isdisjoint(self.aliases))

    def described(self) -> dict[str, Macro]:
        """The macros in force that are described to people."""
        return {name: macro for name, macro in self.macros.items() if macro.description}

    def describe(self, name: str, description: str) -> None:
        """Describes a macro that is in force."""
        self.macros = {**self.macros, name: self.macros[name]._replace(description=description)}

    def is_built_in(self, name: str) -> bool:
        """Whether the command has a meaning without any macro of the site or the note."""
        return name in self._known.engine or name in self._known.handled or name in self.aliases

    def complaint(self, name: str) -> tuple[str, str, tuple[str, ...]] | None:
        """The code, message and hints for a command that means nothing; None if it does."""
        engine = self._known.engine
        if not engine or name in engine or name in _TEXT_SYMBOLS:
            return None
        if name in COMMANDS:
            message = f"the math engine of this site cannot render '\\{name}'"
            return "math-unsupported", message, ("the engine 'math-core' can",)
        message = f"there is no command '\\{name}'"
        return "math-unknown-command", message, self._hints(name)

    def _hints(self, name: str) -> tuple[str, ...]:
        from notesite.math.documents import COMMANDS as OF_DOCUMENTS  # noqa: PLC0415 - as below
        from notesite.math.macro_sets import MACRO_SETS  # noqa: PLC0415 - most commands are right

        if name in OF_DOCUMENTS:
            return (OF_DOCUMENTS[name],)
        sets = [set_name for set_name, macros in MACRO_SETS.items() if name in macros]
        if sets:
            return (
                f"it is in the macro set '{sets[0]}': add macro_sets = ['{sets[0]}'] to [math]",
            )
        if name in WELL_KNOWN:
            body = WELL_KNOWN[name]
            return (f"if it is meant as a macro, define it: {name} = '{body}' under [math.macros]",)
        if name not in self._nearest:
            supported = self._known.handled - self._known.refused
            candidates = {*self.macros, *self._known.engine, *supported}
            self._nearest[name] = _nearest(name, candidates, self._known.refused)
        found = self._nearest[name]
        return (f"did you mean '{found}'?",) if found else ()


def _nearest(name: str, candidates: set[str], refused: frozenset[str]) -> str | None:
    from notesite.math.nearest import suggestion  # noqa: PLC0415 - most commands are right

    return suggestion(name, candidates, refused) if name.isalpha() else None
