"""Since when memory remembers. What was given out before that may have been used, and nobody would know.

The moment is written by whoever comes first and kept while anybody works here. Everything is by Redis' own clock.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from lpcontext.snapshots.memory import run_clocked_script
from lpcontext.snapshots.naming import MEMORY_START, lock_key

# Longer than anything lives that may be used only once; a worker renews it twice a second.
_KEEP_MS = 3600 * 1000

_START = """
redis.call('SET', KEYS[1], string.format('%.0f', now), 'NX', 'PX', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[1])
local started = tonumber(redis.call('GET', KEYS[1]))
if started > now then  -- the clock was set back to before it: memory began now at the latest
  started = now
  redis.call('SET', KEYS[1], string.format('%.0f', now), 'PX', ARGV[1])
end
"""
_RENEW = _START + "return {now, started}"

# KEYS: start, nonce; ARGV: how long the start is kept, how long the nonce is, when the nonce was issued
_SPEND = (
    "if redis.call('EXISTS', KEYS[2]) == 1 then return {now, 'spent'} end\n"
    + _START
    + """
if started > tonumber(ARGV[3]) then return {now, 'older'} end
redis.call('SET', KEYS[2], '1', 'PX', ARGV[2])
return {now, 'fresh'}
"""
)


class MemoryStart(NamedTuple):
    """Epoch ms by Redis' clock."""

    started_ms: int
    now_ms: int


class NonceState(StrEnum):
    """Of something that is good once: a first use, a later one, or one nobody can know."""

    FRESH = "fresh"
    SPENT = "spent"
    OLDER = "older"  # issued before memory began: it may have been spent


def renew_memory_start() -> MemoryStart:
    """Since when memory remembers: from now on if it has been empty. Raises MemoryUnavailable."""
    now_ms, started_ms = run_clocked_script(_RENEW, keys=[MEMORY_START], args=[_KEEP_MS])
    return MemoryStart(started_ms=started_ms, now_ms=now_ms)


def spend_nonce(name: str, *, issued_ms: int, seconds: float) -> NonceState:
    """Whether this is the first use of what was issued at `issued_ms`, epoch ms; remembered for `seconds`.

    Raises MemoryUnavailable, also where memory is full: nothing is then spent.
    """
    keys, args = [MEMORY_START, lock_key(name)], [_KEEP_MS, max(1, int(seconds * 1000)), issued_ms]
    _, state = run_clocked_script(_SPEND, keys=keys, args=args)
    return NonceState(state.decode())
