"""One service of LivePerson: a request goes out, a response comes back whole, or a named error."""

from __future__ import annotations

import time
from collections.abc import Callable

import requests
from requests import PreparedRequest
from requests.adapters import BaseAdapter
from requests.auth import AuthBase
from requests.structures import CaseInsensitiveDict
from urllib3 import BaseHTTPResponse

from lpcontext.liveperson.errors import ConnectionFailed, UnreadableResponse
from lpcontext.liveperson.http.config import HttpConfig
from lpcontext.liveperson.http.connection_pool import PooledAdapter, usual_headers
from lpcontext.liveperson.http.cookies import read_cookies
from lpcontext.liveperson.http.library_errors import LIBRARY_ERRORS, translate_error
from lpcontext.liveperson.http.messages import Request, Response
from lpcontext.liveperson.http.time_limit import TimeLimit, limited
from lpcontext.liveperson.reasons import Reason

# The largest visit we have seen (500 pages, 2,000 events) is below 2 MiB.
_LARGEST_BODY = 8 * 1024 * 1024
_PIECE = 64 * 1024


class Connection:
    """The way to one service of one account, kept open between calls. Safe to share between threads.

    `clock` tells epoch seconds, `monotonic` measures how long a call takes.
    """

    def __init__(
        self,
        service: str,
        *,
        config: HttpConfig,
        clock: Callable[[], float],
        monotonic: Callable[[], float] = time.monotonic,
        adapter: BaseAdapter | None = None,
    ) -> None:
        self.service = service
        self._config = config
        self._clock = clock
        self._monotonic = monotonic
        self._adapter = adapter or PooledAdapter(pool_size=config.pool_size)

    def send(self, request: Request, *, auth: AuthBase | None = None) -> Response:
        """Send once; a GET whose connection was dropped unanswered is sent again, signed anew, within the same limit.

        A server may close an idle connection in the moment we write to it; the next one is fresh.
        Raises LivePersonError.
        """
        limit = self._begin()
        try:
            return self._send_once(request, auth, limit)
        except ConnectionFailed as dropped:
            if request.method != "GET" or dropped.reason is not Reason.CONNECTION_DROPPED:
                raise
        return self._send_once(request, auth, limit)

    def close(self) -> None:
        self._adapter.close()

    def _begin(self) -> TimeLimit:
        config, now = self._config, self._monotonic()
        return TimeLimit(
            ends_at=now + config.answer_seconds,
            connect_seconds=config.connect_seconds,
            silence_seconds=config.read_seconds,
            clock=self._monotonic,
        )

    def _send_once(self, request: Request, auth: AuthBase | None, limit: TimeLimit) -> Response:
        try:
            with limited(limit):
                return self._exchange(request, auth)
        except LIBRARY_ERRORS as error:
            failure = translate_error(error, operation=request.operation, service=self.service)
        # Raised outside, so that no chain leads back to the library's text.
        raise failure

    def _exchange(self, request: Request, auth: AuthBase | None) -> Response:
        with self._transmit(_prepare(request, auth)) as answered:
            raw: BaseHTTPResponse = answered.raw
            body = self._read_body(raw, request)
            headers = raw.headers
            return Response(
                operation=request.operation,
                service=self.service,
                status=raw.status,
                at=self._clock(),
                body=body,
                retry_after=headers.get("Retry-After"),
                www_authenticate=headers.get("WWW-Authenticate", ""),
                location=headers.get("Location", ""),
                content_type=headers.get("Content-Type", ""),
                cookies=read_cookies(headers.getlist("Set-Cookie")),
            )

    def _transmit(self, prepared: PreparedRequest) -> requests.Response:
        return self._adapter.send(
            prepared,
            stream=True,
            timeout=(self._config.connect_seconds, self._config.read_seconds),
            verify=self._config.ca_bundle,
            proxies=self._config.proxies,
        )

    def _read_body(self, raw: BaseHTTPResponse, request: Request) -> bytes:
        """Piece by piece as they come, so that a flood is not read to its end."""
        body = bytearray()
        while piece := raw.read1(_PIECE, decode_content=True):
            body += piece
            if len(body) > _LARGEST_BODY:
                raise UnreadableResponse(
                    operation=request.operation, service=self.service, status=raw.status, reason=Reason.TOO_LARGE
                )
        return bytes(body)


def _prepare(request: Request, auth: AuthBase | None) -> PreparedRequest:
    """By hand: the address is whole and encoded, and requests would take it apart and put it together again."""
    prepared = PreparedRequest()
    prepared.method = request.method
    prepared.url = request.url
    prepared.headers = CaseInsensitiveDict({**usual_headers(), **request.headers})
    if request.json is not None:
        prepared.prepare_body(None, None, json=request.json)
    return auth(prepared) if auth is not None else prepared
