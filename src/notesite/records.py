"""Dataclasses whose definition takes a tenth of the time that the standard library's takes.

`dataclasses` writes the source of six methods for each class and has it compiled at every start,
which for all of ours takes as long as a fifth of a build after an edit. Here only `__init__` is
compiled, and not before the first instance is made; the other methods are there already. What comes
of it is a dataclass like any other, for `fields` and `replace` and for whoever checks types.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass

    Fields = tuple[dataclasses.Field[Any], ...]
else:

    def dataclass(*, frozen: bool = False, slots: bool = False) -> Callable[[type], type]:
        """What `dataclasses.dataclass` makes of a class, as far as it is asked for here."""
        return lambda kind: _made(kind, frozen=frozen, slots=slots)


__all__ = ["dataclass"]

_MISSING = object()


def _made(kind: type, *, frozen: bool, slots: bool) -> type:
    if hasattr(kind, "__post_init__"):
        raise TypeError(f"{kind.__qualname__}: nothing here calls a __post_init__")
    text = kind.__doc__
    # Without one the standard library writes a signature down, which takes long.
    kind.__doc__ = text or kind.__name__
    made: type = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(kind)
    made.__doc__ = text
    fields = dataclasses.fields(made)
    methods = {
        "__init__": _init_of(made, fields, frozen=frozen),
        "__repr__": _repr_of(tuple(each.name for each in fields if each.repr)),
        **_comparing(made, tuple(each.name for each in fields if each.compare), frozen=frozen),
        **(_freezing(tuple(each.name for each in fields)) if frozen else {}),
    }
    for name, method in methods.items():
        if name not in made.__dict__:
            setattr(made, name, method)
    return made


def _init_of(kind: type, fields: Fields, *, frozen: bool) -> Callable[..., None]:
    """A method that puts the real one in its own place when it is called."""

    def __init__(self: object, *arguments: object, **named: object) -> None:  # noqa: N807
        init = _compiled(kind, fields, frozen=frozen)
        kind.__init__ = init  # type: ignore[misc]
        init(self, *arguments, **named)

    return __init__


def _compiled(kind: type, fields: Fields, *, frozen: bool) -> Callable[..., None]:
    names: dict[str, object] = {"_missing": _MISSING, "_set": object.__setattr__}
    parameters, lines = ["self"], []
    for number, each in enumerate(fields):
        name = value = each.name
        if each.default is not dataclasses.MISSING:
            names[f"_default{number}"] = each.default
            name = f"{name}=_default{number}"
        elif each.default_factory is not dataclasses.MISSING:
            names[f"_make{number}"] = each.default_factory
            name, value = f"{name}=_missing", f"_make{number}() if {name} is _missing else {name}"
        parameters.append(name)
        write = getattr(kind.__dict__.get(each.name), "__set__", None)
        if not frozen:
            lines.append(f"self.{each.name} = {value}")
        elif write:
            names[f"_set{number}"] = write
            lines.append(f"_set{number}(self, {value})")
        else:
            lines.append(f"_set(self, {each.name!r}, {value})")
    body = "".join(f"\n  {line}" for line in lines or ["pass"])
    exec(f"def __init__({', '.join(parameters)}):{body}", names)  # noqa: S102 - of names of fields
    init: Any = names["__init__"]
    return init  # type: ignore[no-any-return]


def _repr_of(names: tuple[str, ...]) -> Callable[[object], str]:
    # Digests are made of thousands of them, so that the names are not walked through each time.
    form = ", ".join(f"{name}=%r" for name in names)
    values = _values_of(names)

    @recursive_repr("...")
    def __repr__(self: object) -> str:  # noqa: N807
        return f"{type(self).__qualname__}({form % values(self)})"

    return __repr__


def _values_of(names: tuple[str, ...]) -> Callable[[object], tuple[object, ...]]:
    """What takes the values of these fields from an instance."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda self: tuple([getattr(self, name) for name in names])


def _comparing(kind: type, names: tuple[str, ...], *, frozen: bool) -> dict[str, Any]:
    values = _values_of(names)

    def __eq__(self: object, other: object) -> bool:  # noqa: N807
        return values(self) == values(other) if type(other) is kind else NotImplemented

    def __hash__(self: object) -> int:  # noqa: N807
        return hash(values(self))

    return {"__eq__": __eq__, "__hash__": __hash__ if frozen else None}


def _freezing(names: tuple[str, ...]) -> dict[str, Any]:
    def __getstate__(self: object) -> list[object]:  # noqa: N807
        return [getattr(self, name) for name in names]

    def __setstate__(self: object, state: list[object]) -> None:  # noqa: N807
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    return {
        "__setattr__": _refuse_to_set,
        "__delattr__": _refuse_to_delete,
        "__getstate__": __getstate__,
        "__setstate__": __setstate__,
    }


def _refuse_to_set(_: object, name: str, value: object) -> None:  # noqa: ARG001 - as Python calls it
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
