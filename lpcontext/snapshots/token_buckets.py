"""Token buckets: how often something may happen, for all processes on all machines together.

A bucket is kept as one moment: when it will be full again. It lapses at that moment, so that a bucket nobody uses is
not there.
"""

from __future__ import annotations

from typing import NamedTuple

from lpcontext.snapshots.memory import run_clocked_script
from lpcontext.snapshots.naming import name_of_bucket, token_bucket_key

# ARGV: '1' to take a token, or '0' to look whether there is one; then, for each bucket, the ms a token needs to come
# back, and how many a full one holds. None is taken where one bucket is empty. No bucket is emptier than empty: what
# says otherwise was written before Redis' clock was set back.
_TAKE = """
local wait, full_again = 0, {}
for i, key in ipairs(KEYS) do
  local pace, burst = tonumber(ARGV[i * 2]), tonumber(ARGV[i * 2 + 1])
  local full = math.max(tonumber(redis.call('GET', key) or '0'), now)
  if full > now + pace * burst then
    full = now + pace * burst
    redis.call('SET', key, string.format('%.3f', full), 'PX', math.max(1, math.ceil(pace * burst)))
  end
  full_again[i] = full + pace
  wait = math.max(wait, full_again[i] - now - pace * burst)
end
wait = math.ceil(wait - 0.001)
if wait <= 0 and ARGV[1] == '1' then
  for i, key in ipairs(KEYS) do
    redis.call('SET', key, string.format('%.3f', full_again[i]), 'PX', math.max(1, math.ceil(full_again[i] - now)))
  end
end
return {now, wait}
"""


class TokenBucket(NamedTuple):
    """`whose`: what is counted and for whom, in plain words; memory sees a keyed hash. It holds `burst` tokens."""

    whose: tuple[str, ...]
    per_minute: float
    burst: int


def take_tokens(*buckets: TokenBucket) -> int:
    """One of each, in one round trip, or none of any: 0, or the ms until there is one. Raises MemoryUnavailable."""
    return _run(buckets, is_taken=True)


def find_token_wait(*buckets: TokenBucket) -> int:
    """0 where `take_tokens` would take, else the ms until it would; takes nothing. Raises MemoryUnavailable."""
    return _run(buckets, is_taken=False)


def _run(buckets: tuple[TokenBucket, ...], *, is_taken: bool) -> int:
    if not buckets:
        return 0
    keys = [token_bucket_key(name_of_bucket(*bucket.whose)) for bucket in buckets]
    numbers = [number for bucket in buckets for number in (60_000 / bucket.per_minute, bucket.burst)]
    _, wait_ms = run_clocked_script(_TAKE, keys=keys, args=[int(is_taken), *numbers])
    return int(wait_ms)
