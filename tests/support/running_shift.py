"""A worker that tends one account: everything is real around it but LivePerson, which has a script."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from lpcontext.accounts.registry import add_account
from lpcontext.refresh.shift import Shift
from lpcontext.sealing import get_sealer
from lpcontext.snapshots import StoredVisit, find_stored
from lpcontext.snapshots.memory import connect
from lpcontext.subjects import State
from lpcontext.visits import Visit
from tests.support.account_queue import AccountQueue
from tests.support.stored_subject import find_status
from tests.support.visit_requests import NOW, page
from tests.support.waiting import PATIENCE_SECONDS, wait_until

# What LivePerson tells of the visits of AccountQueue.
VISIT = {"id": "session", "appSessions": [{"id": "session", "pages": [page(1, begun_ms=NOW, stay_ms=1)]}]}


def give_credentials(account_id: str, password: str = "first password") -> None:  # noqa: S107 # nosec B107
    document = {"kind": "login", "username": "bot", "password": password}
    add_account(account_id=account_id, document=document, sealer=get_sealer())


def make_queue(account_id: str) -> AccountQueue:
    """Of an account that exists, with one visit that is watched and due."""
    give_credentials(account_id)
    queue = AccountQueue(account_id=account_id)
    queue.add(1)
    return queue


@contextmanager
def shift_running(account_id: str) -> Iterator[Shift]:
    """A worker tends the account meanwhile."""
    stopping = threading.Event()
    shift = Shift(account_id, number=0, stopping=stopping, start_shift=lambda account, number: None)
    thread = threading.Thread(target=shift.run, name="shift", daemon=True)
    thread.start()
    try:
        yield shift
    finally:
        stopping.set()
        shift.notify()
        thread.join(PATIENCE_SECONDS)
    assert not thread.is_alive()


def tend(queue: AccountQueue, *, until: Callable[[], bool]) -> None:
    """A worker tends the account until it is so, and then ends."""
    with shift_running(queue.account_id):
        wait_until(until)


def state_of(queue: AccountQueue, number: int = 1) -> State | None:
    status = find_status(queue.name(number))
    return status.state if status else None


def kept_visit(queue: AccountQueue, number: int = 1) -> Visit | None:
    """What is kept of what LivePerson sent."""
    found = find_stored(queue.name(number), StoredVisit)
    return found[1].visit if found and found[1] else None


def is_claimed(queue: AccountQueue, number: int = 1) -> bool:
    return bool(connect().hexists(f"lpc:h:{queue.account}:{queue.kind}", queue.name(number)))
