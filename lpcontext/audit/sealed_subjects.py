"""The ids of a subject, sealed for the audit alone, each for its own record."""

from __future__ import annotations

import msgspec

from lpcontext.sealing import Sealer
from lpcontext.subjects import Subject

_decoder = msgspec.msgpack.Decoder(Subject)


def seal_subject(subject: Subject, *, record_id: str, sealer: Sealer) -> bytes:
    return sealer.seal(msgspec.msgpack.encode(subject), purpose=_purpose(record_id))


def open_subject(sealed: bytes, *, record_id: str, sealer: Sealer) -> Subject:
    """Raises SealBroken."""
    subject: Subject = _decoder.decode(sealer.open(sealed, purpose=_purpose(record_id)))
    return subject


def _purpose(record_id: str) -> str:
    return f"audit.subject:{record_id}"
