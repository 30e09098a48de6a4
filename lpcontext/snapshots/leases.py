"""Leases: which worker has a shift of an account. Short, renewed by their owner alone, and free again when it is gone.

A large account has several shifts, numbered from 0, each with a lease of its own.
"""

from __future__ import annotations

from typing import cast

from lpcontext.sealing import SealBroken
from lpcontext.snapshots.codec import open_account
from lpcontext.snapshots.memory import PREFIX, reaching_memory, run_clocked_script, run_script
from lpcontext.snapshots.naming import ACTIVE, lease_key, queue_key, reported_key, shift_request_key, watches_key
from lpcontext.snapshots.watch_scripts import REQUEST_SHIFT

# A broker that refuses is not asked at each turn of each worker.
_REFUSED_AGAIN_MS = 3_000

_TAKE = """
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return {now, 0} end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('DEL', KEYS[2], KEYS[3])
return {now, 1}
"""

_REQUEST = REQUEST_SHIFT + "return request_shift(KEYS[1], KEYS[2], ARGV[1])"

# KEYS: lease, then queues. Whoever came in the moment before has found the lease, and requested no shift.
_RELEASE = """
for i = 2, #KEYS do if redis.call('ZCARD', KEYS[i]) > 0 then return 0 end end
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
"""

# KEYS: active accounts; ARGV: prefix, ms before an account is reported again, kinds …
_WITHOUT_SHIFT = """
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

# KEYS: watches; ARGV: prefix, account, kinds …
_SWEEP = """
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


def take_lease(account: str, number: int, *, owner: str, lease_ms: int) -> bool:
    """Take it, or renew it; False while another has it. Raises MemoryUnavailable."""
    keys = [lease_key(account, number), shift_request_key(account, number), reported_key(account)]
    _, is_taken = run_clocked_script(_TAKE, keys=keys, args=[owner, lease_ms])
    return bool(is_taken)


def release_lease(account: str, number: int, *, owner: str, kinds: tuple[str, ...] = ()) -> bool:
    """Only the owner's. False, and kept, while something waits in a queue of these kinds. Raises MemoryUnavailable."""
    keys = [lease_key(account, number), *(queue_key(account, kind) for kind in kinds)]
    return bool(run_script(_RELEASE, keys=keys, args=[owner]))


def request_shift(account: str, number: int, *, again_ms: int) -> bool:
    """True when nobody holds its lease and nobody requested it lately. Raises MemoryUnavailable."""
    keys = [lease_key(account, number), shift_request_key(account, number)]
    return bool(run_script(_REQUEST, keys=keys, args=[again_ms]))


def cancel_shift_request(account: str, number: int) -> None:
    """The shift that was requested could not be started: the next look may ask again, and any worker soon.

    Raises MemoryUnavailable.
    """
    with reaching_memory() as memory, memory.pipeline(transaction=False) as pipeline:
        pipeline.delete(PREFIX + shift_request_key(account, number))
        pipeline.pexpire(PREFIX + reported_key(account), _REFUSED_AGAIN_MS, lt=True)
        pipeline.execute()


def find_accounts_without_shift(kinds: tuple[str, ...], *, again_ms: int) -> list[str]:
    """Accounts whose subjects wait without a shift, each reported once in `again_ms`. Raises MemoryUnavailable."""
    _, found = run_clocked_script(_WITHOUT_SHIFT, keys=[ACTIVE], args=[PREFIX, again_ms, *kinds])
    accounts = []
    for account, sealed in cast("list[tuple[bytes, bytes]]", found):
        try:
            accounts.append(open_account(sealed))
        except SealBroken:  # by a newer process, with a key we do not have: to one that has it, it is reported then
            with reaching_memory() as memory:
                memory.delete(PREFIX + reported_key(account.decode()))
    return accounts


def count_waiting(account: str, kinds: tuple[str, ...]) -> int:
    """How many subjects are in the account's queues. Raises MemoryUnavailable."""
    with reaching_memory() as memory, memory.pipeline(transaction=False) as pipeline:
        for kind in kinds:
            pipeline.zcard(PREFIX + queue_key(account, kind))
        return sum(cast("list[int]", pipeline.execute()))


def sweep_queues(account: str, kinds: tuple[str, ...]) -> int:
    """Take what nobody watches out of the queues; what is claimed stays. How many subjects are left in them.

    Raises MemoryUnavailable.
    """
    _, left = run_clocked_script(_SWEEP, keys=[watches_key(account)], args=[PREFIX, account, *kinds])
    return int(left)
