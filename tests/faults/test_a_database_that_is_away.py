"""The database fails for a while: what is known of an account a moment ago is good enough, and no heartbeat stops."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.support.panels import Panels, now_ms
from tests.support.running_stack import RunningStack
from tests.support.waiting import PATIENCE_SECONDS

VISITS, AWAY_SECONDS = 12, 8.0


@contextmanager
def accounts_cannot_be_read(stack: RunningStack) -> Iterator[None]:
    """Every question about them is an error of the database."""
    place = Path(stack.environment["LPCONTEXT_VAR_DIR"]) / "lpcontext.sqlite3"
    with closing(sqlite3.connect(place, timeout=PATIENCE_SECONDS)) as database:
        database.execute("ALTER TABLE accounts_account RENAME TO accounts_away")
        try:
            yield
        finally:
            database.execute("ALTER TABLE accounts_away RENAME TO accounts_account")


def test_a_ticket_waits_for_it_in_the_frame_it_was_made_for(stack: RunningStack) -> None:
    url = stack.launch_url(stack.create_visit("documented"), origin=stack.emulator_url)

    with accounts_cannot_be_read(stack):
        waiting = stack.open(url)
        reload = stack.open(f"{stack.url}/panel/abcdefabcdef/")

    assert (waiting.status, reload.status) == (200, 200)
    assert waiting.headers["Refresh"] == reload.headers["Refresh"] == "3"
    assert f"frame-ancestors {stack.emulator_url}" in waiting.headers["Content-Security-Policy"]
    assert stack.open(url).token


def test_watched_panels_stay_live(stack: RunningStack) -> None:
    with Panels(stack, stack.create_visits(VISITS)) as panels:
        panels.wait_until_live()
        with accounts_cannot_be_read(stack):
            away_ms = now_ms()
            time.sleep(AWAY_SECONDS)
            states = {result.state for result in panels.results_since(away_ms)}
            assert panels.are_live(since_ms=now_ms() - 4_000)
        panels.wait_until_live(since_ms=now_ms())

    assert states == {"live"}
