"""What surrounds the notes of a site: files beside them, history, what they can cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.building.files import IMAGES, left_out, measure_image, static_files
from notesite.diagnostics import Diagnostic, diagnose
from notesite.history import changes_from, dates_from, git_log

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from notesite.bibliography.citing import Citing
    from notesite.bibliography.gathering import Gatherer
    from notesite.building.values import Project
    from notesite.config import Config
    from notesite.history import Commit
    from notesite.linking.surroundings import Surroundings
    from notesite.markdown.note import NoteParser
    from notesite.model import ConfigTexts, ImageSize, Note
    from notesite.sources import SourceTree


class Lookout:
    """Looks around in one site, build after build; keeps what was measured and read."""

    def __init__(self) -> None:
        self._gatherer: Gatherer | None = None
        self._sizes: dict[str, tuple[float, int, ImageSize | None]] = {}
        self._log: tuple[Commit, ...] | None = None
        self.is_same = False
        """Whether what git says can be taken to be what it said last."""

    def of(
        self,
        project: Project,
        config: Config,
        tree: SourceTree,
        texts: ConfigTexts,
        problems: list[Diagnostic],
    ) -> Surroundings:
        """All that linking asks for besides the notes and what they can cite."""
        from notesite.linking.missing import SKIPPED_SUFFIXES  # noqa: PLC0415
        from notesite.linking.surroundings import Surroundings  # noqa: PLC0415 - linking is slow to import

        log = self._git_log(project) if config.site.git_dates or config.site.changes else ()
        files = {path: self._image_size(tree.root, path) for path in tree.files}
        for path in [path for path in files if path.lower().endswith(SKIPPED_SUFFIXES)]:
            del files[path]
            message = "Obsidian alone can open this file; it is left out"
            problems.append(diagnose("file-skipped", message, project.name(tree.root / path)))
        return Surroundings(
            files=files,
            static=frozenset(f"static/{path}" for path in static_files(project)),
            history=dates_from(log) if config.site.git_dates else {},
            changes=changes_from(log) if config.site.changes else {},
            texts=texts,
            ignored=left_out(tree, project),
        )

    def citing(
        self,
        project: Project,
        config: Config,
        notes: Sequence[Note],
        parser: NoteParser,
        problems: list[Diagnostic],
    ) -> Citing:
        """What notes can cite; the libraries for it are imported only if there is something."""
        from notesite.bibliography.gathering import Gatherer, Places  # noqa: PLC0415 - as above

        if self._gatherer is None:
            self._gatherer = Gatherer()
        citing, found = self._gatherer.gather(
            Places(project.root, project.source, project.name), config.citations, notes,
            language=config.site.language, compiler=lambda: parser.math,
        )  # fmt: skip
        problems.extend(found)
        return citing

    def _git_log(self, project: Project) -> tuple[Commit, ...]:
        if self._log is None or not self.is_same:
            self._log = git_log(project.source)
        return self._log

    def _image_size(self, root: Path, path: str) -> ImageSize | None:
        if not path.lower().endswith(IMAGES):
            return None
        status = (root / path).stat()
        known = self._sizes.get(path)
        if known is None or known[:2] != (status.st_mtime, status.st_size):
            known = (status.st_mtime, status.st_size, measure_image(root / path))
            self._sizes[path] = known
        return known[2]
