"""An answer in pieces, for clients that count the silence between two bytes and forget to count the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from .messages import Drip

GZIP_HEAD: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
EMPTY_BLOCK: Final = b"\x00\x00\x00\xff\xff"
LAST_BLOCK: Final = b"\x01\x00\x00\xff\xff"
GZIP_TAIL: Final = bytes(8)  # checksum and length of nothing
LAST_CHUNK: Final = b"0\r\n\r\n"


def split_drip(drip: Drip, *, head: bytes, body: bytes, is_over: Callable[[], bool]) -> Iterator[bytes]:
    """What to send, with a pause between two; once it `is_over`, all that is left is one piece.

    A head and a body go byte by byte. `nothing` has no use for the body: its head must announce gzip in chunks.
    """
    match drip.part:
        case "head":
            yield from _split(head + body, upto=len(head), is_over=is_over)
        case "body":
            yield head
            yield from _split(body, upto=len(body), is_over=is_over)
        case "nothing":
            yield head
            yield from _encode_nothing(is_over)


def _split(whole: bytes, *, upto: int, is_over: Callable[[], bool]) -> Iterator[bytes]:
    place = 0
    while place < upto and not is_over():
        yield whole[place : place + 1]
        place += 1
    if place < len(whole):
        yield whole[place:]


def _encode_nothing(is_over: Callable[[], bool]) -> Iterator[bytes]:
    yield _chunk(GZIP_HEAD)
    while not is_over():
        yield _chunk(EMPTY_BLOCK)
    yield _chunk(LAST_BLOCK + GZIP_TAIL) + LAST_CHUNK


def _chunk(content: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(content), content)
