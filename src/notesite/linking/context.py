"""What filling a note needs to know about the rest of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notesite.bibliography.citing import Citing
    from notesite.kinds import Kinds
    from notesite.languages import Strings
    from notesite.linking.finding import Finder
    from notesite.linking.labels import LabelIndex
    from notesite.model import ImageSize, LinkedResult, Note


@dataclass(frozen=True, slots=True)
class Context:
    """All that filling needs to know about the rest of the site.

    `urls` gives the URL of each published note by its path; `drafts` finds those that are not,
    `ignored` the notes and files that the configuration leaves out.
    `files` gives the image sizes of the files beside notes, None for other kinds; `outputs` holds
    the paths of everything else that the output will have.
    """

    notes: Mapping[str, Note]
    urls: Mapping[str, str]
    finder: Finder
    drafts: Finder
    ignored: Finder
    file_finder: Finder
    files: Mapping[str, ImageSize | None]
    outputs: frozenset[str]
    labels: LabelIndex
    hidden_labels: LabelIndex
    """The labels of notes that are not published."""
    kinds: Kinds
    citing: Citing
    """What notes can cite, and how."""
    strings: Strings
    results: Mapping[str, LinkedResult]
    shows_uses: bool
    """Whether it is told under each result what it uses and what uses it."""
