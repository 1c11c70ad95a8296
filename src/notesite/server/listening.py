"""Finding a port to listen at."""

from __future__ import annotations

import errno
import socket
from ipaddress import ip_address

DEFAULT_PORT = 8000

_PORTS_TRIED = 100
_WILDCARDS = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - read, not bound


class ServeError(Exception):
    """The preview cannot be shown; the message tells a person why, and what to do."""


def listen(host: str, port: int | None) -> socket.socket:
    """A socket that listens at `host` and `port`; without a port, at the first free from 8000 on.

    Raises ServeError when there is none to have.
    """
    ports = range(DEFAULT_PORT, DEFAULT_PORT + _PORTS_TRIED) if port is None else (port,)
    family, address = _resolve(host)
    for candidate in ports:
        try:
            return socket.create_server((address, candidate), family=family, backlog=256)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise ServeError(_reason(error, host, candidate)) from error
    if port is None:
        message = f"the ports {ports[0]} to {ports[-1]} are all taken; choose one with --port"
    else:
        message = (
            f"port {port} is taken, perhaps by another preview; choose another with --port, "
            "or leave it out for the next that is free"
        )
    raise ServeError(message)


def address_of(listener: socket.socket, host: str) -> str:
    """The URL at which a browser on this machine finds the server, with a slash at its end."""
    port = listener.getsockname()[1]
    name = _WILDCARDS.get(host) or (f"[{host}]" if ":" in host else host)
    return f"http://{name}:{port}/"


def is_open_to_others(host: str) -> bool:
    """Whether a server at `host` can be reached from other machines."""
    return host != "localhost" and not ip_address(_resolve(host)[1].partition("%")[0]).is_loopback


def _resolve(host: str) -> tuple[socket.AddressFamily, str]:
    try:
        found = socket.getaddrinfo(host or None, None, type=socket.SOCK_STREAM,
                                   flags=socket.AI_PASSIVE)  # fmt: skip
    except (OSError, UnicodeError) as error:
        raise ServeError(f"there is no address '{host}' to listen at") from error
    family, *_, address = found[0]
    return family, str(address[0])


def _reason(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EACCES:
        return f"port {port} is reserved for the system; choose one above 1023 with --port"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"'{host}' is no address of this machine"
    return f"cannot listen at {host}, port {port}: {error.strerror or error}"
