"""The path somebody asked for before signing in, sealed: it holds ids, and addresses are logged."""

from __future__ import annotations

import msgspec

from lpcontext.sealing import SealBroken, get_sealer

# In the address and in the form.
FIELD = "wish"
_PURPOSE = "sign-in-wish"
_KEEP_MS = 3_600_000
_MOST = 4096
_LONGEST_PATH = 2000


class _NextPath(msgspec.Struct, frozen=True, array_like=True):
    path: str
    expires_ms: int


_decoder = msgspec.msgpack.Decoder(_NextPath)


def seal_next_path(path: str, *, now_ms: int) -> str:
    """Good for an hour; empty for a path longer than any of ours."""
    if len(path) > _LONGEST_PATH:
        return ""
    next_path = _NextPath(path, now_ms + _KEEP_MS)
    return get_sealer().seal_text(msgspec.msgpack.encode(next_path), purpose=_PURPOSE)


def open_next_path(text: str, *, now_ms: int) -> str:
    """The path; empty where it is not ours or too old, which costs no more than a click."""
    if not text or len(text) > _MOST:
        return ""
    try:
        next_path = _decoder.decode(get_sealer().open_text(text, purpose=_PURPOSE))
    except (SealBroken, msgspec.DecodeError):
        return ""
    return next_path.path if now_ms < next_path.expires_ms else ""
