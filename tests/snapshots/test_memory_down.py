"""With Redis gone, every verb says MemoryUnavailable and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lpcontext import snapshots
from lpcontext.snapshots import Held, MemoryUnavailable, SharedShelf, Vitals
from lpcontext.snapshots.memory import forget_connection

VITALS = Vitals(state="live", first_seen_ms=1)


@pytest.fixture(autouse=True)
def _nobody_listens(settings: Any) -> Any:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    forget_connection()
    yield
    forget_connection()


@pytest.mark.parametrize(
    "ask",
    [
        lambda: snapshots.find_vitals("n"),
        lambda: snapshots.find_snapshot("n"),
        lambda: snapshots.keep_held("n", VITALS, Held()),
        lambda: snapshots.keep_vitals("n", VITALS),
        lambda: snapshots.watch("n", now_ms=1, watch_ms=1),
        lambda: snapshots.is_watched("n"),
        lambda: snapshots.forget_snapshot("n"),
        lambda: snapshots.find_body("n", version="v", viewer="masked"),
        lambda: snapshots.keep_body("n", b"", version="v", viewer="masked"),
        lambda: snapshots.take_mark("n", seconds=1),
        lambda: snapshots.keep_mark("n", seconds=1),
        lambda: snapshots.mark_is_set("n"),
        lambda: snapshots.drop_mark("n"),
        lambda: snapshots.read_counts(),
        lambda: snapshots.run_script("return 1", keys=[], args=[]),
        lambda: SharedShelf("1").get("n"),
        lambda: SharedShelf("1").put("n", b"", seconds=1),
        lambda: SharedShelf("1").lock("n", seconds=1).__enter__(),
    ],
)
def test_every_verb_says_that_memory_is_unavailable(ask: Callable[[], object]) -> None:
    with pytest.raises(MemoryUnavailable):
        ask()


def test_counting_never_gets_in_the_way() -> None:
    snapshots.count("looks")

    assert not snapshots.memory_is_reachable()
