"""What a site holds besides its HTML pages, each as pages of bytes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from notesite.linking import urls
from notesite.model import PlannedPage
from notesite.outputs.json_feed import json_feed
from notesite.outputs.llms import llms_text
from notesite.outputs.lost import page_list
from notesite.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from notesite.config import Config
    from notesite.languages import Catalogue
    from notesite.model import Site


def generated_files(site: Site, config: Config) -> Iterator[PlannedPage]:
    """The files that are made from the site but are not pages to read."""
    if "." not in config.theme.favicon:
        yield PlannedPage(urls.FAVICON, _favicon, (config.theme.favicon,))
    # Without it GitHub Pages drops files whose name begins with an underscore.
    yield PlannedPage(".nojekyll", _text, ("",))
    if config.site.cname:
        yield PlannedPage("CNAME", _text, (f"{config.site.cname}\n",))
    if config.site.base_url:
        feed = partial(_feed, config=config)
        yield PlannedPage(urls.FEED, feed)
        if "quartz" in {config.site.urls, config.site.old_urls}:
            yield PlannedPage(urls.OLD_FEED, feed)
        if config.machines.json_feed:
            yield PlannedPage(urls.JSON_FEED, partial(json_feed, config=config))
        yield PlannedPage(urls.SITEMAP, partial(_sitemap, config=config))
        if is_at_root(config.site.base_url):
            yield PlannedPage(urls.ROBOTS, _robots, (config.site.base_url,))
        if config.machines.llms:
            yield PlannedPage(urls.LLMS, partial(llms_text, config=config))
    yield PlannedPage(urls.PAGES, page_list)
    words = config.words().of()
    move = partial(_redirect, base_url=config.site.base_url, words=words)
    for address, target in site.redirects.items():
        yield PlannedPage(address, move, (address, target))


def _feed(site: Site, config: Config) -> bytes:
    from notesite.outputs.feed import atom_feed  # noqa: PLC0415 - what writes XML is slow to import

    return atom_feed(site, config)


def _sitemap(site: Site, config: Config) -> bytes:
    from notesite.outputs.sitemap import sitemap  # noqa: PLC0415 - as above

    return sitemap(site, config)


def _favicon(_: Site, sign: str) -> bytes:
    return favicon(sign)


def _robots(_: Site, base_url: str) -> bytes:
    return robots(base_url)


def _text(_: Site, text: str) -> bytes:
    return text.encode()


def _redirect(_: Site, address: str, target: str, *, base_url: str, words: Catalogue) -> bytes:
    return redirect(address, target, base_url, words)


def is_at_root(base_url: str) -> bool:
    """Whether a site has a host to itself: nobody asks for `robots.txt` elsewhere (RFC 9309)."""
    return not urlsplit(base_url).path.strip("/")


def robots(base_url: str) -> bytes:
    """Everything may be read; the sitemap says what there is."""
    sitemap_url = urls.absolute_url(base_url, urls.SITEMAP)
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap_url}\n".encode()


def favicon(sign: str) -> bytes:
    """An SVG icon that shows `sign`, an emoji or a letter."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
        f'<text x="50" y="50" font-size="84" text-anchor="middle" dominant-baseline="central">'
        f"{escape_html(sign)}</text></svg>\n"
    ).encode()


def redirect(address: str, target: str, base_url: str, words: Catalogue) -> bytes:
    """A page at an old `address` that leads on to `target`, with and without scripts."""
    relative = escape_html(urls.relative_url(address, target))
    canonical = escape_html(urls.absolute_url(base_url, target)) if base_url else relative
    link = f'<a href="{relative}">{escape_html(words.text("moved.here"))}</a>'
    sentence = escape_html(words.pattern("moved.text")).replace("{here}", link)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape_html(words.tag)}" dir="{words.direction}">\n'
        f'<head>\n<meta charset="utf-8">\n<title>{escape_html(words.text("moved.title"))}</title>\n'
        f'<link rel="canonical" href="{canonical}">\n'
        f'<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={relative}">\n</head>\n'
        f"<body>\n<p>{sentence}</p>\n</body>\n</html>\n"
    ).encode()
