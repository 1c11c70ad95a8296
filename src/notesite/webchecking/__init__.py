"""Checking links to the rest of the web; only `notesite check --external` does this."""

from notesite.webchecking.cache import LinkCache, cache_file
from notesite.webchecking.checking import WebSettings, check_links, is_available

__all__ = ["LinkCache", "WebSettings", "cache_file", "check_links", "is_available"]
