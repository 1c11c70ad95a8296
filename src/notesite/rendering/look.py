"""What `[theme]` puts into the frame of every page: icon, logo, links, the policy for scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from markupsafe import escape

from notesite.diagnostics import diagnose
from notesite.linking.urls import FAVICON
from notesite.rendering.views import LinkView
from notesite.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from notesite.config import Config, LinkConfig
    from notesite.diagnostics import Diagnostic

_STRICT = {
    "default-src": "'none'",
    # Speculation rules are data in a <script>, which this keyword alone lets be.
    "script-src": "'self' 'inline-speculation-rules'",
    "style-src": "'self'",
    "img-src": "'self' data: https:",
    "media-src": "'self' https:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'self'",
    "frame-src": "https://www.youtube-nocookie.com",
    "base-uri": "'none'",
    "form-action": "'none'",
}


def favicon_path(config: Config) -> str:
    """Where the icon lies in the output: made of an emoji, or a static file."""
    return f"static/{config.theme.favicon}" if "." in config.theme.favicon else FAVICON


def links(configured: Iterable[LinkConfig], url: Callable[[str], str]) -> tuple[LinkView, ...]:
    """Links of the configuration as they stand on a page; `url` makes paths relative to it."""
    return tuple(
        LinkView(each.url if ":" in each.url else url(each.url), escape(each.title))
        for each in configured
    )


def dead_links(config: Config, paths: Collection[str]) -> Iterator[Diagnostic]:
    """The links of `[theme]` that lead to no file of the site, whose files are `paths`."""
    for link in (*config.theme.links, *config.theme.social):
        path = unquote(re.split("[?#]", link.url, maxsplit=1)[0])
        if ":" in link.url or (f"{path}index.html" if path.endswith("/") else path) in paths:
            continue
        message = f"the site has no page '{path}'"
        place = config.theme_places.get(link.url)
        yield diagnose("config-value", message, config.file, place, hints=did_you_mean(path, paths))


def policy(config: Config) -> str:
    """The Content-Security-Policy of every page (W3C, CSP Level 3), or empty."""
    wanted = config.site.content_security_policy
    if wanted != "strict":
        return wanted
    directives = dict(_STRICT)
    if config.search.enabled:
        # The index is read by WebAssembly.
        directives["script-src"] += " 'wasm-unsafe-eval'"
    return "; ".join(f"{name} {value}" for name, value in directives.items())
