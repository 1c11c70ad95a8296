"""A Quartz site's configuration as one of notesite's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from notesite.importing.colours import is_colour
from notesite.importing.draft import Draft
from notesite.importing.quartz_site import QuartzSite, items, read_site
from notesite.importing.typescript import Opaque

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

CONTENT = "content"

_TEMPLATE_URL = "quartz.jzhao.xyz"
_TEMPLATE_TITLES = frozenset({"Quartz 4", "Quartz 4.0", "Quartz 5", "Quartz 5.0"})
_TEMPLATE_COLOURS = {"accent": "#284b63", "accent_dark": "#7b97aa"}
_TEMPLATE_FONTS = {
    "title": "Schibsted Grotesk", "header": "Schibsted Grotesk",
    "body": "Source Sans Pro", "code": "IBM Plex Mono",
}  # fmt: skip
_TEMPLATE_LINKS = ("github.com/jackyzha0/quartz", "discord.gg/cRFFHYye7t")
"""What a new Quartz site says of itself until somebody changes it."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d+)?(?:/[^\s]*)?")
_LOCAL = re.compile(r"(?:localhost|127\.0\.0\.1|0\.0\.0\.0)\b")
_MACRO = re.compile(r"\\?(?:[A-Za-z@]+|.)")

_CARRIED = frozenset({
    "alias-redirects", "article-title", "assets", "backlinks", "bases-page", "breadcrumbs",
    "canvas-page", "component-resources", "content-meta", "content-page", "crawl-links",
    "created-modified-date", "darkmode", "description", "explorer", "favicon", "folder-content",
    "folder-page", "fonts", "front-matter", "git-hub-flavored-markdown",
    "github-flavored-markdown", "graph", "head", "note-properties", "not-found-page",
    "obsidian-flavored-markdown", "page-title", "recent-notes", "search", "spacer", "static",
    "syntax-highlighting", "table-of-contents", "tag-list", "tag-page", "remove-draft",
    "remove-drafts", "latex", "hard-line-breaks", "explicit-publish", "content-index", "footer",
    "cname",
})  # fmt: skip
"""The plugins whose work notesite does anyway, or whose options are taken over below."""

_LEFT = {
    "citations": "name its file as citations.bibliography; they are written as before",
    "comments": "a template holds the comment box; see docs/theming.md",
    "encrypted-pages": "a page cannot be locked; its notes would be published as they are",
    "unlisted-pages": "a page cannot be unlisted; its notes appear in the index",
    "reader-mode": "pages have nothing to hide from a reader",
    "stacked-pages": "pages open one at a time",
    "og-image": "with `pip install notesite[cards]` pictures for social media are made",
    "custom-og-images": "with `pip install notesite[cards]` pictures for social media are made",
    "roam": "Roam's dialect is not read",
    "roam-flavored-markdown": "Roam's dialect is not read",
    "ox-hugo": "the dialect of ox-hugo is not read",
    "ox-hugo-flavored-markdown": "the dialect of ox-hugo is not read",
}


def read_quartz(root: Path, *, keep_urls: bool = False) -> Draft:
    """The configuration that the Quartz site at `root` asks for.

    `keep_urls` keeps Quartz's addresses instead of redirecting from them. Raises QuartzError when
    there is no configuration, or none that can be read.
    """
    site = read_site(root)
    draft = Draft()
    _take_title(draft, site)
    _take_base_url(draft, site)
    _take_language(draft, site)
    draft.put("site", "source", CONTENT if (root / CONTENT).is_dir() else ".")
    _take_ignored(draft, site)
    _take_addresses(draft, keep_urls=keep_urls)
    _take_theme(draft, site)
    _take_plugins(draft, site)
    _take_footer(draft, site)
    _name_the_rest(draft, site)
    return draft


def _text(site: QuartzSite, key: str, draft: Draft) -> str:
    """A string of the configuration, or nothing where it is missing or would have to be run."""
    value = site.configuration.get(key)
    if isinstance(value, Opaque):
        draft.left.append(f"{key}: '{value.text}' is not a plain text in {site.file}")
    return value.strip() if isinstance(value, str) else ""


