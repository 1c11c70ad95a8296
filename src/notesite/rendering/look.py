"""What `[theme]` puts into the frame of every page: icon, logo, links, the policy for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import escape

from notesite.linking.urls import FAVICON
from notesite.rendering.views import LinkView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from notesite.config import Config, LinkConfig

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
