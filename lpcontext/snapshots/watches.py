"""Who is watched, and what waits to be refreshed for it.

Each account has a sorted set of watches (`w`, scored by their end) and, per kind, a queue (`due`, scored by when a
subject is): a subject has one place in it, however often it is asked for. Only people set watches.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from lpcontext.sealing import get_sealer
from lpcontext.snapshots.memory import PREFIX, learn_now, run_script
from lpcontext.snapshots.model import SubjectStatus
from lpcontext.snapshots.naming import kind_of, name_of, name_of_account
from lpcontext.snapshots.store import KEEP_MS, decode_status, encode_status, place_of, seal_key
from lpcontext.subjects import Subject

# What belongs to an account as a whole is kept so long after the last look at any of its subjects.
ACCOUNT_KEEP_MS = 3600 * 1000
# A shift was asked for and none has come: nobody asks again before this, or the broker would fill up.
_CALL_AGAIN_MS = 600 * 1000
BELL, CHANGES = "bell", "changes"

NOW = "local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000)\n"

_LOOK = (
    NOW
    + """
redis.call('ZADD', KEYS[3], now + ARGV[2], ARGV[1])
redis.call('PEXPIRE', KEYS[3], ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {now, redis.call('HGET', KEYS[1], 'm'), redis.call('ZSCORE', KEYS[2], ARGV[1])}
"""
)

# KEYS: subject, queue, claims, watches, lease, call, active, account
_ENQUEUE = (
    NOW
    + """
local name, due = ARGV[1], now + ARGV[2]
redis.call('HSET', KEYS[1], 'k', ARGV[3])
local is_claimed = redis.call('HEXISTS', KEYS[3], name) == 1
local held = redis.call('HGET', KEYS[1], 'm')
if not held then redis.call('HSET', KEYS[1], 'm', ARGV[4])
elseif ARGV[12] ~= '' and held == ARGV[12] and not is_claimed then
  if ARGV[13] == '1' then
    redis.call('DEL', KEYS[1])
    redis.call('HSET', KEYS[1], 'k', ARGV[3])
  end
  redis.call('HSET', KEYS[1], 'm', ARGV[4])
  redis.call('PUBLISH', ARGV[14], name .. string.format('%04x', #ARGV[4]) .. ARGV[4])
end
redis.call('PEXPIRE', KEYS[1], ARGV[5], 'NX')
local score = redis.call('ZSCORE', KEYS[2], name)
if not score or (tonumber(score) > due and not is_claimed) then
  redis.call('ZADD', KEYS[2], due, name)
  redis.call('PEXPIRE', KEYS[2], ARGV[6])
end
if ARGV[8] ~= '' then
  local watched = redis.call('ZSCORE', KEYS[4], ARGV[8])
  if watched then redis.call('ZADD', KEYS[4], 'GT', watched, name) end
end
redis.call('SET', KEYS[8], ARGV[7], 'PX', ARGV[6])
redis.call('ZADD', KEYS[7], now, ARGV[9])
redis.call('PEXPIRE', KEYS[7], ARGV[6])
redis.call('PUBLISH', ARGV[11], ARGV[9])
if redis.call('EXISTS', KEYS[5]) == 1 then return {now, 0} end
return {now, redis.call('SET', KEYS[6], '1', 'NX', 'PX', ARGV[10]) and 1 or 0}
"""
)

# KEYS: watches, lease, call, active, account, then the queues; ARGV: …, then (place in KEYS of its queue, name) pairs
_WATCH_MANY = (
    NOW
    + """
local missing, waiting = {}, 0
for i = 7, #ARGV, 2 do
  local name = ARGV[i + 1]
  redis.call('ZADD', KEYS[1], now + ARGV[2], name)
  redis.call('PEXPIRE', ARGV[6] .. name, ARGV[3])
  if redis.call('ZSCORE', KEYS[tonumber(ARGV[i])], name) then waiting = waiting + 1
  else missing[#missing + 1] = name end
end
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('ZADD', KEYS[4], now, ARGV[1])
redis.call('PEXPIRE', KEYS[4], ARGV[4])
redis.call('PEXPIRE', KEYS[5], ARGV[4])
local call = 0
if waiting > 0 and redis.call('EXISTS', KEYS[2]) == 0 then
  call = redis.call('SET', KEYS[3], '1', 'NX', 'PX', ARGV[5]) and 1 or 0
end
return {now, call, missing}
"""
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a look found. `is_queued`: a worker will come to it."""

    status: SubjectStatus | None
    is_queued: bool
    now_ms: int


def look_up(name: str, *, kind: str, account: str, watch_ms: int) -> Found:
    """Somebody looks: watch the subject for `watch_ms`, keep its snapshot, tell its status; one round trip.

    Raises MemoryUnavailable.
    """
    keys = [f"s:{name}", queue_of(account, kind), watches_of(account)]
    told = run_script(_LOOK, keys=keys, args=[name, watch_ms, KEEP_MS, ACCOUNT_KEEP_MS])
    return Found(status=decode_status(told[1]), is_queued=told[2] is not None, now_ms=learn_now(told[0]))


def enqueue(
    subject: Subject,
    *,
    status: SubjectStatus,
    after_ms: int = 0,
    instead_of: SubjectStatus | None = None,
    anew: bool = False,
    watched_with: str = "",
) -> bool:
    """Have it refreshed in `after_ms`, unless that is so already or a worker is at it. True: a shift must be started.

    `status` is kept where it has none, and `instead_of` the one that was read, if nobody has written meanwhile: all
    processes then hear of it; with `anew`, whatever else was kept is forgotten. It is watched as long as
    `watched_with`, the name of another subject of its account, where one is given: a worker's own wish is no look.
    Raises MemoryUnavailable.
    """
    name, account = name_of(subject), name_of_account(subject.account_id)
    kind = kind_of(subject)
    keys = [
        *(f"s:{name}", queue_of(account, kind), claims_of(account, kind), watches_of(account)),
        *(lease_of(account, 0), call_of(account, 0), "active", f"a:{account}"),
    ]
    args: list[str | bytes | int] = [
        *(name, after_ms, seal_key(name, subject), encode_status(status), KEEP_MS, ACCOUNT_KEEP_MS),
        *(seal_account(subject.account_id), watched_with, account, _CALL_AGAIN_MS, PREFIX + BELL),
        encode_status(instead_of) if instead_of else "",
        int(anew),
        PREFIX + CHANGES,
    ]
    now_ms, call = run_script(_ENQUEUE, keys=keys, args=args)
    learn_now(now_ms)
    return bool(call)


def watch_many(account: str, names: Mapping[str, Sequence[str]], *, watch_ms: int) -> tuple[bool, list[str]]:
    """Panels of these subjects, by kind, have ticked lately. True where a shift must be started; and which names wait
    in no queue, so that no worker will come to them. Raises MemoryUnavailable.
    """
    kinds = list(names)
    keys = [watches_of(account), lease_of(account, 0), call_of(account, 0), "active", f"a:{account}"]
    args: list[str | int] = [account, watch_ms, KEEP_MS, ACCOUNT_KEEP_MS, _CALL_AGAIN_MS, place_of("")]
    for number, kind in enumerate(kinds, start=len(keys) + 1):
        for name in names[kind]:
            args += [number, name]
    keys += [queue_of(account, kind) for kind in kinds]
    now_ms, call, missing = run_script(_WATCH_MANY, keys=keys, args=args)
    learn_now(now_ms)
    return bool(call), [name.decode() for name in missing]


def seal_account(account_id: str) -> bytes:
    return get_sealer().seal(msgspec.msgpack.encode(account_id), purpose="account-of-queue")


def open_account(sealed: bytes) -> str:
    """Raises SealBroken."""
    return msgspec.msgpack.decode(get_sealer().open(sealed, purpose="account-of-queue"), type=str)


def queue_of(account: str, kind: str) -> str:
    return f"due:{account}:{kind}"


def claims_of(account: str, kind: str) -> str:
    return f"h:{account}:{kind}"


def watches_of(account: str) -> str:
    return f"w:{account}"


def call_of(account: str, seat: int) -> str:
    """A shift was asked for, and none has come yet."""
    return f"call:{account}:{seat}"


def lease_of(account: str, seat: int) -> str:
    return f"l:{account}:{seat}"
