"""What is stored as bytes: MessagePack, compressed above 2 KB, sealed. The first byte says which shape follows."""

from __future__ import annotations

import threading
from typing import TypeVar

import msgspec
import zstandard

from lpcontext.sealing import SealBroken, Sealer, get_sealer

# Raise when the model changes shape: older bytes are then forgotten and asked for again, which costs one refresh.
_SHAPE = 2
_PLAIN, _PACKED = bytes([_SHAPE, 0]), bytes([_SHAPE, 1])
_PACK_ABOVE = 2048
_MOST = 32 * 1024 * 1024

StoredKind = TypeVar("StoredKind")


class _Local(threading.local):
    """zstd contexts are not thread safe, and making one costs more than using it."""

    def __init__(self) -> None:
        self.pack = zstandard.ZstdCompressor(level=3)
        self.unpack = zstandard.ZstdDecompressor()


_local = _Local()


def encode_stored(stored: msgspec.Struct, *, sealer: Sealer, purpose: str) -> bytes:
    told = msgspec.msgpack.encode(stored)
    shaped = _PACKED + _local.pack.compress(told) if len(told) > _PACK_ABOVE else _PLAIN + told
    return sealer.seal(shaped, purpose=purpose)


def stored_form() -> bytes:
    """In which shape and by which key this process keeps things."""
    return bytes([_SHAPE]) + get_sealer().mark


def can_open_form(form: bytes) -> bool:
    return form[:1] == bytes([_SHAPE]) and get_sealer().knows(form[1:])


def decode_stored(
    sealed: bytes, *, sealer: Sealer, purpose: str, decoder: msgspec.msgpack.Decoder[StoredKind]
) -> StoredKind | None:
    """None when sealed by a key we no longer have, or in an older shape."""
    try:
        shaped = sealer.open(sealed, purpose=purpose)
        if shaped[:2] == _PACKED:
            return decoder.decode(_local.unpack.decompress(shaped[2:], max_output_size=_MOST))
        return decoder.decode(shaped[2:]) if shaped[:2] == _PLAIN else None
    except (SealBroken, msgspec.DecodeError, zstandard.ZstdError):
        return None
