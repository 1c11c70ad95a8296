"""Connections answer at once, and end when nobody uses them, whatever has come by then."""

from __future__ import annotations

import asyncio
import socket
import time
from contextlib import suppress
from statistics import median
from typing import TYPE_CHECKING

import pytest
import uvicorn

from notesite.server import connections
from notesite.server.connections import Connection

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.types import Receive, Scope, Send

    Client = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

REQUEST = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
SOON = 0.3
PATIENCE = 10
DELAY = 0.03
"""Seconds, of the 0.04 for which a system may wait for more to send."""


@pytest.fixture(autouse=True)
def _soon(monkeypatch):
    monkeypatch.setattr(connections, "ASKING", SOON)
    monkeypatch.setattr(connections, "READING", SOON)


async def _large(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(100):
        await send({"type": "http.response.body", "body": b"x" * 1_000_000, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _slow(scope: Scope, receive: Receive, send: Send) -> None:
    await asyncio.sleep(3 * SOON)
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def _with(app, client: Client) -> None:
    """Let a client talk to an application through a server, and expect no connection after it."""

    async def run() -> None:
        config = uvicorn.Config(app, http=Connection, lifespan="off", log_config=None)
        server = uvicorn.Server(config)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            task = asyncio.create_task(server.serve(sockets=[listener]))
            port = listener.getsockname()[1]
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 16)
            await asyncio.wait_for(client(reader, writer), PATIENCE)
            while server.server_state.connections:
                await asyncio.sleep(0.02)
            writer.close()
            server.should_exit = True
            await task

    asyncio.run(asyncio.wait_for(run(), 2 * PATIENCE))


async def _gone(reader: asyncio.StreamReader) -> int:
    """How many bytes still come until the server lets go."""
    found = 0
    with suppress(ConnectionResetError):
        while more := await reader.read(1 << 20):
            found += len(more)
    return found


@pytest.mark.parametrize(
    "begun",
    [b"", b"GET / HT", REQUEST[:-2], b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc"],
)
def test_whoever_never_finishes_asking_is_let_go(begun):
    async def client(reader, writer):
        writer.write(begun)
        await _gone(reader)

    _with(_slow, client)


def test_a_byte_now_and_then_does_not_put_it_off(monkeypatch):
    async def client(reader, writer):
        for _ in range(PATIENCE * 20):
            if writer.is_closing():
                return
            writer.write(b"G")
            await asyncio.sleep(0.05)
            if reader.at_eof():
                return
        pytest.fail("it was never let go")

    _with(_slow, client)


def test_the_second_request_has_its_time_too():
    async def client(reader, writer):
        writer.write(REQUEST)
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 204")
        writer.write(REQUEST[:9])
        assert await _gone(reader) == 0

    _with(_slow, client)


def test_whoever_has_asked_may_wait_for_the_answer():
    async def client(reader, writer):
        for _ in range(2):
            writer.write(REQUEST)
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 204")
        await _gone(reader)

    _with(_slow, client)


def test_answers_to_later_requests_go_at_once_too():
    async def client(reader, writer):
        took = []
        for _ in range(20):
            start = time.monotonic()
            writer.write(REQUEST)
            await reader.readuntil(b"0\r\n\r\n")
            took.append(time.monotonic() - start)
        assert median(took) < DELAY

    async def in_two_parts(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"x", "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    _with(in_two_parts, client)


def test_a_reader_who_stands_still_is_let_go():
    async def client(reader, writer):
        writer.write(REQUEST)
        await asyncio.sleep(4 * SOON)
        assert await _gone(reader) < 100_000_000

    _with(_large, client)


def test_a_reader_who_reads_gets_all():
    async def client(reader, writer):
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert await _gone(reader) > 100_000_000

    _with(_large, client)
