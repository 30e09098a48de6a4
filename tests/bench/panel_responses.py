"""One HTTP answer as a panel reads it: only what it needs, for it reads thousands a second."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from datetime import datetime

_WITHOUT_BODY = (204, 304)
_VERSION = re.compile(rb'data-version="([^"]*)"')
_NEXT = re.compile(rb'data-next="([^"]*)"')
_TOKEN = re.compile(  # as the page writes it, escaped or not
    rb'X-LPContext-Panel(?:&quot;|"): ?(?:&quot;|")([\w-]+)'
)
# The version stands in the body's first tag.
_FIRST_BYTES = 512


@dataclass(frozen=True, slots=True)
class Answer:
    """`next_ms` is None where ticking is over; `as_of_ms` is epoch ms."""

    status: int
    state: str
    as_of_ms: int | None
    next_ms: int | None
    body: bytes
    is_gzipped: bool

    @property
    def version(self) -> bytes:
        found = _VERSION.search(self._unpack(_FIRST_BYTES))
        return found[1] if found else b""

    def read_page(self) -> tuple[str, int | None, bytes]:
        return find_page_facts(self._unpack(0))

    def _unpack(self, most: int) -> bytes:
        return zlib.decompressobj(31).decompress(self.body, most) if self.is_gzipped else self.body


def find_page_facts(html: bytes) -> tuple[str, int | None, bytes]:
    """The token, the pause until the first tick (ms) and the version of a launched page; "" where there is no token."""
    token, pause, version = _TOKEN.search(html), _NEXT.search(html), _VERSION.search(html)
    next_ms = pause[1] if pause else b""
    return token[1].decode() if token else "", int(next_ms) if next_ms else None, version[1] if version else b""


def read_answer(received: bytes) -> Answer | None:
    """None while something is missing. Raises ValueError for what is no answer of known length."""
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = received[: end + 2].lower()
    status = int(head[9:12])
    if status in _WITHOUT_BODY:
        body = b""
    else:
        body = received[end + 4 :]
        if len(body) < int(_find(head, b"content-length")):
            return None
    as_of, pause = _find(head, b"x-lpcontext-as-of"), _find(head, b"x-lpcontext-next")
    return Answer(
        status=status,
        state=_find(head, b"x-lpcontext-state").decode(),
        as_of_ms=int(datetime.fromisoformat(as_of.decode().upper()).timestamp() * 1000) if as_of else None,
        next_ms=int(pause) if pause else None,
        body=body,
        is_gzipped=b"\r\ncontent-encoding: gzip" in head,
    )


def _find(head: bytes, name: bytes) -> bytes:
    mark = b"\r\n" + name + b": "
    start = head.find(mark)
    return head[start + len(mark) : head.find(b"\r\n", start + len(mark))] if start >= 0 else b""
