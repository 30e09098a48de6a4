"""Rendered bodies: made once per version and viewer class, kept sealed and gzipped beside the snapshot."""

from __future__ import annotations

from typing import cast

from lpcontext.sealing import SealBroken, get_sealer
from lpcontext.snapshots.memory import PREFIX, reaching_memory, run_script
from lpcontext.snapshots.naming import subject_key

_VERSION = 16
# A body is kept beside its snapshot, never without: alone it would have no end.
_KEEP = "if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) end return 1"


def find_body(name: str, *, version: str, viewer: str) -> bytes | None:
    """The gzipped body of exactly this version, if somebody rendered it. Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        kept = cast("bytes | None", memory.hget(PREFIX + subject_key(name), f"b:{viewer}"))
    if not kept or kept[:_VERSION] != version.encode():
        return None
    try:
        return get_sealer().open(kept[_VERSION:], purpose=_purpose(name, version, viewer))
    except SealBroken:
        return None


def keep_body(name: str, body: bytes, *, version: str, viewer: str) -> None:
    """Raises MemoryUnavailable. `body` is gzipped HTML; the older version's is replaced."""
    sealed = get_sealer().seal(body, purpose=_purpose(name, version, viewer))
    run_script(_KEEP, keys=[subject_key(name)], args=[f"b:{viewer}", version.encode() + sealed])


def _purpose(name: str, version: str, viewer: str) -> str:
    return f"body:{name}:{version}:{viewer}"
