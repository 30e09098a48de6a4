"""HTTP/1.1 heads: a request's read, a response's written. The target stays as it was sent."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus
from typing import Final

from .messages import Headers, Response

END_OF_HEAD: Final = b"\r\n\r\n"
METHODS: Final = ("GET", "POST", "PUT", "DELETE", "HEAD", "PATCH")
CLOSE: Final = "Connection: close\r\n"


class UnusableRequest(Exception):
    """The request cannot be answered by anybody; `status` says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestHead:
    """A request without its body. `length` is the body's, None where it cannot be known."""

    method: str
    target: str
    headers: Headers
    keeps_open: bool
    length: int | None


def read_head(raw: bytes) -> RequestHead:
    """The head, without the empty line that ends it. Raises UnusableRequest."""
    first, *lines = raw.decode("latin-1").lstrip("\r\n").split("\r\n")
    words = first.split(" ")
    if len(words) != 3 or not words[1] or words[2] not in ("HTTP/1.1", "HTTP/1.0"):
        raise UnusableRequest(400)
    method, target, version = words
    if method not in METHODS:
        raise UnusableRequest(501)
    values: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not name or name != name.strip():
            raise UnusableRequest(400)
        values.setdefault(name.lower(), value.strip(" \t"))
    connection = values.get("connection", "").lower()
    return RequestHead(
        method=method,
        target=target,
        headers=Headers(values),
        keeps_open=connection == "keep-alive" if version == "HTTP/1.0" else connection != "close",
        length=_read_length(values),
    )


def write_head(response: Response, *, moment: int, length: int | None, keeps_open: bool) -> bytes:
    """The head with the empty line that ends it; `moment` in seconds since 1970, a `length` of None means chunks."""
    extent = "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"
    more = "".join(f"{name}: {value}\r\n" for name, value in response.headers)
    return (
        f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}\r\n"
        f"Server: lpcontext-emulator\r\nDate: {_write_date(moment)}\r\n"
        f"Content-Type: {response.content_type}\r\n{extent}\r\n{more}{'' if keeps_open else CLOSE}\r\n"
    ).encode("latin-1")


def _read_length(values: dict[str, str]) -> int | None:
    length = values.get("content-length", "0")
    if "transfer-encoding" in values or not (length.isascii() and length.isdigit()) or len(length) > 18:
        return None
    return int(length)


@lru_cache(maxsize=1)
def _write_date(moment: int) -> str:
    return formatdate(moment, usegmt=True)
