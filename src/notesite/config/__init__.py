"""The configuration of a site: `notesite.toml`, read, checked and typed.

Each field's `help` is its documentation: the validator, docs/configuration.md and the classes say
the same thing because they read the same metadata.
"""

from notesite.config.loading import find_config, load_config, parse_config
from notesite.config.tables import (
    CONFIG_NAME,
    CitationsConfig,
    Config,
    FolderConfig,
    FontConfig,
    FontsConfig,
    GroupConfig,
    LinkConfig,
    MachinesConfig,
    MacroConfig,
    MarkdownConfig,
    MathConfig,
    ResultKindConfig,
    ResultsConfig,
    SearchConfig,
    SectionConfig,
    SiteConfig,
    ThemeConfig,
    WebConfig,
)

__all__ = [
    "CONFIG_NAME",
    "CitationsConfig",
    "Config",
    "FolderConfig",
    "FontConfig",
    "FontsConfig",
    "GroupConfig",
    "LinkConfig",
    "MachinesConfig",
    "MacroConfig",
    "MarkdownConfig",
    "MathConfig",
    "ResultKindConfig",
    "ResultsConfig",
    "SearchConfig",
    "SectionConfig",
    "SiteConfig",
    "ThemeConfig",
    "WebConfig",
    "find_config",
    "load_config",
    "parse_config",
]
