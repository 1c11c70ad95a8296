"""The Jinja environment: where templates are found and what is at hand in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    pass_context,
)

from notesite.diagnostics import Diagnostic, diagnose
from notesite.rendering.compiled import KeptTemplates
from notesite.spans import Span
from notesite.theme import theme_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from jinja2.runtime import Context

    from notesite.cache import Store


class _SiteTemplates(FileSystemLoader):
    """A site's own templates; one that is not UTF-8 is a fault at its line."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """As Jinja has it; raises TemplateSyntaxError, too."""
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            message = f"not UTF-8: byte 0x{error.object[error.start]:02x}"
            file = next(path for path in self.searchpath if (Path(path) / template).is_file())
            filename = str(Path(file) / template)
            raise TemplateSyntaxError(message, line, template, filename) from error


def build_environment(templates: Path | None, store: Store | None = None) -> Environment:
    """An environment that looks in a site's `templates` folder first, then in the theme.

    What is compiled is kept: the theme's among our compiled modules, a site's in the `store`.

    `theme/note.html` names the theme's own template whatever the site overrides, so that an
    override can extend it.
    """
    theme = FileSystemLoader(theme_folder("templates"))
    folders = [_SiteTemplates(templates)] if templates is not None else []
    environment = Environment(
        loader=ChoiceLoader([*folders, theme, PrefixLoader({"theme": theme})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=True,
        bytecode_cache=KeptTemplates(store),
    )
    environment.filters["human_date"] = human_date
    environment.filters["iso_date"] = iso_date
    return environment


@pass_context
def human_date(context: Context, day: date) -> str:
    """`14 September 2026`, as the language of the page writes it."""
    text: str = context["t"].date(day)
    return text


def iso_date(day: date) -> str:
    """`2026-09-14`."""
    return day.isoformat()


def template_problem(error: Exception, site_root: Path) -> Diagnostic | None:
    """The diagnostic of a template that cannot be read or rendered, at its file and line.

    None for an error that no template of the site's own makes: a mistake in notesite.
    """
    name, line = _place(error)
    path = Path(name)
    if not isinstance(error, TemplateError):
        # Whatever a site's template calls may fail: `{{ 1 / 0 }}`, a template that includes itself.
        if not line or path.parent == theme_folder("templates"):
            return None
        error = TemplateError(_told(error))
    file = path.relative_to(site_root).as_posix() if path.is_relative_to(site_root) else path.name
    message = error.message or type(error).__name__
    if isinstance(error, TemplateNotFound):
        message = f"there is no template '{error.name}'"
    span = Span.at(line, 1) if line else None
    return diagnose("template-error", message, file or "templates", span)


def _told(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "templates include each other without end"
    return f"{type(error).__name__}: {error}"


def _place(error: Exception) -> tuple[str, int]:
    filename = getattr(error, "filename", None) or getattr(error, "name", None)
    line = getattr(error, "lineno", None)
    if isinstance(filename, str) and isinstance(line, int):
        return filename, line
    # An error of rendering names no file; the innermost frame that is a template's does. Of an
    # endless recursion that is the last of many, perhaps the theme's.
    passed_over = theme_folder("templates") if isinstance(error, RecursionError) else None
    found = (str(filename or "templates"), 0)
    traceback = error.__traceback__
    while traceback is not None:
        name = traceback.tb_frame.f_code.co_filename
        if name.endswith((".html", ".xml")) and Path(name).parent != passed_over:
            found = (name, traceback.tb_lineno)
        traceback = traceback.tb_next
    return found
