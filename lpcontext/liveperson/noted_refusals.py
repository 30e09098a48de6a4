"""A refusal, kept on the shelf so that every worker respects it for a while."""

from __future__ import annotations

import json
from typing import TypeAlias

from lpcontext.liveperson.envelopes import decode_json
from lpcontext.liveperson.errors import Refused
from lpcontext.liveperson.reasons import Reason

# status, code and reason, as the error had them
NotedRefusal: TypeAlias = tuple[int | None, int | None, Reason]

_REASONS: dict[str, Reason] = {reason.value: reason for reason in Reason}


def write_refusal(refusal: Refused, *, fingerprint: str) -> bytes:
    """`fingerprint` is that of the credentials it was told to."""
    return json.dumps([fingerprint, refusal.status, refusal.code, refusal.reason]).encode()


def read_refusal(kept: bytes | None, *, fingerprint: str) -> NotedRefusal | None:
    """Back from bytes; None for one told to other credentials, and for what another version of us may have kept."""
    match decode_json(kept) if kept else None:
        case [str(whose), int() | None as status, int() | None as code, str(word)] if (
            whose == fingerprint and word in _REASONS
        ):
            return status, code, _REASONS[word]
        case _:
            return None
