"""What the web may answer when asked for a link."""

from __future__ import annotations

import ipaddress
from enum import Enum
from urllib.parse import urlsplit

from notesite.records import dataclass


class State(Enum):
    """How a link fared; `UNKNOWN` where the other side would not say."""

    ALIVE = "alive"
    MOVED = "moved"
    DEAD = "dead"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """The state of a link, with the reason or the new address in words."""

    state: State
    detail: str = ""


REFUSALS = frozenset({400, 401, 402, 403, 405, 406, 418, 429, 500, 501, 502, 503, 504, 520, 999})
"""Answers that programs often get where a browser would not, or that pass with time."""


def of_status(status: int) -> Answer:
    """The answer that an HTTP status means (RFC 9110, section 15) when no redirect is left."""
    if status < 400:
        return Answer(State.ALIVE)
    if status in REFUSALS:
        return Answer(State.UNKNOWN, f"the server answers {status}")
    return Answer(State.DEAD, f"the server answers {status}")


def is_of_own_network(address: str) -> bool:
    """Whether an address names the reader's own machine or network, where nothing is asked.

    Notes may come from others, and a check must not let them look around behind a firewall.
    """
    host = (urlsplit(address).hostname or "").rstrip(".")
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".local", ".internal"))
