"""Values of a configuration that are of the right type but mean nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from notesite import languages
from notesite.diagnostics import CATALOGUE
from notesite.kinds import RESULTS, STYLES
from notesite.text import did_you_mean

if TYPE_CHECKING:
    from notesite.config.reading import Complaints
    from notesite.config.tables import (
        CitationsConfig,
        Config,
        FontConfig,
        SectionConfig,
        SiteConfig,
    )

_KIND_ID = re.compile(r"[a-z][a-z0-9-]*")

_CHOICES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("math", "number", ("environments", "referenced", "all")),
    ("results", "counters", ("shared", "own")),
    ("results", "number_by", ("note", "section")),
    ("site", "index", ("sections", "note", "both")),
    ("site", "urls", ("slugs", "quartz")),
    ("site", "old_urls", ("", "quartz")),
    ("site", "feed_order", ("revised", "newest")),
)
"""Table, key and the values that the key may have."""

_CSS_VALUE = re.compile(r"[-\w #%.,()/+*]*")
"""What a colour or a length can be; nothing that could end the declaration it is put into."""

# What is plainly none: CSS would pass over it without a word.
_NO_COLOUR = re.compile(r"#(?![0-9a-fA-F]{3,4}$|[0-9a-fA-F]{6}$|[0-9a-fA-F]{8}$).*|[\d.-].*")
_NO_LENGTH = re.compile(r"[\d.]+|#.*")

_LINK = re.compile(r"(?:https?://|mailto:)\S+|(?!/)[^\s:]+")
_HOST = re.compile(r"[^\s/?#:]+(?::\d+)?(?=[/?#]|$)")
_QUERY = re.compile(r"[?#]")
_CSS_FAMILY = re.compile(r"[\w .-]+")
_CSS_FAMILIES = re.compile(r"""(?:[\w .,-]|"[\w .-]*"|'[\w .-]*')*""")


def base_url_fault(address: str) -> str:
    """What is wrong with the address of a site, for behind its name; empty where nothing is."""
    if not address:
        return ""
    if not address.startswith(("https://", "http://")):
        return "must start with https:// or http://"
    parts = address.partition("://")[2]
    if _is_no_address(address):
        return "is no address"
    if not _HOST.match(parts):
        return "names no host"
    return "ends with the path: no ? and no # behind it" if _QUERY.search(parts) else ""


def _is_no_address(address: str) -> bool:
    from urllib.parse import urlsplit  # noqa: PLC0415 - many sites have no address

    try:
        urlsplit(address)
    except ValueError:
        return True
    return False


FOLDERS = ("source", "output", "templates", "static")
"""The keys of `site` that name folders."""


def _path_fault(path: str) -> str:
    """What is wrong with a path, for behind its name; empty where nothing is."""
    if "\0" in path:
        return "holds a character that no path can hold"
    names = (name.encode(errors="surrogatepass") for name in path.split("/"))
    return "holds a name of more than 255 bytes" if any(len(each) > 255 for each in names) else ""


class Checker:
    """Tells `complaints` of the values that mean nothing."""

    def __init__(self, complaints: Complaints) -> None:
        self._report = complaints.add
        self._text = complaints.text

    def check(self, config: Config) -> None:
        """Say of every value whether it means something."""
        self._check_sections(config)
        self._check_kinds(config)
        for code, name in config.diagnostics.items():
            if code not in CATALOGUE:
                hints = did_you_mean(code, CATALOGUE)
                self._report(
                    "config-value", f"no diagnostic '{code}'", ("diagnostics", code), hints
                )
            if name not in {"error", "warning", "hint", "off"}:
                message = f"'{name}' is no severity"
                self._report(
                    "config-value", message, ("diagnostics", code), ("error, warning, hint or off",)
                )
        for table, key, choices in _CHOICES:
            value = getattr(getattr(config, table), key)
            if value not in choices:
                message = f"'{value}' is no value of '{key}'"
                hints = (" or ".join(f"'{choice}'" for choice in choices if choice),)
                self._report("config-value", message, (table, key), hints)
        self._check_strings(config)
        self._check_theme(config)
        self._check_places(config)

    def _check_places(self, config: Config) -> None:
        for key in FOLDERS:
            fault = _path_fault(getattr(config.site, key))
            if fault:
                self._report("config-value", f"'{key}' {fault}", ("site", key))
        for index, name in enumerate(config.citations.bibliography):
            if _path_fault(name):
                message = f"a bibliography's name {_path_fault(name)}"
                self._report("config-value", message, ("citations", "bibliography", index))
        fault = base_url_fault(config.site.base_url)
        if fault:
            self._report("config-value", f"'base_url' {fault}", ("site", "base_url"))

    def _check_theme(self, config: Config) -> None:
        for key in ("accent", "accent_dark", "measure"):
            value = getattr(config.theme, key)
            if not _CSS_VALUE.fullmatch(value):
                self._report("config-value", f"'{value}' is no value of CSS", ("theme", key))
            elif key == "measure" and _NO_LENGTH.fullmatch(value):
                hint = f"write a unit, as in '{value}rem'" if "#" not in value else "'33rem' is one"
                self._report("config-value", f"'{value}' is no length", ("theme", key), (hint,))
            elif key != "measure" and _NO_COLOUR.fullmatch(value):
                self._report("config-value", f"'{value}' is no colour", ("theme", key))
        for key in ("links", "social"):
            for index, link in enumerate(getattr(config.theme, key)):
                if not _LINK.fullmatch(link.url):
                    message = f"'{link.url}' is no address of the web and no path in the site"
                    self._report("config-value", message, ("theme", key, index, "url"))
        for name in ("text", "math", "code"):
            self._check_font(name, getattr(config.theme.fonts, name))

    def _check_font(self, name: str, font: FontConfig | None) -> None:
        for key in ("family", "fallback") if font else ():
            value = getattr(font, key)
            allowed = _CSS_FAMILIES if key == "fallback" else _CSS_FAMILY
            if not allowed.fullmatch(value):
                message = f"'{value}' is no name of a family"
                self._report("config-value", message, ("theme", "fonts", name, key))

    def _check_strings(self, config: Config) -> None:
        for key, text in config.strings.items():
            problem = languages.override_problem(key, text)
            if problem:
                hints = did_you_mean(key, languages.keys()) if problem.startswith("no ") else ()
                # A key may be written with its dots inside quotes or outside.
                quoted, dotted = ("strings", key), ("strings", *key.split("."))
                place = quoted if f'"{key}"' in self._text else dotted
                self._report("config-value", problem, place, hints)

    def _check_kinds(self, config: Config) -> None:
        kinds = config.results.kinds
        ids = [kind.id for kind in kinds]
        known = {kind.id for kind in RESULTS} | set(ids)
        for index, kind in enumerate(kinds):
            path = ("results", "kinds", index)
            if kind.id in ids[:index]:
                message = f"two kinds of results have the id '{kind.id}'"
                self._report("config-value", message, (*path, "id"))
            if not _KIND_ID.fullmatch(kind.id):
                message = f"'{kind.id}' cannot name a kind: letters, digits and hyphens can"
                self._report("config-value", message, (*path, "id"))
            if kind.style not in {"", *STYLES}:
                styles = " or ".join(f"'{style}'" for style in STYLES)
                message = f"'{kind.style}' is no style"
                self._report("config-value", message, (*path, "style"), (styles,))
            if kind.counter and kind.counter not in known:
                message = f"no kind '{kind.counter}' to count with"
                hints = did_you_mean(kind.counter, known)
                self._report("config-value", message, (*path, "counter"), hints)
        for name in config.results.fold:
            if name not in known:
                message, hints = f"no kind '{name}' to fold", did_you_mean(name, known)
                self._report("config-value", message, ("results", "fold"), hints)

    def _check_sections(self, config: Config) -> None:
        ids = [section.id for section in config.sections]
        for index, section in enumerate(config.sections):
            if section.id in ids[:index]:
                message = f"two sections have the id '{section.id}'"
                self._report("config-value", message, ("sections", index, "id"))
            if section.parent and section.parent not in ids[:index]:
                message = f"no section '{section.parent}' before this one to be a part of"
                hints = did_you_mean(section.parent, ids)
                self._report("config-value", message, ("sections", index, "parent"), hints)
            if section.order not in {"newest", "oldest", "title"}:
                message = f"'{section.order}' is no order"
                self._report(
                    "config-value",
                    message,
                    ("sections", index, "order"),
                    ("newest, oldest or title",),
                )
            if section.style not in {"list", "stream"}:
                message = f"'{section.style}' is no style"
                place = ("sections", index, "style")
                self._report("config-value", message, place, ("list or stream",))
        for index, folder in enumerate(config.folders):
            if folder.section not in ids:
                hints = did_you_mean(folder.section, ids)
                message = f"no section '{folder.section}'"
                self._report("config-value", message, ("folders", index, "section"), hints)


def valid_site(config: Config) -> SiteConfig:
    """The site's settings, its folders ones that a disk can have, its address one if it has one."""
    site, default = config.site, type(config.site)()
    faulty = [key for key in FOLDERS if _path_fault(getattr(site, key))]
    if _is_no_address(site.base_url):
        faulty.append("base_url")
    return replace(site, **{key: getattr(default, key) for key in faulty})


def valid_citations(config: Config) -> CitationsConfig:
    """The settings of citations, with bibliographies that a disk can have."""
    names = config.citations.bibliography
    return replace(config.citations, bibliography=tuple(n for n in names if not _path_fault(n)))


def valid_sections(config: Config) -> tuple[SectionConfig, ...]:
    """The sections that have an id."""
    return tuple(section for section in config.sections if section.id.strip())


def valid_severities(config: Config) -> dict[str, str]:
    """The severities by code that are ones, of diagnostics that there are."""
    severities = {"error", "warning", "hint", "off"}
    return {c: n for c, n in config.diagnostics.items() if c in CATALOGUE and n in severities}


def valid_strings(config: Config) -> dict[str, str]:
    """The site's own words that can stand in place of ours."""
    return {
        k: text for k, text in config.strings.items() if not languages.override_problem(k, text)
    }
