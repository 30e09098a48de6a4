"""Where snapshots are kept: one Redis hash per subject.

`m` its status, `v` what LivePerson told, sealed, `n` a worker's notes, `k` its key, sealed,
`b:<viewer>` bodies. It lives 15 minutes after the last look, and 6 hours at most: longer than that
LivePerson itself forgets (contract 4.3).
"""

from __future__ import annotations

from functools import cache
from typing import TypeVar, cast

import msgspec

from lpcontext.sealing import SealBroken, get_sealer
from lpcontext.snapshots.codec import decode_stored, encode_stored
from lpcontext.snapshots.memory import PREFIX, reaching_memory
from lpcontext.snapshots.model import Notes, SubjectStatus
from lpcontext.subjects import ChatKey, Subject, VisitKey

KEEP_MS = 15 * 60 * 1000
KEEP_AT_MOST_MS = 6 * 3600 * 1000

StoredKind = TypeVar("StoredKind", bound=msgspec.Struct)

_status_decoder = msgspec.msgpack.Decoder(SubjectStatus)
_notes_decoder = msgspec.msgpack.Decoder(Notes)
_key_decoder: msgspec.msgpack.Decoder[Subject] = msgspec.msgpack.Decoder(VisitKey | ChatKey)


def place_of(name: str) -> str:
    return f"{PREFIX}s:{name}"


def find_status(name: str) -> SubjectStatus | None:
    """Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        return decode_status(cast("bytes | None", memory.hget(place_of(name), "m")))


def find_stored(name: str, kind: type[StoredKind]) -> tuple[SubjectStatus, StoredKind | None] | None:
    """Status and what is kept, from one reading; None for a subject nobody looked at. Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        told, sealed = cast("list[bytes | None]", memory.hmget(place_of(name), ["m", "v"]))
    status = decode_status(told)
    return None if status is None else (status, open_stored(name, sealed, kind))


def find_key(name: str) -> Subject | None:
    """Which subject it is; None where nothing is kept of it. Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        sealed = cast("bytes | None", memory.hget(place_of(name), "k"))
    return open_key(name, sealed) if sealed else None


def forget_subject(name: str) -> None:
    """Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        memory.delete(place_of(name))


def encode_status(status: SubjectStatus) -> bytes:
    return msgspec.msgpack.encode(status)


def decode_status(told: bytes | None) -> SubjectStatus | None:
    """None for nothing, and for what another version of us may have kept."""
    try:
        return _status_decoder.decode(told) if told else None
    except msgspec.DecodeError:
        return None


def encode_notes(notes: Notes) -> bytes:
    return msgspec.msgpack.encode(notes)


def decode_notes(told: bytes | None) -> Notes:
    try:
        return _notes_decoder.decode(told) if told else Notes()
    except msgspec.DecodeError:
        return Notes()


def seal_stored(name: str, stored: msgspec.Struct) -> bytes:
    return encode_stored(stored, sealer=get_sealer(), purpose=f"stored:{name}")


def open_stored(name: str, sealed: bytes | None, kind: type[StoredKind]) -> StoredKind | None:
    """None for nothing, and for what is sealed by a key we do not have or in an older shape."""
    if not sealed:
        return None
    return decode_stored(sealed, sealer=get_sealer(), purpose=f"stored:{name}", decoder=_stored_decoder(kind))


def seal_key(name: str, subject: Subject) -> bytes:
    return get_sealer().seal(msgspec.msgpack.encode(subject), purpose=f"key:{name}")


def open_key(name: str, sealed: bytes) -> Subject | None:
    try:
        return _key_decoder.decode(get_sealer().open(sealed, purpose=f"key:{name}"))
    except (SealBroken, msgspec.DecodeError):
        return None


@cache
def _stored_decoder(kind: type[StoredKind]) -> msgspec.msgpack.Decoder[StoredKind]:
    return msgspec.msgpack.Decoder(kind)