def _take_title(draft: Draft, site: QuartzSite) -> None:
    title = _text(site, "pageTitle", draft)
    if title.removeprefix("🪴").strip() in _TEMPLATE_TITLES:
        draft.wrong.append(f"the title is still the template's, {title!r}")
    if title:
        draft.put("site", "title", title, "pageTitle")
    suffix = _text(site, "pageTitleSuffix", draft)
    if suffix:
        draft.left.append(f"pageTitleSuffix {suffix!r}: a page's title ends with the site's")


def _take_base_url(draft: Draft, site: QuartzSite) -> None:
    written = _text(site, "baseUrl", draft)
    address = re.sub(r"^https?://", "", written).rstrip("/")
    if not address:
        draft.wrong.append("there is no baseUrl; without one there is no feed and no sitemap")
        return
    why = ""
    if address == _TEMPLATE_URL or address.startswith(_TEMPLATE_URL + "/"):
        why = "is Quartz's own site: the feed, the sitemap and every shared link led there"
    elif _LOCAL.match(address):
        why = "is a machine of yours: the feed and the sitemap led nowhere"
    elif not _HOST.fullmatch(address):
        why = "is no address of the web"
    if why:
        draft.wrong.append(f"the baseUrl '{written}' {why}")
        draft.left.append("baseUrl; write the site's address as site.base_url")
        return
    if written != address:
        draft.wrong.append(f"the baseUrl '{written}' should have neither a scheme nor a last slash")
    draft.put("site", "base_url", f"https://{address}/", "baseUrl")
    is_own_domain = "/" not in address and not address.endswith(".github.io")
    if "cname" in site.plugins and is_own_domain:
        draft.put("site", "cname", address, "the CNAME plugin")


def _take_language(draft: Draft, site: QuartzSite) -> None:
    locale = _text(site, "locale", draft)
    if _LANGUAGE.fullmatch(locale):
        draft.put("site", "language", locale, "locale")
    elif locale:
        draft.wrong.append(f"the locale {locale!r} is no language tag")


def _take_ignored(draft: Draft, site: QuartzSite) -> None:
    patterns = []
    for pattern in items(site.configuration.get("ignorePatterns")):
        if not isinstance(pattern, str) or not pattern.strip("/"):
            continue
        if pattern.startswith("!"):
            draft.left.append(f"the ignore pattern '{pattern}': a glob cannot take files back in")
        elif not any(part.startswith(".") for part in pattern.split("/")):
            # Quartz looks for each below the content folder and no deeper.
            patterns.append(f"/{pattern.strip('/')}")
    if patterns:
        draft.put("site", "ignore", patterns, "ignorePatterns")


def _take_addresses(draft: Draft, *, keep_urls: bool) -> None:
    if keep_urls:
        comment = "Pages keep the addresses that Quartz gave them."
        draft.put("site", "urls", "quartz", comment=comment)
        draft.understood.append("every page keeps the address that Quartz gave it")
    else:
        comment = "The addresses that Quartz gave the notes lead to the new ones."
        draft.put("site", "old_urls", "quartz", comment=comment)
        draft.understood.append("every old address, and the feed's, leads to the new one")


def _take_theme(draft: Draft, site: QuartzSite) -> None:
    theme = site.configuration.get("theme")
    if not isinstance(theme, dict):
        return
    colours = theme.get("colors")
    if isinstance(colours, dict):
        for mode, key in (("lightMode", "accent"), ("darkMode", "accent_dark")):
            table = colours.get(mode)
            if isinstance(table, dict):
                _take_colours(draft, mode, table, key)
    fonts = theme.get("typography")
    if isinstance(fonts, dict):
        _name_fonts(draft, fonts)


