"""Row 4: a cold look, from opening the ticket to the tick that brings the visit, less LivePerson's own time."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import Any

from tests.support.running_stack import RunningStack, run_stack

UPSTREAM_SECONDS = 0.15


def measure_cold_look(folder: Path, *, looks: int) -> dict[str, Any]:
    """Tickets come from the command line, which asks LivePerson for nothing: the page is the first to do so."""
    with run_stack(folder) as stack:
        warm_up(stack)
        stack.fault("slow", seconds=UPSTREAM_SECONDS)
        took = [measure_one(stack) for _ in range(looks)]
    return {"over_upstream_ms": (statistics.median(took) - UPSTREAM_SECONDS) * 1000, "looks": looks}


def warm_up(stack: RunningStack) -> None:
    """Domain look-up and log-in are LivePerson's once an hour, not once a look."""
    stack.wait_for(stack.open_panel(stack.create_visit("documented")), "live")


def measure_one(stack: RunningStack) -> float:
    from tests.support.stack_subjects import ACCOUNT

    subject = stack.create_visit("documented")
    ids = ("--visitor", subject.visitor_id, "--session", subject.session_id)
    url = stack.run("ticket", "--account", ACCOUNT, *ids).strip()
    before = time.monotonic()
    look = stack.open(url)
    pause_ms = 100
    while True:
        # What is measured is the pause too: a page ticks no sooner than the answer before told it to.
        time.sleep(pause_ms / 1000)
        now = stack.tick(look.token, seen="waiting")
        if now.status == 200:
            return time.monotonic() - before
        pause_ms = int(now.headers["X-LPContext-Next"])
