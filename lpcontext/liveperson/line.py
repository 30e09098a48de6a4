"""One service on the line: a question goes out, an answer comes back whole, or a named error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Literal

import requests
from requests.adapters import BaseAdapter
from requests.auth import AuthBase
from urllib3 import BaseHTTPResponse

from lpcontext.liveperson.errors import ConnectionFailed, LivePersonError, TimedOut, UnreadableAnswer
from lpcontext.liveperson.reasons import Reason
from lpcontext.liveperson.sessions import open_session
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
    """The way to one service of one account, kept open between calls. Safe to share between threads."""

    def __init__(
        self, service: str, *, wire: Wire, clock: Callable[[], float], adapter: BaseAdapter | None = None
    ) -> None:
        self.service = service
        self._wire = wire
        self._clock = clock
        self._session = open_session(wire, adapter=adapter)

    def ask(self, question: Question, *, auth: AuthBase | None = None) -> Answer:
        """Ask once; a GET whose connection was dropped unanswered is asked again, signed anew.

        A server may close an idle connection in the moment we write to it; the next one is fresh.
        Raises LivePersonError.
        """
        try:
            return self._ask_once(question, auth)
        except ConnectionFailed as dropped:
            if question.method != "GET" or dropped.reason is not Reason.CONNECTION_DROPPED:
                raise
        return self._ask_once(question, auth)

    def close(self) -> None:
        self._session.close()

    def _ask_once(self, question: Question, auth: AuthBase | None) -> Answer:
        try:
            return self._exchange(question, auth)
        except LIBRARY_ERRORS as error:
            failure = translate_error(error, operation=question.operation, service=self.service)
        # Raised outside, so that no chain leads back to the library's text.
        raise failure

    def _exchange(self, question: Question, auth: AuthBase | None) -> Answer:
        deadline = self._clock() + self._wire.answer_seconds + 2 * self._wire.connect_seconds
        with self._session.request(
            question.method,
            question.url,
            json=question.json,
            headers=question.headers,
            auth=auth,
            timeout=(self._wire.connect_seconds, self._wire.read_seconds),
            allow_redirects=False,
            stream=True,
        ) as response:
            return Answer(
                operation=question.operation,
                service=self.service,
                status=response.status_code,
                at=self._clock(),
                body=self._read_body(response, question, deadline),
                retry_after=response.headers.get("Retry-After"),
                www_authenticate=response.headers.get("WWW-Authenticate", ""),
                location=response.headers.get("Location", ""),
                content_type=response.headers.get("Content-Type", ""),
                cookies=_read_cookies(response),
            )

    def _read_body(self, response: requests.Response, question: Question, deadline: float) -> bytes:
        """Piece by piece as they come, so that neither a flood nor a drip holds the worker."""
        raw: BaseHTTPResponse = response.raw
        body = bytearray()
        while piece := raw.read1(_PIECE, decode_content=True):
            body += piece
            if len(body) > _LARGEST_BODY:
                raise self._trouble(UnreadableAnswer, question, response, Reason.TOO_LARGE)
            if self._clock() > deadline:
                raise self._trouble(TimedOut, question, response, Reason.TIMED_OUT)
        return bytes(body)

    def _trouble(
        self, kind: type[LivePersonError], question: Question, response: requests.Response, reason: Reason
    ) -> LivePersonError:
        return kind(operation=question.operation, service=self.service, status=response.status_code, reason=reason)


def _read_cookies(response: requests.Response) -> dict[str, str]:
    """Read from the headers themselves: a cookie jar would judge their domain, and drop the ones of a loopback host."""
    headers = getattr(response.raw, "headers", None)
    found: dict[str, str] = {}
    for line in headers.getlist("Set-Cookie") if headers is not None else ():
        try:
            found.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
        except CookieError:
            continue
    return found
