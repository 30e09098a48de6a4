"""One service on the line: a question goes out, an answer comes back whole, or a named error."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter
from requests.auth import AuthBase
from requests.structures import CaseInsensitiveDict
from urllib3 import BaseHTTPResponse

from lpcontext.liveperson.connections import KeptConnections, usual_headers
from lpcontext.liveperson.cookies import read_cookies
from lpcontext.liveperson.errors import ConnectionFailed, UnreadableAnswer
from lpcontext.liveperson.reasons import Reason
from lpcontext.liveperson.time_limit import TimeLimit, limited
from lpcontext.liveperson.translating import LIBRARY_ERRORS, translate_error
from lpcontext.liveperson.wire import Wire

# The largest visit we have seen (500 pages, 2,000 events) is below 2 MiB.
_LARGEST_BODY = 8 * 1024 * 1024
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. Ids and secrets stay out of its repr, and so out of tracebacks."""

    operation: str
    method: Literal["GET", "POST"]
    url: str = field(repr=False)
    json: Mapping[str, str] | None = field(default=None, repr=False)
    cookie: str | None = field(default=None, repr=False)
    content_type: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        named = {"Cookie": self.cookie, "Content-Type": self.content_type}
        return {name: text for name, text in named.items() if text}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole and decompressed, of whatever status. `at` is epoch seconds."""

    operation: str
    service: str
    status: int
    at: float
    body: bytes = field(repr=False)
    retry_after: str | None = None
    www_authenticate: str = field(default="", repr=False)
    location: str = field(default="", repr=False)
    content_type: str = ""
    cookies: Mapping[str, str] = field(default_factory=dict, repr=False)


class Line:
    """The way to one service of one account, kept open between calls. Safe to share between threads.

    `clock` tells epoch seconds, `monotonic` measures how long a call takes.
    """

    def __init__(
        self,
        service: str,
        *,
        wire: Wire,
        clock: Callable[[], float],
        monotonic: Callable[[], float] = time.monotonic,
        adapter: BaseAdapter | None = None,
    ) -> None:
        self.service = service
        self._wire = wire
        self._clock = clock
        self._monotonic = monotonic
        self._carrier = adapter or KeptConnections(pool_size=wire.pool_size)

    def ask(self, question: Question, *, auth: AuthBase | None = None) -> Answer:
        """Ask once; a GET whose connection was dropped unanswered is asked again, signed anew, within the same limit.

        A server may close an idle connection in the moment we write to it; the next one is fresh.
        Raises LivePersonError.
        """
        limit = self._begin()
        try:
            return self._ask_once(question, auth, limit)
        except ConnectionFailed as dropped:
            if question.method != "GET" or dropped.reason is not Reason.CONNECTION_DROPPED:
                raise
        return self._ask_once(question, auth, limit)

    def close(self) -> None:
        self._carrier.close()

    def _begin(self) -> TimeLimit:
        wire, now = self._wire, self._monotonic()
        return TimeLimit(
            ends_at=now + wire.answer_seconds,
            connect_seconds=wire.connect_seconds,
            silence_seconds=wire.read_seconds,
            clock=self._monotonic,
        )

    def _ask_once(self, question: Question, auth: AuthBase | None, limit: TimeLimit) -> Answer:
        try:
            with limited(limit):
                return self._exchange(question, auth)
        except LIBRARY_ERRORS as error:
            failure = translate_error(error, operation=question.operation, service=self.service)
        # Raised outside, so that no chain leads back to the library's text.
        raise failure

    def _exchange(self, question: Question, auth: AuthBase | None) -> Answer:
        with self._send(_prepare(question, auth)) as response:
            raw: BaseHTTPResponse = response.raw
            body = self._read_body(raw, question)
            headers = raw.headers
            return Answer(
                operation=question.operation,
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

    def _send(self, request: PreparedRequest) -> Response:
        return self._carrier.send(
            request,
            stream=True,
            timeout=(self._wire.connect_seconds, self._wire.read_seconds),
            verify=self._wire.ca_bundle,
            proxies=self._wire.proxies,
        )

    def _read_body(self, raw: BaseHTTPResponse, question: Question) -> bytes:
        """Piece by piece as they come, so that a flood is not read to its end."""
        body = bytearray()
        while piece := raw.read1(_PIECE, decode_content=True):
            body += piece
            if len(body) > _LARGEST_BODY:
                raise UnreadableAnswer(
                    operation=question.operation, service=self.service, status=raw.status, reason=Reason.TOO_LARGE
                )
        return bytes(body)


def _prepare(question: Question, auth: AuthBase | None) -> PreparedRequest:
    """By hand: the address is whole and encoded, and requests would take it apart and put it together again."""
    request = PreparedRequest()
    request.method = question.method
    request.url = question.url
    request.headers = CaseInsensitiveDict({**usual_headers(), **question.headers})
    if question.json is not None:
        request.prepare_body(None, None, json=question.json)
    return auth(request) if auth is not None else request
