"""The end of a call: no wait on its connection, to be made or to be read, goes beyond it.

The libraries know only the longest silence, and a server that drips is never silent: one byte of a header every few
seconds, or gzip that decodes to nothing, would hold the worker for ever. So each wait is cut to what is left.
"""

from __future__ import annotations

import io
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from http.client import HTTPResponse
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util.connection import allowed_gai_family, create_connection


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """One call's. `clock` is monotonic, `ends_at` a moment of it; lengths are seconds."""

    ends_at: float
    connect_seconds: float
    silence_seconds: float
    clock: Callable[[], float]

    def to_connect(self) -> float:
        """The longest wait allowed now. Raises TimeoutError when the call has reached its end."""
        return min(self._left(), self.connect_seconds)

    def to_read(self) -> float:
        """As above, for the next bytes."""
        return min(self._left(), self.silence_seconds)

    def _left(self) -> float:
        left = self.ends_at - self.clock()
        if left <= 0:
            raise TimeoutError("the call has reached its end")
        return left


# The libraries hand no object of ours down to a socket; a call stays in its thread from the first byte to the last.
_running: ContextVar[TimeLimit] = ContextVar("running")


@contextmanager
def limited(limit: TimeLimit) -> Iterator[None]:
    """Whatever is asked and read inside ends by `limit`. Only looking a name up cannot be interrupted."""
    before = _running.set(limit)
    try:
        yield
    finally:
        _running.reset(before)


class _LimitedReader(io.RawIOBase):
    """Reads the socket beneath a response, never for longer than its call may last."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, limit: TimeLimit) -> None:
        super().__init__()
        self._raw = raw
        self._sock = sock
        self._limit = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(self._limit.to_read())
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _LimitedResponse(HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self.fp = io.BufferedReader(_LimitedReader(self.fp.detach(), sock, _running.get()))


class _LimitedConnection(HTTPConnection):
    response_class = _LimitedResponse

    def _new_conn(self) -> socket.socket:
        """As urllib3's, but that all the addresses of a name together end by the limit."""
        try:
            return self._reach_one()
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, "no connection in time") from error
        except (OSError, UnicodeError) as error:
            raise NewConnectionError(self, "no connection") from error

    def _reach_one(self) -> socket.socket:
        trouble, limit = OSError("the name has no address"), _running.get()
        found = socket.getaddrinfo(self._dns_host, self.port, allowed_gai_family(), socket.SOCK_STREAM)
        for *_, address in found:
            self.timeout = limit.to_connect()
            try:
                return create_connection((str(address[0]), self.port), self.timeout, socket_options=self.socket_options)
            except OSError as error:
                trouble = error
        raise trouble


class _LimitedTlsConnection(_LimitedConnection, HTTPSConnection):
    pass


class _LimitedPool(HTTPConnectionPool):
    ConnectionCls = _LimitedConnection


class _LimitedTlsPool(HTTPSConnectionPool):
    ConnectionCls = _LimitedTlsConnection


LIMITED_POOLS: dict[str, type[HTTPConnectionPool]] = {"http": _LimitedPool, "https": _LimitedTlsPool}
