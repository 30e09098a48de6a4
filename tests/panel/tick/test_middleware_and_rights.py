"""A tick whose right has ended gets nothing, and its page must forget; masking is as the account wants it now."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Collection, Iterator

import pytest
from django.db import OperationalError

from lpcontext.accounts.rights import Grant, Right
from lpcontext.launch import Launch, RightsCache, seal_token
from lpcontext.panel.tick import TickMiddleware
from lpcontext.reading import PersonalKind
from lpcontext.refresh import StatusCache
from lpcontext.snapshots import StoredVisit, SubjectStatus
from lpcontext.subjects import State
from lpcontext.visits import Contact, Person, Visit
from tests.panel.tick.ticking import KEY, nothing_behind, tick
from tests.support.stored_subject import store_subject
from tests.support.viewers import NOTHING_HIDDEN, USUALLY_HIDDEN
from tests.support.waiting import PATIENCE_SECONDS

pytestmark = pytest.mark.usefixtures("memory")
MASKED, OPEN = Right(is_good=True, hidden=USUALLY_HIDDEN), Right(is_good=True, hidden=NOTHING_HIDDEN)
REVEALING = MASKED._replace(revealable=frozenset({PersonalKind.EMAIL}))
ENDED = Right(is_good=False, hidden=USUALLY_HIDDEN)
PERIOD_SECONDS = 0.02


class Office:
    """A middleware, and what the database behind it says of every right; None for nothing at all."""

    def __init__(self, right: Right | None) -> None:
        self.right = right
        self.statuses = StatusCache()
        self.rights = RightsCache(read=self._read, period_seconds=PERIOD_SECONDS)
        self.middleware = TickMiddleware(nothing_behind, statuses=self.statuses, rights=self.rights)

    def tick_until(self, token: str, query: str, is_it: Callable[[str, str], bool]) -> tuple[str, dict[str, str], str]:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            status, headers, body = tick(self.middleware, token, query)
            text = gzip.decompress(body).decode() if headers.get("Content-Encoding") == "gzip" else body.decode()
            if is_it(status, text):
                return status, headers, text
            assert time.monotonic() < deadline, f"still {status}"
            time.sleep(PERIOD_SECONDS)

    def close(self) -> None:
        self.statuses.close()
        self.rights.close()

    def _read(self, grants: Collection[Grant]) -> dict[Grant, Right]:
        if self.right is None:
            raise OperationalError
        return dict.fromkeys(grants, self.right)


@pytest.fixture
def open_office() -> Iterator[Callable[[Right | None], Office]]:
    offices: list[Office] = []

    def open_one(right: Right | None) -> Office:
        offices.append(Office(right))
        return offices[-1]

    yield open_one
    for office in offices:
        office.close()


@pytest.fixture
def version(memory: None) -> str:
    """Of a visit whose visitor has an address worth masking."""
    now_ms = int(time.time() * 1000)
    live = SubjectStatus(state=State.LIVE, first_seen_ms=now_ms, as_of_ms=now_ms, due_ms=now_ms + 60_000)
    person = Person(name="Ada", contacts=(Contact(email="ada.lovelace@example.com"),))
    return store_subject(KEY, live, StoredVisit(visit=Visit(person=person))).version


def make_token(*, opened_ms: int | None = None, revealed_until_ms: int = 0) -> str:
    now_ms = int(time.time() * 1000)
    launch = Launch(
        subject=KEY,
        slug="s",
        opened_ms=opened_ms or now_ms,
        expires_ms=now_ms + 60_000,
        revealed_until_ms=revealed_until_ms,
        revealed_kinds=(PersonalKind.EMAIL,),
    )
    return seal_token(launch)


def is_gone(status: str, _: str) -> bool:
    return status == "410 Gone"


@pytest.mark.parametrize("query", ["", "seen=older", "now=1"])
def test_a_right_that_has_ended_gets_no_body(
    open_office: Callable[[Right | None], Office], version: str, query: str
) -> None:
    office, token = open_office(MASKED), make_token()
    office.tick_until(token, "", lambda _, text: "Ada" in text)
    office.right = ENDED

    _, headers, text = office.tick_until(token, query, is_gone)
    also_unchanged = tick(office.middleware, token, f"seen={version}")

    assert (headers["X-LPContext-State"], headers["X-LPContext-Right"]) == ("refused", "ended")
    assert "X-LPContext-Next" not in headers
    assert "Ada" not in text
    assert also_unchanged[0] == "410 Gone"


@pytest.mark.usefixtures("version")
def test_what_was_opened_before_a_sign_out_is_over_and_what_was_opened_later_is_not(
    open_office: Callable[[Right | None], Office],
) -> None:
    now_ms = int(time.time() * 1000)
    office = open_office(MASKED._replace(ended_ms=now_ms - 500))

    before = tick(office.middleware, make_token(opened_ms=now_ms - 1_000))
    after = tick(office.middleware, make_token(opened_ms=now_ms))

    assert (before[0], after[0]) == ("410 Gone", "200 OK")


def test_masking_is_the_accounts_word_of_now(open_office: Callable[[Right | None], Office], version: str) -> None:
    token = make_token()

    masked = open_office(MASKED).tick_until(token, "", lambda status, _: status == "200 OK")[2]
    open_ = open_office(OPEN).tick_until(token, "", lambda status, _: status == "200 OK")[2]

    assert "ada.lovelace@" not in masked
    assert "ada.lovelace@" in open_
    assert f'data-version="{version}"' in masked


def test_what_is_revealed_is_shown_until_its_end_and_only_to_whom_it_may_be(
    open_office: Callable[[Right | None], Office], version: str
) -> None:
    soon = int(time.time() * 1000) + 60_000
    revealed, over = make_token(revealed_until_ms=soon), make_token(revealed_until_ms=soon - 60_000)

    def look(right: Right, token: str) -> str:
        return open_office(right).tick_until(token, "", lambda _, text: version in text)[2]

    assert "ada.lovelace@" in look(REVEALING, revealed)
    assert f'data-version="{version}-phone"' in look(REVEALING, revealed)
    assert "ada.lovelace@" not in look(REVEALING, over)
    assert "ada.lovelace@" not in look(MASKED, revealed)


def test_a_role_that_is_widened_meanwhile_shows_no_more_than_was_recorded(
    open_office: Callable[[Right | None], Office], version: str
) -> None:
    wider = MASKED._replace(revealable=MASKED.hidden)
    token = make_token(revealed_until_ms=int(time.time() * 1000) + 60_000)

    text = open_office(wider).tick_until(token, "", lambda _, text: version in text)[2]

    assert f'data-version="{version}-phone"' in text


def test_tightened_masking_takes_away_what_was_seen_although_the_visit_is_unchanged(
    open_office: Callable[[Right | None], Office], version: str
) -> None:
    office, token = open_office(OPEN), make_token()
    seen = f"seen={version}-open"
    assert f'data-version="{version}-open"' in office.tick_until(token, "", lambda status, _: status == "200 OK")[2]
    assert tick(office.middleware, token, seen)[0] == "204 No Content"
    office.right = MASKED

    text = office.tick_until(token, seen, lambda status, _: status == "200 OK")[2]

    assert "ada.lovelace@" not in text
    assert tick(office.middleware, token, f"seen={version}")[0] == "204 No Content"


def test_where_nothing_is_known_of_a_visit_masked_and_open_pages_have_seen_the_same(
    open_office: Callable[[Right | None], Office],
) -> None:
    for right in (MASKED, OPEN):
        assert tick(open_office(right).middleware, make_token(), "seen=waiting")[0] == "204 No Content"


def test_a_right_nobody_can_tell_gets_no_body_and_the_panel_comes_back_by_itself(
    open_office: Callable[[Right | None], Office], version: str
) -> None:
    office, token = open_office(None), make_token()

    status, headers, body = tick(office.middleware, token)
    kept = tick(office.middleware, token, f"seen={version}")

    assert (status, headers["X-LPContext-State"]) == ("200 OK", "memory-down")
    assert int(headers["X-LPContext-Next"]) > 0
    assert b"Ada" not in gzip.decompress(body)
    assert (kept[0], kept[1]["X-LPContext-State"]) == ("204 No Content", "memory-down")

    office.right = MASKED
    office.tick_until(token, "", lambda _, text: "Ada" in text)
