"""Since when memory remembers. What was given out before that may have been used, and nobody would know.

The moment is written by whoever comes first and kept while anybody works here. Everything is by Redis' own clock.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from lpcontext.snapshots.memory import learn_now, run_script
from lpcontext.snapshots.watches import NOW

# Longer than anything lives that may be used only once; a worker renews it twice a second.
_KEEP_MS = 3600 * 1000
_BIRTH = "born"

_LIVE = (
    NOW
    + """
redis.call('SET', KEYS[1], string.format('%.0f', now), 'NX', 'PX', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[1])
local born = tonumber(redis.call('GET', KEYS[1]))
if born > now then  -- the clock was set back to before it: memory began now at the latest
  born = now
  redis.call('SET', KEYS[1], string.format('%.0f', now), 'PX', ARGV[1])
end
"""
)
_RENEW = _LIVE + "return {now, born}"

# KEYS: birth, mark; ARGV: how long the birth is kept, how long the mark is, when what is used was given out
_USE = (
    NOW
    + "if redis.call('EXISTS', KEYS[2]) == 1 then return {now, 'used'} end\n"
    + _LIVE.removeprefix(NOW)
    + """
if born > tonumber(ARGV[3]) then return {now, 'older'} end
redis.call('SET', KEYS[2], '1', 'PX', ARGV[2])
return {now, 'first'}
"""
)


class Lifetime(NamedTuple):
    """Epoch ms by Redis' clock."""

    born_ms: int
    now_ms: int


class Use(StrEnum):
    FIRST = "first"
    USED = "used"
    OLDER = "older"  # given out before memory began: it may have been used


def renew_lifetime() -> Lifetime:
    """Memory lives, from now on if it has been empty. Raises MemoryUnavailable."""
    now_ms, born_ms = run_script(_RENEW, keys=[_BIRTH], args=[_KEEP_MS])
    return Lifetime(born_ms=born_ms, now_ms=learn_now(now_ms))


def use_once(name: str, *, given_ms: int, seconds: float) -> Use:
    """Whether this is the first use of what was given out at `given_ms`; remembered for `seconds`.

    Raises MemoryUnavailable, also where memory is full: nothing is then used.
    """
    keys, args = [_BIRTH, f"m:{name}"], [_KEEP_MS, max(1, int(seconds * 1000)), given_ms]
    now_ms, told = run_script(_USE, keys=keys, args=args)
    learn_now(now_ms)
    return Use(told.decode())
