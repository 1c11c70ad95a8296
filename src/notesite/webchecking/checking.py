"""Asking the web for links: few at a time, slowly for each host, and never for what it holds."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from fnmatch import fnmatchcase
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

from notesite import __version__
from notesite.diagnostics import Diagnostic, diagnose
from notesite.records import dataclass
from notesite.webchecking.answers import Answer, State, is_of_own_network, of_status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import httpx

    from notesite.model import WebLink
    from notesite.webchecking.cache import LinkCache

AT_ONCE = 16
"""How many requests may be under way."""

_PERMANENT = frozenset({301, 308})
_CODES = {
    State.DEAD: "link-external-dead",
    State.MOVED: "link-external-moved",
    State.UNKNOWN: "link-external-unknown",
}
_AGENT = f"Mozilla/5.0 (compatible; notesite/{__version__}; link check)"


@dataclass(frozen=True, slots=True)
class WebSettings:
    """How to ask: globs of addresses to leave alone, days an answer holds, seconds to wait.

    `pause` is how many seconds pass between two requests to one host.
    """

    ignore: tuple[str, ...] = ()
    days: int = 7
    timeout: float = 15.0
    pause: float = 0.4


def is_available() -> bool:
    """Whether the library that asks is installed: it comes with `notesite[web]`."""
    return find_spec("httpx") is not None


def check_links(
    links: Sequence[WebLink],
    settings: WebSettings,
    cache: LinkCache,
    *,
    transport: httpx.AsyncBaseTransport | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> list[Diagnostic]:
    """What is wrong with links to the web, in the order of `links`; `cache` learns the answers.

    Each address is asked once, without its fragment. `tell` is called with how many are done and
    how many there are. `transport` takes the place of the network in tests.
    """
    addresses = {
        urldefrag(link.address).url: None
        for link in links
        if not any(fnmatchcase(link.address, pattern) for pattern in settings.ignore)
    }
    answers = {each: cache.get(each, settings.days) for each in addresses}
    unknown = [address for address, answer in answers.items() if answer is None]
    answers |= {each: Answer(State.DEAD, "no reader can reach it") for each in unknown
                if is_of_own_network(each)}  # fmt: skip
    asking = [address for address in unknown if answers[address] is None]
    if asking:
        visitor = _Visitor(settings, cache, lambda done: tell and tell(done, len(asking)))
        answers |= asyncio.run(visitor.visit(asking, transport))
        cache.save()
    return list(_problems(links, answers))


def _problems(links: Iterable[WebLink], answers: dict[str, Answer | None]) -> Iterable[Diagnostic]:
    for link in links:
        answer = answers.get(urldefrag(link.address).url)
        if answer is None or answer.state is State.ALIVE:
            continue
        hints: tuple[str, ...] = ()
        if answer.state is State.MOVED:
            message = f"'{link.address}' has moved for good"
            hints = (f"it is now at '{answer.detail}'",)
        elif answer.state is State.DEAD:
            message = f"'{link.address}' leads nowhere: {answer.detail}"
        else:
            message = f"whether '{link.address}' is there cannot be told: {answer.detail}"
        yield diagnose(_CODES[answer.state], message, link.file, link.span, hints=hints)


class _Visitor:
    """Visits addresses, one at a time for each host."""

    def __init__(
        self, settings: WebSettings, cache: LinkCache, tell: Callable[[int], object]
    ) -> None:
        self._settings = settings
        self._cache = cache
        self._tell = tell
        self._done = 0

    async def visit(
        self, addresses: Sequence[str], transport: httpx.AsyncBaseTransport | None
    ) -> dict[str, Answer]:
        import httpx  # noqa: PLC0415 - an optional part

        by_host: dict[str, list[str]] = defaultdict(list)
        for address in addresses:
            by_host[urlsplit(address).hostname or ""].append(address)
        self._places = asyncio.Semaphore(AT_ONCE)
        answers: dict[str, Answer] = {}
        async with httpx.AsyncClient(
            transport=transport,
            headers={"User-Agent": _AGENT, "Accept": "text/html,*/*;q=0.8"},
            timeout=self._settings.timeout,
            follow_redirects=True,
            max_redirects=8,
            event_hooks={"request": [_stay_outside]},
        ) as client:
            hosts = (self._visit_host(client, each, answers) for each in by_host.values())
            await asyncio.gather(*hosts)
        return answers

    async def _visit_host(
        self, client: httpx.AsyncClient, addresses: Sequence[str], answers: dict[str, Answer]
    ) -> None:
        for number, address in enumerate(addresses):
            if number:
                await asyncio.sleep(self._settings.pause)
            async with self._places:
                answers[address] = await self._ask(client, address)
            self._cache.put(address, answers[address])
            self._done += 1
            self._tell(self._done)

    async def _ask(self, client: httpx.AsyncClient, address: str) -> Answer:
        import httpx  # noqa: PLC0415 - an optional part

        try:
            response = await client.head(address)
            if response.status_code >= 400:
                # Many servers know no HEAD, or answer it wrongly; the body is not read.
                async with client.stream("GET", address) as response:
                    pass
        except _OwnNetworkError:
            return Answer(State.DEAD, "it leads to an address that no reader can reach")
        except httpx.TimeoutException:
            return Answer(State.UNKNOWN, f"no answer within {self._settings.timeout:g} s")
        except httpx.TooManyRedirects:
            return Answer(State.DEAD, "it is redirected without end")
        except httpx.ConnectError as error:
            return _of_connection(error)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            return Answer(State.UNKNOWN, str(error) or type(error).__name__)
        return _of_response(address, response)


class _OwnNetworkError(Exception):
    """A redirect into the network of whoever runs the check."""


async def _stay_outside(request: httpx.Request) -> None:
    if is_of_own_network(str(request.url)):
        raise _OwnNetworkError


def _of_connection(error: httpx.ConnectError) -> Answer:
    text = str(error)
    if "CERTIFICATE" in text.upper() or "SSL" in text.upper():
        return Answer(State.UNKNOWN, "its certificate is not trusted")
    is_nameless = any(
        part in text for part in ("getaddrinfo", "Name or service", "nodename", "-2]")
    )
    with contextlib.suppress(AttributeError):
        is_nameless = is_nameless or type(error.__cause__.__cause__).__name__ == "gaierror"  # type: ignore[union-attr]
    if is_nameless:
        return Answer(State.DEAD, "there is no such host")
    return Answer(State.UNKNOWN, text or "no connection")


def _of_response(address: str, response: httpx.Response) -> Answer:
    answer = of_status(response.status_code)
    if answer.state is not State.ALIVE or not response.history:
        return answer
    statuses = {each.status_code for each in response.history}
    new = str(response.url)
    if statuses <= _PERMANENT and not _is_same(address, new):
        return Answer(State.MOVED, new)
    return answer


def _is_same(old: str, new: str) -> bool:
    """Whether two addresses differ in no more than a reader would call one."""
    return _plain(old) == _plain(new)


def _plain(address: str) -> str:
    parts = urlsplit(address)
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"
