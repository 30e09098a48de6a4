"""What is kept as bytes: MessagePack, and sealed where it names or shows somebody.

What LivePerson answered is compressed above 2 KB as well; its first byte says which shape follows.
"""

from __future__ import annotations

import threading
from typing import Any, TypeVar

import msgspec
import zstandard

from lpcontext.sealing import SealBroken, get_sealer
from lpcontext.snapshots.chat_snapshot import StoredChat
from lpcontext.snapshots.model import LastAnswer, SubjectStatus
from lpcontext.snapshots.visit_snapshot import StoredVisit
from lpcontext.subjects import Subject

# Raise when a field of the model moves or goes (a new one that comes last may stay): older bytes are then forgotten and
# asked for again, which costs one refresh. tests/snapshots/kept_layout.json has the fields as they were.
_SHAPE = 2
_PLAIN, _PACKED = bytes([_SHAPE, 0]), bytes([_SHAPE, 1])
_PACK_ABOVE = 2048
_MOST = 32 * 1024 * 1024
_ACCOUNT_PURPOSE = "account-of-queue"

StoredKind = TypeVar("StoredKind", bound=msgspec.Struct)

# Made while this is imported: two threads that are the first to decode a type crash msgspec 0.22, and the server.
_status_decoder = msgspec.msgpack.Decoder(SubjectStatus)
_last_answer_decoder = msgspec.msgpack.Decoder(LastAnswer)
_key_decoder: msgspec.msgpack.Decoder[Subject] = msgspec.msgpack.Decoder(Subject)
_account_decoder = msgspec.msgpack.Decoder(str)
_stored_decoders: dict[type[msgspec.Struct], msgspec.msgpack.Decoder[Any]] = {
    StoredVisit: msgspec.msgpack.Decoder(StoredVisit),
    StoredChat: msgspec.msgpack.Decoder(StoredChat),
}


class _Local(threading.local):
    """zstd contexts are not thread safe, and making one costs more than using it."""

    def __init__(self) -> None:
        self.pack = zstandard.ZstdCompressor(level=3)
        self.unpack = zstandard.ZstdDecompressor()


_local = _Local()


def encode_status(status: SubjectStatus) -> bytes:
    return msgspec.msgpack.encode(status)


def decode_status(encoded: bytes | None) -> SubjectStatus | None:
    """None for nothing, and for what another version of us may have kept."""
    try:
        return _status_decoder.decode(encoded) if encoded else None
    except msgspec.DecodeError:
        return None


def encode_last_answer(last_answer: LastAnswer) -> bytes:
    return msgspec.msgpack.encode(last_answer)


def decode_last_answer(encoded: bytes | None) -> LastAnswer:
    """An empty one for nothing, and for what another version of us may have kept: the next answer is read anew."""
    try:
        return _last_answer_decoder.decode(encoded) if encoded else LastAnswer()
    except msgspec.DecodeError:
        return LastAnswer()


def seal_stored(name: str, stored: msgspec.Struct) -> bytes:
    """For the subject of this name alone: under another name it cannot be opened."""
    encoded = msgspec.msgpack.encode(stored)
    shaped = _PACKED + _local.pack.compress(encoded) if len(encoded) > _PACK_ABOVE else _PLAIN + encoded
    return get_sealer().seal(shaped, purpose=f"stored:{name}")


def open_stored(name: str, sealed: bytes | None, kind: type[StoredKind]) -> StoredKind | None:
    """None for nothing, and for what is sealed by a key we do not have or in an older shape."""
    if not sealed:
        return None
    decoder: msgspec.msgpack.Decoder[StoredKind] = _stored_decoders[kind]
    try:
        shaped = get_sealer().open(sealed, purpose=f"stored:{name}")
        if shaped[:2] == _PACKED:
            return decoder.decode(_local.unpack.decompress(shaped[2:], max_output_size=_MOST))
        return decoder.decode(shaped[2:]) if shaped[:2] == _PLAIN else None
    except (SealBroken, msgspec.DecodeError, zstandard.ZstdError):
        return None


def stored_form() -> bytes:
    """In which shape and by which key this process keeps things."""
    return bytes([_SHAPE]) + get_sealer().mark


def can_open_form(form: bytes) -> bool:
    """Whether what was kept in this form (`stored_form`) can be opened here."""
    return form[:1] == bytes([_SHAPE]) and get_sealer().knows(form[1:])


def seal_key(name: str, subject: Subject) -> bytes:
    return get_sealer().seal(msgspec.msgpack.encode(subject), purpose=f"key:{name}")


def open_key(name: str, sealed: bytes) -> Subject | None:
    """None for what is sealed by a key we do not have, and for a kind of subject we do not know."""
    try:
        return _key_decoder.decode(get_sealer().open(sealed, purpose=f"key:{name}"))
    except (SealBroken, msgspec.DecodeError):
        return None


def seal_account(account_id: str) -> bytes:
    return get_sealer().seal(msgspec.msgpack.encode(account_id), purpose=_ACCOUNT_PURPOSE)


def open_account(sealed: bytes) -> str:
    """Raises SealBroken."""
    return _account_decoder.decode(get_sealer().open(sealed, purpose=_ACCOUNT_PURPOSE))
