"""What somebody opened lately: their own list, newest first, for six hours; the ids in it are sealed.

A sorted set: each member is a subject's name and, behind it, its sealed key, scored by when it was opened last (a
moment later where another one was opened in the same millisecond).
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from lpcontext.sealing import SealBroken, get_sealer
from lpcontext.snapshots.memory import run_clocked_script
from lpcontext.snapshots.naming import name_of, name_of_owner, recent_key
from lpcontext.subjects import Subject

MOST_RECENT = 20
_KEEP_MS = 6 * 3_600_000
_NAME_BYTES = 32
_decoder: msgspec.msgpack.Decoder[Subject] = msgspec.msgpack.Decoder(Subject)

# ARGV: name, sealed key, keep ms, most
_NOTE = """
for _, member in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if string.sub(member, 1, #ARGV[1]) == ARGV[1] then redis.call('ZREM', KEYS[1], member) end
end
local newest = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
redis.call('ZADD', KEYS[1], math.max(now, tonumber(newest[2] or '0') + 1), ARGV[1] .. ARGV[2])
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -ARGV[4] - 1)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {now}
"""
# ARGV: keep ms
_LIST = """
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[1])
return {now, redis.call('ZREVRANGE', KEYS[1], 0, -1, 'WITHSCORES')}
"""


class RecentSubject(NamedTuple):
    """`opened_ms`: when last, epoch ms by Redis' clock."""

    subject: Subject
    opened_ms: int


def note_recent_subject(owner: str, subject: Subject) -> None:
    """It is the newest of the owner's now; beyond `MOST_RECENT` the oldest goes. Raises MemoryUnavailable."""
    name, place = name_of(subject), recent_key(name_of_owner(owner))
    sealed = get_sealer().seal(msgspec.msgpack.encode(subject), purpose=_purpose(place, name))
    run_clocked_script(_NOTE, keys=[place], args=[name, sealed, _KEEP_MS, MOST_RECENT])


def list_recent_subjects(owner: str) -> list[RecentSubject]:
    """Newest first; what was sealed with a key that is gone is left out. Raises MemoryUnavailable."""
    place = recent_key(name_of_owner(owner))
    _, pairs = run_clocked_script(_LIST, keys=[place], args=[_KEEP_MS])
    opened = ((_open(place, member), int(float(at))) for member, at in zip(pairs[::2], pairs[1::2], strict=True))
    return [RecentSubject(subject, at_ms) for subject, at_ms in opened if subject is not None]


def _open(place: str, member: bytes) -> Subject | None:
    name, sealed = member[:_NAME_BYTES].decode(), member[_NAME_BYTES:]
    try:
        return _decoder.decode(get_sealer().open(sealed, purpose=_purpose(place, name)))
    except (SealBroken, msgspec.DecodeError):
        return None


def _purpose(place: str, name: str) -> str:
    return f"recent subject {place} {name}"
