"""The files of the output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A file of the output that can be made: `make`, called with the site and `given`, its bytes.

    It may be None: then there is no such file after all.

    `make` reads nothing but the site that it is called with, `given` and the configuration, so that
    the page need not be made again as long as what it read stays the same. `given` holds plain
    values.
    """

    path: str
    make: Callable[..., bytes | None]
    given: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the output: its path relative to the output folder, and its bytes."""

    path: str
    content: bytes
