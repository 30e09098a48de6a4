"""WSGI middleware in front of Django, which gets bodies whole and bounded, and its answers are handed over whole."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from typing import Any

from django.conf import settings

from lpcontext.intake.content_type import settle_content_type
from lpcontext.intake.reader import BodyReader
from lpcontext.intake.refusal_response import API, respond_refused
from lpcontext.intake.refusals import BodyRefused
from lpcontext.intake.thread_limit import ThreadLimit

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

_WITHOUT_BODY = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# A password takes a third of a second to check, right or wrong.
_SIGN_IN = frozenset({"/login/", "/admin/login/"})
# Operators' lists of marked rows, and what CRMs sign, are longer than any form of an agent.
_LONGER = (API, "/admin/", "/launch/")


class BodyMiddleware:
    """Sign-ins count against the limit `slow`, as waiting for a body does; beyond it, one is asked to come again."""

    def __init__(self, behind: Application, *, reader: BodyReader, slow: ThreadLimit) -> None:
        self._behind, self._reader, self._slow = behind, reader, slow

    @classmethod
    def of_four_threads(cls, behind: Application) -> BodyMiddleware:
        """As the server is started: one thread is always left to ticks, probes and pages."""
        slow = ThreadLimit(3)
        return cls(behind, reader=BodyReader(slow=slow), slow=slow)

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        if "CONTENT_TYPE" in environ:
            environ["CONTENT_TYPE"] = settle_content_type(environ["CONTENT_TYPE"])
        if environ["REQUEST_METHOD"] in _WITHOUT_BODY:
            _give_body(environ, b"")
            return _join(self._behind(environ, start))
        path = environ["PATH_INFO"]
        try:
            _give_body(environ, self._read(environ, path))
            with self._slow.hold() if path in _SIGN_IN else nullcontext():
                return _join(self._behind(environ, start))
        except BodyRefused as refused:
            return respond_refused(path, start, refused)

    def _read(self, environ: Environ, path: str) -> bytes:
        """Raises BodyRefused."""
        announced = environ.get("CONTENT_LENGTH") or None
        if announced is None and "HTTP_TRANSFER_ENCODING" not in environ:
            return b""
        return self._reader.read(
            environ["wsgi.input"],
            announced_bytes=None if announced is None else int(announced),  # the server refuses what is no number
            most_bytes=settings.API_BODY_BYTES if path.startswith(_LONGER) else settings.FORM_BODY_BYTES,
        )


def _give_body(environ: Environ, body: bytes) -> None:
    """Nobody behind reads from the connection, nor the body of a GET, which means nothing."""
    environ["wsgi.input"] = io.BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body))
    environ.pop("HTTP_TRANSFER_ENCODING", None)


def _join(answer: Iterable[bytes]) -> list[bytes]:
    """In pieces it would keep a thread of the server's for as long as a slow reader likes."""
    try:
        return [b"".join(answer)]
    finally:
        close = getattr(answer, "close", None)
        if close:
            close()