def _take_colours(draft: Draft, mode: str, table: dict[str, Any], key: str) -> None:
    for name, value in table.items():
        if isinstance(value, str) and not is_colour(value):
            draft.wrong.append(f"the colour {mode}.{name} is '{value}', which no browser takes")
    accent = table.get("secondary")
    if not isinstance(accent, str) or not is_colour(accent):
        return
    if accent.lower() != _TEMPLATE_COLOURS[key]:
        draft.put("theme", key, accent, f"the {mode} colour secondary")


def _name_fonts(draft: Draft, fonts: dict[str, Any]) -> None:
    for role, value in fonts.items():
        name = value.get("name") if isinstance(value, dict) else value
        if isinstance(name, str) and name != _TEMPLATE_FONTS.get(role):
            draft.left.append(
                f"the {role} font '{name}': pages load nothing from other sites; put its files and "
                "a style sheet into static/ to use it"
            )


def _take_plugins(draft: Draft, site: QuartzSite) -> None:
    plugins = site.plugins
    if "hard-line-breaks" in plugins:
        draft.put("markdown", "hard_breaks", True, "the plugin HardLineBreaks")
    else:
        # Said aloud, since a vault's own setting would count otherwise.
        draft.put("markdown", "hard_breaks", False)
    if "explicit-publish" in plugins:
        draft.put("site", "explicit_publish", True, "the plugin ExplicitPublish")
    elif plugins and not {"remove-draft", "remove-drafts"} & plugins.keys():
        draft.wrong.append("RemoveDrafts is off: notes marked as drafts were published")
    if plugins.get("obsidian-flavored-markdown", {}).get("parseTags") is False:
        draft.put("markdown", "tags", False, "parseTags")
    limit = plugins.get("content-index", {}).get("rssLimit")
    if isinstance(limit, int | float) and not isinstance(limit, bool) and limit > 0:
        draft.put("site", "feed_entries", int(limit), "rssLimit")
    _take_macros(draft, plugins.get("latex", {}))


def _take_macros(draft: Draft, options: dict[str, Any]) -> None:
    for table in _macro_tables(options):
        for name, body in table.items():
            value, default = body, None
            if isinstance(body, list) and body:
                # MathJax's form: the body, how many arguments, the first one's default.
                value, default = body[0], body[2] if len(body) > 2 else None
            if not isinstance(value, str) or not _MACRO.fullmatch(name):
                draft.left.append(f"the macro '{name}': only a text can be taken over")
                continue
            macro = {"body": value, "default": default} if isinstance(default, str) else value
            draft.put("math.macros", name.lstrip("\\") or name, macro, "the plugin Latex")


def _macro_tables(options: dict[str, Any]) -> Iterable[dict[str, Any]]:
    katex, mathjax = options.get("katexOptions"), options.get("mathJaxOptions")
    tex = mathjax.get("tex") if isinstance(mathjax, dict) else None
    candidates = (
        options.get("customMacros"),
        katex.get("macros") if isinstance(katex, dict) else None,
        tex.get("macros") if isinstance(tex, dict) else None,
    )
    return (table for table in candidates if isinstance(table, dict))


def _take_footer(draft: Draft, site: QuartzSite) -> None:
    links = []
    for name, address in site.footer.items():
        if not isinstance(address, str):
            continue
        if any(part in address for part in _TEMPLATE_LINKS):
            draft.wrong.append(f"the footer links to Quartz's own '{address}'; left out")
        elif name and re.match(r"(?:https?:|mailto:|/|\.)", address):
            label = re.sub(r"([][\\*_`])", r"\\\1", name)
            links.append(f"[{label}](<{address}>)")
    if links:
        draft.put("theme", "footer", " · ".join(links), "the footer's links")


def _name_the_rest(draft: Draft, site: QuartzSite) -> None:
    if site.configuration.get("analytics"):
        draft.left.append(
            "analytics: pages load nothing from other sites; "
            "a template of your own can hold a script"
        )
    for name in site.plugins:
        if name in _LEFT:
            draft.left.append(f"the plugin '{name}': {_LEFT[name]}")
        elif name not in _CARRIED:
            draft.left.append(f"the plugin '{name}' is not known here")
