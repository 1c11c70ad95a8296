"""Opening a site: from what the command line says to its folders and its configuration."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from notesite.bibliography.places import named_files
from notesite.building.values import Project
from notesite.cards.places import has_cards
from notesite.config import (
    CONFIG_NAME,
    Config,
    SiteConfig,
    find_config,
    load_config,
    parse_config,
)
from notesite.diagnostics import Diagnostic, diagnose
from notesite.vault import read_vault

if TYPE_CHECKING:
    from pathlib import Path

    from notesite.building.values import BuildOptions
    from notesite.vault import VaultSettings


def open_project(options: BuildOptions, here: Path) -> tuple[Project, Config, list[Diagnostic]]:
    """The site that `options` mean when given in the folder `here`, and its configuration."""
    config_file = _find_config_file(options, here)
    root = config_file.parent if config_file else here
    config, problems = _read_config(config_file, options.config_text)
    if options.base_url is not None:
        config = replace(config, site=replace(config.site, base_url=options.base_url))
    site = config.site
    source = here / options.source if options.source else root / site.source
    if config_file is None and options.source is None and not source.is_dir():
        source = root
    if config_file is None:
        config = replace(config, site=replace(site, title=_folder_title(source, site)))
    vault = read_vault(source)
    config = _heed_vault(config, vault)
    usual_output = root / site.output
    project = Project(
        root=root,
        source=source,
        output=here / options.output if options.output else usual_output,
        templates=root / site.templates,
        static=root / site.static,
        config_file=config_file,
        usual_output=usual_output,
        files=named_files(root, config.citations),
        excluded=vault.excluded,
    )
    return project, config, problems


def _heed_vault(config: Config, vault: VaultSettings) -> Config:
    """The configuration with what it leaves open taken from the vault's own settings."""
    markdown, site = config.markdown, config.site
    if markdown.hard_breaks is None:
        # Obsidian writes the setting down once it was touched; until then lines break.
        is_hard = vault.is_vault and vault.strict_line_breaks is not True
        markdown = replace(markdown, hard_breaks=is_hard)
    templates = tuple(f"/{folder}" for folder in vault.template_folders)
    return replace(config, markdown=markdown, site=replace(site, ignore=(*site.ignore, *templates)))


def _folder_title(source: Path, site: SiteConfig) -> str:
    """The name of a site without a configuration: that of the vault's folder."""
    folder = source.resolve()
    name = (folder.parent if folder.name == site.source else folder).name
    return name.replace("-", " ").replace("_", " ") or site.title


def _find_config_file(options: BuildOptions, here: Path) -> Path | None:
    if options.config:
        return here / options.config
    if options.source and (here / options.source / CONFIG_NAME).is_file():
        return here / options.source / CONFIG_NAME
    return find_config(here)


def _read_config(path: Path | None, text: str | None) -> tuple[Config, list[Diagnostic]]:
    if text is not None:
        config, found = parse_config(text)
        return config, list(found)
    if path is None:
        message = "no notesite.toml here; defaults are in force"
        hints = ("'notesite new DIR' writes one with comments",)
        return Config(), [diagnose("config-missing", message, CONFIG_NAME, hints=hints)]
    try:
        config, problems = load_config(path, path.name)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        return Config(), [diagnose("config-syntax", message, str(path))]
    return config, list(problems)


def heed_search(config: Config, problems: list[Diagnostic]) -> Config:
    """The configuration without a search where the program for it is missing."""
    if not config.search.enabled:
        return config
    from notesite.searching.pagefind import missing_program  # noqa: PLC0415 - only for a search

    problem = missing_program()
    if problem is None:
        return config
    problems.append(problem)
    return replace(config, search=replace(config.search, enabled=False))


def heed_cards(config: Config, problems: list[Diagnostic], *, paint: bool) -> Config:
    """The configuration without cards where they cannot be painted, or nobody could find them."""
    wanted = config.theme.cards
    can_paint = bool(config.site.base_url) and wanted is not False and has_cards()
    if wanted and config.site.base_url and not can_paint:
        message = "what paints cards is not installed, so that there are none"
        hints = ("pip install 'notesite[cards]'", "or take cards = true out of [theme]")
        problems.append(diagnose("cards-missing", message, CONFIG_NAME, hints=hints))
    return replace(config, theme=replace(config.theme, cards=can_paint and paint))
