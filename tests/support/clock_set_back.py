"""Redis' clock as it is after it was set back an hour: whatever waits for a moment was reckoned by the clock before.

Redis has but the machine's clock, so what it holds is moved ahead instead, in one go.
"""

from __future__ import annotations

from typing import cast

from lpcontext.snapshots.memory import connect
from tests.support.account_queue import AccountQueue, redis_now_ms

HOUR_MS = 3_600_000


def set_back_by_an_hour(queue: AccountQueue) -> None:
    """For this queue: when it was last looked at, what is due in it and claimed of it, who watches, the circuit."""
    redis, name = connect(), queue.account
    circuit = f"lpc:c:{queue.circuit}"
    moments = [field for field in ("until", "probing", "round") if redis.hexists(circuit, field)]
    with redis.pipeline(transaction=True) as line:
        line.set(f"lpc:clock:{name}:{queue.kind}", redis_now_ms() + HOUR_MS)
        for place in (queue.place, f"lpc:w:{name}"):
            for member in cast("list[bytes]", redis.zrange(place, 0, -1)):
                line.zincrby(place, HOUR_MS, member)
        for field in moments:
            line.hincrby(circuit, field, HOUR_MS)
        line.execute()
