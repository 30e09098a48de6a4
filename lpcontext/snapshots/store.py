"""Where snapshots are kept: one Redis hash per subject (`m` vitals, `v` sealed visit, `b:<viewer>` bodies).

A snapshot lives 15 minutes after the last look, and 6 hours at most: longer than that LivePerson itself forgets
(contract 4.3).
"""

from __future__ import annotations

from typing import Any, cast

import msgspec

from lpcontext.sealing import get_sealer
from lpcontext.snapshots.codec import HeldKind, decode_held, encode_held
from lpcontext.snapshots.memory import PREFIX, reaching_memory, run_script
from lpcontext.snapshots.model import Held, Snapshot, Vitals, version_of
from lpcontext.subjects import VisitKey

KEEP_MS = 15 * 60 * 1000
KEEP_AT_MOST_MS = 6 * 3600 * 1000

# Every panel does this at every tick: one round trip, measured a fifth cheaper than a pipeline of the three.
_WATCH = """
redis.call('SET', KEYS[2], '1', 'PX', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return redis.call('HMGET', KEYS[1], 'm', 'l')
"""

_vitals_decoder = msgspec.msgpack.Decoder(Vitals)
_held_decoder = msgspec.msgpack.Decoder(Held)


def name_of(key: VisitKey) -> str:
    """What a visit is called in shared memory: the same for both forms of its session id (contract 0.3)."""
    return get_sealer().name_of("visit", key.account_id, key.visitor_id, key.session_id.split(".", 1)[0])


def find_vitals(name: str) -> Vitals | None:
    """Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        return decode_vitals(cast("bytes | None", memory.hget(place_of(name), "m")))


def find_snapshot(name: str) -> Snapshot | None:
    """Raises MemoryUnavailable."""
    found = find_held(name)
    return Snapshot.of(*found) if found else None


def find_held(name: str) -> tuple[Vitals, Held | None] | None:
    """Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        told, sealed = cast("list[bytes | None]", memory.hmget(place_of(name), ["m", "v"]))
    vitals = decode_vitals(told)
    if vitals is None:
        return None
    return vitals, open_held(name, sealed, _held_decoder)


def keep_held(name: str, vitals: Vitals, held: Held | None) -> Vitals:
    """Keep what was learnt and name its version. Raises MemoryUnavailable."""
    vitals = msgspec.structs.replace(vitals, version=version_of(vitals, held))
    return write_held(name, vitals, held)


def write_held(name: str, vitals: Vitals, held: msgspec.Struct | None, *, link: str = "") -> Vitals:
    """Raises MemoryUnavailable."""
    fields: dict[str, bytes] = {"m": msgspec.msgpack.encode(vitals)}
    if held is not None:
        fields["v"] = encode_held(held, sealer=get_sealer(), purpose=f"held:{name}")
    if link:
        fields["l"] = link.encode()
    _write(name, fields)
    return vitals


def keep_vitals(name: str, vitals: Vitals) -> None:
    """Raises MemoryUnavailable."""
    _write(name, {"m": msgspec.msgpack.encode(vitals)})


def watch(name: str, *, now_ms: int, watch_ms: int) -> Vitals | None:
    """Somebody looks: keep the snapshot, let the heartbeat go on for `watch_ms`, tell the vitals; in one round trip.

    Raises MemoryUnavailable.
    """
    return watch_with_link(name, now_ms=now_ms, watch_ms=watch_ms)[0]


def watch_with_link(name: str, *, now_ms: int, watch_ms: int) -> tuple[Vitals | None, str]:
    """The same, and what the visit of a chat is called ("" where none is known). Raises MemoryUnavailable."""
    told, link = run_script(_WATCH, keys=[f"s:{name}", f"w:{name}"], args=[watch_ms, KEEP_MS])
    vitals = decode_vitals(cast("bytes | None", told))
    if vitals is not None and now_ms - vitals.first_seen_ms > KEEP_AT_MOST_MS:
        forget_snapshot(name)
        return None, ""
    return vitals, (link or b"").decode()


def is_watched(name: str) -> bool:
    """Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        return bool(memory.exists(f"{PREFIX}w:{name}"))


def forget_snapshot(name: str) -> None:
    """Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        memory.delete(place_of(name))


def open_held(name: str, sealed: bytes | None, decoder: msgspec.msgpack.Decoder[HeldKind]) -> HeldKind | None:
    if not sealed:
        return None
    return decode_held(sealed, sealer=get_sealer(), purpose=f"held:{name}", decoder=decoder)


def place_of(name: str) -> str:
    return f"{PREFIX}s:{name}"


def decode_vitals(told: bytes | None) -> Vitals | None:
    try:
        return _vitals_decoder.decode(told) if told else None
    except msgspec.DecodeError:
        return None


def _write(name: str, fields: dict[str, bytes]) -> None:
    with reaching_memory() as memory, memory.pipeline(transaction=False) as line:
        line.hset(place_of(name), mapping=cast("Any", fields))
        # A refresh is no look: it gives a new snapshot its first span, and makes no old one live longer.
        line.pexpire(place_of(name), KEEP_MS, nx=True)
        line.execute()
