"""Leases: which worker tends an account. Short, renewed by their owner alone, and free again when it is gone.

A large account has several seats, each with a lease of its own.
"""

from __future__ import annotations

from typing import cast

from lpcontext.sealing import SealBroken
from lpcontext.snapshots.memory import PREFIX, learn_now, reaching_memory, run_script
from lpcontext.snapshots.watches import NOW, call_of, lease_of, open_account, queue_of, watches_of

# A broker that refuses is not asked at each turn of each worker.
_REFUSED_AGAIN_MS = 3_000

_TAKE = (
    NOW
    + """
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return {now, 0} end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('DEL', KEYS[2], KEYS[3])
return {now, 1}
"""
)

# KEYS: lease, then queues. Whoever came in the moment before has found the lease, and called nobody.
_RELEASE = """
for i = 2, #KEYS do if redis.call('ZCARD', KEYS[i]) > 0 then return 0 end end
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
"""

# KEYS: active; ARGV: prefix, ms before an account is told again, kinds …
_UNATTENDED = (
    NOW
    + """
local found = {}
for _, account in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  local waiting = 0
  for i = 3, #ARGV do waiting = waiting + redis.call('ZCARD', ARGV[1] .. 'due:' .. account .. ':' .. ARGV[i]) end
  local sealed = redis.call('GET', ARGV[1] .. 'a:' .. account)
  if waiting == 0 or not sealed then
    if redis.call('EXISTS', ARGV[1] .. 'l:' .. account .. ':0') == 0 then redis.call('ZREM', KEYS[1], account) end
  elseif redis.call('EXISTS', ARGV[1] .. 'l:' .. account .. ':0') == 0
    and redis.call('SET', ARGV[1] .. 'mend:' .. account, '1', 'NX', 'PX', ARGV[2]) then
    found[#found + 1] = {account, sealed}
  end
end
return {now, found}
"""
)

# KEYS: watches; ARGV: prefix, account, kinds …
_SWEEP = (
    NOW
    + """
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local left = 0
for i = 3, #ARGV do
  local queue = ARGV[1] .. 'due:' .. ARGV[2] .. ':' .. ARGV[i]
  local claims = ARGV[1] .. 'h:' .. ARGV[2] .. ':' .. ARGV[i]
  for _, name in ipairs(redis.call('ZRANGE', queue, 0, -1)) do
    if redis.call('ZSCORE', KEYS[1], name) or redis.call('HEXISTS', claims, name) == 1 then left = left + 1
    else redis.call('ZREM', queue, name) end
  end
end
return {now, left}
"""
)


def take_lease(account: str, seat: int, *, owner: str, lease_ms: int) -> bool:
    """Take it, or renew it; False while another has it. Raises MemoryUnavailable."""
    keys = [lease_of(account, seat), call_of(account, seat), f"mend:{account}"]
    now_ms, got = run_script(_TAKE, keys=keys, args=[owner, lease_ms])
    learn_now(now_ms)
    return bool(got)


def release_lease(account: str, seat: int, *, owner: str, kinds: tuple[str, ...] = ()) -> bool:
    """Only the owner's. False, and kept, while something waits in a queue of these kinds. Raises MemoryUnavailable."""
    keys = [lease_of(account, seat), *(queue_of(account, kind) for kind in kinds)]
    return bool(run_script(_RELEASE, keys=keys, args=[owner]))


def call_for_seat(account: str, seat: int, *, again_ms: int) -> bool:
    """True when nobody sits there and nobody was called lately. Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        if memory.exists(f"{PREFIX}{lease_of(account, seat)}"):
            return False
        return bool(memory.set(f"{PREFIX}{call_of(account, seat)}", b"1", nx=True, px=again_ms))


def cancel_call(account: str, seat: int) -> None:
    """The shift that was asked for could not be: the next look may ask again, and any worker soon.

    Raises MemoryUnavailable.
    """
    with reaching_memory() as memory, memory.pipeline(transaction=False) as line:
        line.delete(f"{PREFIX}{call_of(account, seat)}")
        line.pexpire(f"{PREFIX}mend:{account}", _REFUSED_AGAIN_MS, lt=True)
        line.execute()


def find_unattended(kinds: tuple[str, ...], *, again_ms: int) -> list[str]:
    """Accounts with subjects that wait and without a shift, each told once in `again_ms`. Raises MemoryUnavailable."""
    now_ms, found = run_script(_UNATTENDED, keys=["active"], args=[PREFIX, again_ms, *kinds])
    learn_now(now_ms)
    accounts = []
    for account, sealed in cast("list[tuple[bytes, bytes]]", found):
        try:
            accounts.append(open_account(sealed))
        except SealBroken:  # sealed by a newer process with a key we do not have: it is told, then, to one that has it
            with reaching_memory() as memory:
                memory.delete(f"{PREFIX}mend:{account.decode()}")
    return accounts


def count_waiting(account: str, kinds: tuple[str, ...]) -> int:
    """How many subjects are in the account's queues. Raises MemoryUnavailable."""
    with reaching_memory() as memory, memory.pipeline(transaction=False) as line:
        for kind in kinds:
            line.zcard(PREFIX + queue_of(account, kind))
        return sum(cast("list[int]", line.execute()))


def sweep_queues(account: str, kinds: tuple[str, ...]) -> int:
    """Take what nobody watches out of the queues; what is claimed stays. How many subjects are left in them.

    Raises MemoryUnavailable.
    """
    now_ms, left = run_script(_SWEEP, keys=[watches_of(account)], args=[PREFIX, account, *kinds])
    learn_now(now_ms)
    return int(left)
