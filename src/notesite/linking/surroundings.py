"""What linking takes besides the notes."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from notesite.bibliography.citing import NOTHING_TO_CITE, Citing
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notesite.linking.dating import History
    from notesite.model import Change, ConfigTexts, ImageSize


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All that is known around the notes of a site.

    `files` gives the files of the notes folder by path, with the size of those that are images, and
    `ignored` the paths of what the configuration leaves out; `static` the output paths of static
    files; `history` the dates of the first and the last change of a note by its path, `changes` all
    of them; `texts` the configuration's Markdown, parsed; `citing` what notes can cite.
    """

    files: Mapping[str, ImageSize | None]
    static: frozenset[str]
    history: History
    texts: ConfigTexts
    ignored: tuple[str, ...] = ()
    citing: Citing = NOTHING_TO_CITE
    changes: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
