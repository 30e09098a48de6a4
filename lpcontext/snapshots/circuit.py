"""Have we asked in vain too often, or too often at all? One circuit per account and service, shared by all workers.

Closed: every call passes. After five failures in a row it opens for 5 s; then one probe is let through (`take_due`
admits it). A probe that fails opens it for longer (10 s, 15 s, then 2, 4, 8 min: contract 8); one that succeeds closes
it. What was in flight when it opened says nothing new. A 429 opens it too, by a ladder of its own: the account pauses
as one, never for less than its interval, and doubles. Refusals and ended visits say nothing of LivePerson's health.
"""

from __future__ import annotations

from lpcontext.sealing import get_sealer
from lpcontext.snapshots.memory import run_clocked_script, run_script
from lpcontext.snapshots.naming import circuit_key

_FAILURES_TO_OPEN = 5
_PAUSES_MS = (5_000, 10_000, 15_000, 120_000, 240_000, 480_000)
_LONGEST_LIMIT_MS = 60_000
_FORGET_MS = 2 * 3_600_000
# A probe that never reports, because its worker is gone, is replaced after this.
PROBE_MS = 20_000

_FAILED = """
redis.call('PEXPIRE', KEYS[1], ARGV[3])
local closed_until = tonumber(redis.call('HGET', KEYS[1], 'until') or '0')
if closed_until > 0 and ARGV[1] ~= '1' then return {now, closed_until} end
local failures = redis.call('HINCRBY', KEYS[1], 'failures', 1)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
if failures < tonumber(ARGV[2]) and ARGV[1] ~= '1' then return {now, 0} end
local times = redis.call('HINCRBY', KEYS[1], 'times', 1)
local pause = tonumber(ARGV[3 + math.min(times, #ARGV - 3)])
redis.call('HSET', KEYS[1], 'until', now + pause, 'probing', 0)
return {now, now + pause}
"""

# ARGV: probe, least ms, longest ms, wished ms, forget ms
_LIMITED = """
local closed_until = tonumber(redis.call('HGET', KEYS[1], 'until') or '0')
local pause = tonumber(ARGV[4])
if closed_until == 0 or ARGV[1] == '1' then
  local times = redis.call('HINCRBY', KEYS[1], 'limited', 1)
  pause = math.max(pause, math.min(ARGV[2] * 2 ^ math.min(times - 1, 10), math.max(ARGV[3], ARGV[2])))
end
closed_until = math.max(closed_until, now + pause)
redis.call('HSET', KEYS[1], 'until', closed_until, 'probing', 0)
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return {now, closed_until}
"""

_CLOSE = """
local was_open = redis.call('HEXISTS', KEYS[1], 'until')
if was_open == 1 and ARGV[1] ~= '1' then return 0 end
redis.call('HDEL', KEYS[1], 'until', 'probing', 'failures', 'times', 'limited')
return was_open
"""


def name_of_circuit(account_id: str, service: str) -> str:
    """Its name, 32 hex digits. `service` as LivePerson spells it."""
    return get_sealer().name_of("circuit", account_id, service)


def note_failure(circuit: str, *, is_probe: bool) -> int | None:
    """LivePerson did not answer. Until when the circuit is open, epoch ms; None: closed. Raises MemoryUnavailable."""
    args = [int(is_probe), _FAILURES_TO_OPEN, _FORGET_MS, *_PAUSES_MS]
    _, until_ms = run_clocked_script(_FAILED, keys=[circuit_key(circuit)], args=args)
    return int(until_ms) or None


def note_limit(circuit: str, *, is_probe: bool, least_ms: int, wished_ms: int) -> int:
    """LivePerson said 429: pause for `least_ms` at first, twice as long each time, `wished_ms` if that is longer.

    Until when, epoch ms. Raises MemoryUnavailable.
    """
    args = [int(is_probe), least_ms, _LONGEST_LIMIT_MS, wished_ms, _FORGET_MS]
    _, until_ms = run_clocked_script(_LIMITED, keys=[circuit_key(circuit)], args=args)
    return int(until_ms)


def note_success(circuit: str, *, is_probe: bool) -> bool:
    """It answered: forget all failures. True when that closes it. Raises MemoryUnavailable.

    A call that was under way when it opened says nothing new here either: only the probe's answer closes it.
    """
    return bool(run_script(_CLOSE, keys=[circuit_key(circuit)], args=[int(is_probe)]))
