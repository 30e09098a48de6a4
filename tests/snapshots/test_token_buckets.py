"""Token buckets: so many at once, then so many a minute; for all processes together, by Redis' clock."""

from __future__ import annotations

from typing import cast

import pytest

from lpcontext.snapshots import TokenBucket, find_token_wait, take_tokens
from lpcontext.snapshots.memory import connect, memory_now_ms
from lpcontext.snapshots.naming import name_of_bucket, token_bucket_key

pytestmark = pytest.mark.usefixtures("memory")

# A token comes back every ten minutes: none does while a test runs.
SLOW = TokenBucket(("key", "1"), per_minute=0.1, burst=3)
TOKEN_MS = 600_000


def place_of(bucket: TokenBucket) -> str:
    return f"lpc:{token_bucket_key(name_of_bucket(*bucket.whose))}"


def set_full_again(bucket: TokenBucket, *, in_ms: int) -> None:
    connect().set(place_of(bucket), memory_now_ms() + in_ms, px=in_ms)


def test_a_full_bucket_gives_its_burst_and_then_says_how_long_to_wait() -> None:
    waits = [take_tokens(SLOW) for _ in range(5)]

    assert waits[:3] == [0, 0, 0]
    assert all(TOKEN_MS - 60_000 < wait <= TOKEN_MS for wait in waits[3:])


def test_a_token_comes_back_at_its_pace() -> None:
    set_full_again(SLOW, in_ms=2 * TOKEN_MS)

    assert take_tokens(SLOW) == 0
    assert take_tokens(SLOW) > 0


def test_looking_takes_nothing() -> None:
    looked = [find_token_wait(SLOW) for _ in range(9)]
    taken = [take_tokens(SLOW) for _ in range(3)]

    assert (looked, taken) == ([0] * 9, [0] * 3)
    assert find_token_wait(SLOW) > 0


def test_of_several_buckets_one_of_each_is_taken_or_none_of_any() -> None:
    wide = TokenBucket(("account", "1"), per_minute=0.1, burst=5)
    narrow = TokenBucket(("agent", "1"), per_minute=0.1, burst=1)

    assert take_tokens(wide, narrow) == 0
    assert [take_tokens(wide, narrow) > 0 for _ in range(9)] == [True] * 9
    assert [take_tokens(wide) > 0 for _ in range(5)] == [False] * 4 + [True]


def test_the_emptiest_bucket_says_how_long() -> None:
    hourly = TokenBucket(("account", "1"), per_minute=1 / 60, burst=1)
    set_full_again(SLOW, in_ms=3 * TOKEN_MS)
    set_full_again(hourly, in_ms=3_600_000)

    assert take_tokens(SLOW, hourly) > 3_500_000


def test_buckets_of_others_are_their_own() -> None:
    for _ in range(4):
        take_tokens(SLOW)

    assert take_tokens(SLOW._replace(whose=("key", "2"))) == 0
    assert take_tokens(SLOW._replace(whose=("key", "1", ""))) == 0


def test_a_clock_set_back_leaves_a_bucket_no_emptier_than_empty() -> None:
    set_full_again(SLOW, in_ms=100 * TOKEN_MS)

    assert 0 < take_tokens(SLOW) <= TOKEN_MS
    assert float(cast("bytes", connect().get(place_of(SLOW)))) <= memory_now_ms() + 3 * TOKEN_MS


def test_a_bucket_nobody_uses_is_not_there() -> None:
    take_tokens(TokenBucket(("key", "1"), per_minute=60, burst=1))

    assert 0 < connect().pttl(place_of(SLOW)) <= 1000


def test_memory_sees_no_name() -> None:
    take_tokens(TokenBucket(("agent", "Jordan Reyes"), per_minute=60, burst=1))

    assert not [key for key in connect().keys("*") if b"Jordan" in key or b"agent" in key]


def test_no_bucket_no_wait() -> None:
    assert take_tokens() == 0
