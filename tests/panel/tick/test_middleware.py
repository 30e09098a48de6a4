"""The tick's middleware, in this process: what it answers without memory, and when its token is over."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from lpcontext.accounts.models import Account
from lpcontext.launch import Launch, RightsCache, issue_ticket, seal_token
from lpcontext.panel.tick import TickMiddleware
from lpcontext.refresh import StatusCache
from lpcontext.snapshots import StoredVisit, SubjectStatus
from lpcontext.snapshots.memory import forget_connection
from lpcontext.subjects import State, VisitKey
from lpcontext.visits import Person, Visit
from tests.panel.tick.ticking import KEY, give_all, make_token, nothing_behind, tick
from tests.support.stored_subject import store_subject


@pytest.fixture
def start_middleware() -> Iterator[Callable[[], TickMiddleware]]:
    """The middleware of as many web processes as are asked for; what each listens with is closed afterwards."""
    opened: list[StatusCache | RightsCache] = []

    def open_one() -> TickMiddleware:
        statuses, rights = StatusCache(), RightsCache(read=give_all)
        opened.extend((statuses, rights))
        return TickMiddleware(nothing_behind, statuses=statuses, rights=rights)

    yield open_one
    for each in opened:
        each.close()


@pytest.fixture
def _nobody_listens(settings: Any) -> Iterator[None]:
    settings.REDIS_URL = settings.BROKER_URL = "redis://127.0.0.1:1/0"
    forget_connection()
    yield
    forget_connection()


@pytest.mark.usefixtures("_nobody_listens")
def test_without_memory_an_empty_panel_gets_one_sentence(start_middleware: Callable[[], TickMiddleware]) -> None:
    status, headers, body = tick(start_middleware(), make_token())

    assert status == "200 OK"
    assert headers["X-LPContext-State"] == "memory-down"
    assert int(headers["X-LPContext-Next"]) > 0
    assert "comes back by itself" in gzip.decompress(body).decode()


@pytest.mark.usefixtures("_nobody_listens")
def test_without_memory_a_panel_that_shows_something_keeps_it(start_middleware: Callable[[], TickMiddleware]) -> None:
    status, headers, body = tick(start_middleware(), make_token(), "seen=0123456789abcdef")

    assert (status, body) == ("204 No Content", b"")
    assert headers["X-LPContext-State"] == "memory-down"


def test_memory_that_comes_back_is_used_again(
    start_middleware: Callable[[], TickMiddleware], settings: Any, memory: None
) -> None:
    address, middleware, token = settings.REDIS_URL, start_middleware(), make_token()
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    forget_connection()
    before = tick(middleware, token)[1]["X-LPContext-State"]

    settings.REDIS_URL = address
    forget_connection()

    assert (before, tick(middleware, token)[1]["X-LPContext-State"]) == ("memory-down", "waiting")


@pytest.mark.django_db
@pytest.mark.usefixtures("_nobody_listens")
def test_without_memory_a_ticket_stays_good_and_the_page_comes_back_by_itself(client: Client) -> None:
    account = Account.objects.create(id="71820394")
    ticket = issue_ticket(account, KEY, now_ms=int(time.time() * 1000))

    page = client.get(ticket.path)

    assert page.status_code == 200
    assert 'data-state="memory-down"' in page.content.decode()
    assert int(page["Refresh"]) > 0


@pytest.mark.usefixtures("memory")
def test_a_token_opens_until_its_end_also_when_it_is_remembered(start_middleware: Callable[[], TickMiddleware]) -> None:
    middleware, token = start_middleware(), make_token(seconds=0.4)
    first = tick(middleware, token)[0]
    time.sleep(0.5)

    assert (first, tick(middleware, token)[0]) == ("200 OK", "410 Gone")
    assert tick(start_middleware(), token)[0] == "410 Gone"


@pytest.mark.usefixtures("memory")
def test_a_token_of_one_visit_never_shows_another(start_middleware: Callable[[], TickMiddleware]) -> None:
    middleware = start_middleware()
    other = VisitKey(account_id=KEY.account_id, visitor_id="somebody-else", session_id=KEY.session_id)
    now_ms = int(time.time() * 1000)
    live = SubjectStatus(state=State.LIVE, first_seen_ms=now_ms, as_of_ms=now_ms, due_ms=now_ms + 60_000)
    store_subject(KEY, live, StoredVisit(visit=Visit(person=Person(name="Ada"))))
    store_subject(other, live, StoredVisit(visit=Visit(person=Person(name="Grace"))))
    token = seal_token(Launch(subject=other, slug="s", opened_ms=now_ms, expires_ms=now_ms + 60_000))

    seen = [gzip.decompress(tick(middleware, each)[2]).decode() for each in (make_token(), token, make_token())]

    assert ["Ada" in html for html in seen] == [True, False, True]
    assert ["Grace" in html for html in seen] == [False, True, False]
