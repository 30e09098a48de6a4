"""Row 4: a cold look, from opening the ticket to the tick that brings the visit, less LivePerson's own time."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import Any

from tests.support.house import House, run_house

UPSTREAM_SECONDS = 0.15


def measure_looking(folder: Path, *, looks: int) -> dict[str, Any]:
    """Tickets come from the command line, which asks LivePerson for nothing: the page is the first to do so."""
    with run_house(folder) as house:
        warm_up(house)
        house.fault("slow", seconds=UPSTREAM_SECONDS)
        took = [measure_one(house) for _ in range(looks)]
    return {"over_upstream_ms": (statistics.median(took) - UPSTREAM_SECONDS) * 1000, "looks": looks}


def warm_up(house: House) -> None:
    """Domain look-up and log-in are LivePerson's once an hour, not once a look."""
    house.wait_for(house.open_panel(house.mint("documented")), "live")


def measure_one(house: House) -> float:
    from tests.support.house import ACCOUNT

    subject = house.mint("documented")
    ids = ("--visitor", subject.visitor_id, "--session", subject.session_id)
    url = house.run("ticket", "--account", ACCOUNT, *ids).strip()
    before = time.monotonic()
    look = house.open(url)
    pause_ms = 100
    while True:
        time.sleep(pause_ms / 1000)
        now = house.tick(look.token, seen="waiting")
        if now.status == 200:
            return time.monotonic() - before
        pause_ms = int(now.headers["X-LPContext-Next"])
