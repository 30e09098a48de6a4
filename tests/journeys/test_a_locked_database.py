"""Another process holds the database's lock for long: tickets are issued and opened, no record is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.support.running_stack import RunningStack
from tests.support.waiting import PATIENCE_SECONDS, wait_until


def find_database(stack: RunningStack) -> Path:
    return Path(stack.environment["LPCONTEXT_VAR_DIR"]) / "lpcontext.sqlite3"


@contextmanager
def nobody_can_write(stack: RunningStack) -> Iterator[None]:
    with closing(sqlite3.connect(find_database(stack), timeout=PATIENCE_SECONDS, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            database.execute("ROLLBACK")


def list_actions(stack: RunningStack, agent: str) -> list[str]:
    with closing(sqlite3.connect(find_database(stack), timeout=PATIENCE_SECONDS)) as database:
        rows = database.execute("SELECT action FROM audit_auditrecord WHERE agent_name = ? ORDER BY at", [agent])
        return [str(action) for (action,) in rows]


def test_bookkeeping_denies_nobody_a_panel_and_is_done_afterwards(stack: RunningStack) -> None:
    subject, agent = stack.create_visit_apart(), "Agent of a locked hour"
    with nobody_can_write(stack):
        answer = stack.request_ticket(subject, agent={"id": "locked-1", "name": agent})
        assert answer.status_code == 201
        look = stack.open(answer.json()["url"])
        assert look.status == 200
        assert list_actions(stack, agent) == []

    wait_until(lambda: list_actions(stack, agent) == ["opened"])
