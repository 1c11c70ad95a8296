"""Connections on which answers go at once, and that are let go when nobody asks or reads.

uvicorn lets go of a connection that has been quiet since its last answer, but waits forever for a
request that has been begun, and for a reader who stands still.
"""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from uvicorn.protocols.http.h11_impl import H11Protocol

from notesite.server.guard import is_private

if TYPE_CHECKING:
    import asyncio

    from uvicorn.protocols.http.h11_impl import RequestResponseCycle

ASKING = 20.0
"""Seconds that a connection may take from its beginning, or the last answer, to a whole request."""
READING = 60.0
"""Seconds that a reader may stand still while more is to be sent."""


class Connection(H11Protocol):
    """A connection by HTTP/1.1, with an end."""

    _request_due: asyncio.TimerHandle | None = None
    _reading_due: asyncio.TimerHandle | None = None
    _asks_no_more = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """As asyncio calls it."""
        super().connection_made(transport)
        # The system would hold a body back until its head is known to have come: 40 milliseconds.
        # asyncio sees to it only where a socket names its protocol, which ours does not.
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._expect_request()

    def data_received(self, data: bytes) -> None:
        """As asyncio calls it; a byte now and then does not put the end off."""
        super().data_received(data)
        self._expect_request()

    def eof_received(self) -> bool:  # type: ignore[override]
        """As asyncio calls it: whoever has asked all may say so and still wants the answer.

        An answer without an end is given up: whoever goes away says no more than this, either.
        """
        self._asks_no_more = True
        return self._is_answering() and not is_private(self.scope["path"])

    def on_response_complete(self) -> None:
        """As uvicorn calls it."""
        super().on_response_complete()
        if self._asks_no_more and not self._is_answering():
            self.transport.close()
        self._expect_request()

    def pause_writing(self) -> None:
        """As asyncio calls it."""
        super().pause_writing()
        self._expect_reading()

    def resume_writing(self) -> None:
        """As asyncio calls it."""
        super().resume_writing()
        _cancel(self._reading_due)
        self._reading_due = None

    def connection_lost(self, exc: Exception | None) -> None:
        """As asyncio calls it."""
        _cancel(self._request_due)
        self._request_due = None
        _cancel(self._reading_due)
        self._reading_due = None
        super().connection_lost(exc)

    def _is_answering(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def _expect_request(self) -> None:
        if self._is_answering() or self.transport.is_closing():
            _cancel(self._request_due)
            self._request_due = None
        elif self._request_due is None:
            # Not `close`, which waits until everything is read.
            self._request_due = self.loop.call_later(ASKING, self.transport.abort)

    def _expect_reading(self, unread_before: int | None = None) -> None:
        unread = self.transport.get_write_buffer_size()
        if unread == unread_before:
            self.transport.abort()
        else:
            self._reading_due = self.loop.call_later(READING, self._expect_reading, unread)


def _cancel(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
