"""Have we asked in vain too often? One circuit per account and service, shared by all workers.

Closed: every call passes. After five failures in a row it opens for 5 s; then one probe is let through, by one worker
on one machine. A probe that fails opens it for longer (10 s, 15 s, then 2, 4, 8 min: contract 8); one that succeeds
closes it. Only a LivePerson that does not answer counts: a 429, a refusal or an ended visit say nothing of its health.
"""

from __future__ import annotations

from typing import cast

from lpcontext.snapshots import run_script

_FAILURES_TO_OPEN = 5
_PAUSES_MS = (5_000, 10_000, 15_000, 120_000, 240_000, 480_000)
_PROBE_MS = 20_000
_FORGET_MS = 3_600_000

_ADMIT = """
local open_until = tonumber(redis.call('HGET', KEYS[1], 'until') or '0')
local now = tonumber(ARGV[1])
if open_until == 0 then return 0 end
if now < open_until then return open_until end
local probing = tonumber(redis.call('HGET', KEYS[1], 'probing') or '0')
if now < probing then return probing end
redis.call('HSET', KEYS[1], 'probing', now + tonumber(ARGV[2]))
return 0
"""

_FAILED = """
local now = tonumber(ARGV[1])
local failures = redis.call('HINCRBY', KEYS[1], 'failures', 1)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
if failures < tonumber(ARGV[2]) then return 0 end
local times = redis.call('HINCRBY', KEYS[1], 'times', 1)
local pause = tonumber(ARGV[3 + math.min(times, #ARGV - 3)])
redis.call('HSET', KEYS[1], 'until', now + pause, 'probing', 0)
return now + pause
"""

_CLOSE = "return redis.call('DEL', KEYS[1])"


def admit_call(circuit: str, *, now_ms: int) -> int | None:
    """None: go ahead. Otherwise the epoch ms at which to come back. Raises MemoryUnavailable."""
    until = cast("int", run_script(_ADMIT, keys=[f"c:{circuit}"], args=[now_ms, _PROBE_MS]))
    return until or None


def note_failure(circuit: str, *, now_ms: int) -> None:
    """Raises MemoryUnavailable."""
    run_script(_FAILED, keys=[f"c:{circuit}"], args=[now_ms, _FAILURES_TO_OPEN, _FORGET_MS, *_PAUSES_MS])


def note_success(circuit: str) -> None:
    """Raises MemoryUnavailable."""
    run_script(_CLOSE, keys=[f"c:{circuit}"], args=[])
