"""An answer is compared before it is read: the same one costs no reading, and nothing is kept of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from lpcontext.liveperson import UnreadableResponse, VisitNotFound
from lpcontext.refresh.kinds import SubjectUpdate
from lpcontext.refresh.kinds.visit import VISIT
from lpcontext.refresh.transitions import build_answer_result
from lpcontext.sealing import get_sealer
from lpcontext.snapshots import Claim, LastAnswer, StoredVisit
from lpcontext.visits import UnreadableVisit
from lpcontext.visits.parsing.visit import AnotherVisit
from tests.support.client_harness import SESSION, VISITOR, ClientHarness
from tests.support.scripted_server import ScriptedServer, reply
from tests.support.visit_requests import KEY, NOW, RequestedVisit, page, visit_document

NEWER = b"a newer key, thirty-two bytes....."[:32]


@pytest.fixture
def _own_seal_keys(settings: Any) -> Iterator[None]:
    yield
    get_sealer.cache_clear()


def visit(stay_ms: int = 1000, **fields: Any) -> dict[str, Any]:
    earlier = page(1, begun_ms=NOW - 60_000, stay_ms=30_000)
    return visit_document(earlier, page(2, begun_ms=NOW - 30_000, stay_ms=stay_ms), **fields)


def version_of(asked: RequestedVisit, learnt: SubjectUpdate) -> str:
    claim = Claim(name="n", token="t", subject=KEY, status=None, last_answer=LastAnswer())
    return build_answer_result(VISIT, claim, learnt, asked_ms=asked.now_ms, now_ms=asked.now_ms).status.version


def test_the_first_answer_is_read_and_kept(asked_visit: RequestedVisit) -> None:
    learnt = asked_visit.learn(visit())

    assert isinstance(learnt.stored, StoredVisit)
    assert learnt.stored.visit is not None
    assert [each.title for each in learnt.stored.visit.pages] == ["Page 1", "Page 2"]
    assert learnt.stored.visit.visitor_id == VISITOR


@pytest.mark.parametrize("stay_ms", [1000, 6000])
def test_an_answer_equal_to_the_last_is_not_read_and_keeps_the_version(
    asked_visit: RequestedVisit, stay_ms: int
) -> None:
    """Were it read, what was read would be there to keep."""
    first = asked_visit.learn(visit())
    again = asked_visit.learn(visit(stay_ms))

    assert again.stored is None
    assert again.last_answer.content == first.last_answer.content
    assert again.last_answer.stay_ms == stay_ms
    assert version_of(asked_visit, again) == version_of(asked_visit, first)


def test_other_keys_first_is_the_same_answer(asked_visit: RequestedVisit) -> None:
    state = visit()
    asked_visit.learn(state)

    assert asked_visit.learn(dict(reversed(state.items()))).stored is None


@pytest.mark.usefixtures("_own_seal_keys")
def test_what_was_kept_by_a_key_that_is_gone_is_kept_anew(asked_visit: RequestedVisit, settings: Any) -> None:
    """Nobody could open it: its panel would be live and blank for as long as the visit does not move."""
    asked_visit.learn(visit())
    settings.SEAL_KEYS = [NEWER]
    get_sealer.cache_clear()

    again = asked_visit.learn(visit())

    assert isinstance(again.stored, StoredVisit)
    assert asked_visit.learn(visit()).stored is None


@pytest.mark.usefixtures("_own_seal_keys")
def test_what_was_kept_by_a_key_that_is_still_in_the_list_is_not(asked_visit: RequestedVisit, settings: Any) -> None:
    asked_visit.learn(visit())
    settings.SEAL_KEYS = [NEWER, *settings.SEAL_KEYS]
    get_sealer.cache_clear()

    assert asked_visit.learn(visit()).stored is None


def test_what_was_kept_in_another_shape_is_kept_anew(asked_visit: RequestedVisit) -> None:
    asked_visit.learn(visit())
    form = asked_visit.last_answer.form
    asked_visit.last_answer = msgspec.structs.replace(asked_visit.last_answer, form=bytes([form[0] - 1]) + form[1:])

    assert isinstance(asked_visit.learn(visit()).stored, StoredVisit)


def test_notes_of_a_process_that_named_no_form_are_no_reason_to_keep_nothing(asked_visit: RequestedVisit) -> None:
    asked_visit.learn(visit())
    asked_visit.last_answer = msgspec.structs.replace(asked_visit.last_answer, form=b"")

    assert isinstance(asked_visit.learn(visit()).stored, StoredVisit)


def test_time_on_an_earlier_page_is_news(asked_visit: RequestedVisit) -> None:
    first = asked_visit.learn(visit())
    pages = [page(1, begun_ms=NOW - 60_000, stay_ms=31_000), page(2, begun_ms=NOW - 30_000, stay_ms=1000)]
    news = asked_visit.learn(visit_document(*pages))

    assert news.stored is not None
    assert version_of(asked_visit, news) != version_of(asked_visit, first)


def test_news_we_do_not_draw_are_read_and_change_no_version(asked_visit: RequestedVisit) -> None:
    first = asked_visit.learn(visit())
    news = asked_visit.learn(visit(somethingNobodyDocuments=[1, 2, 3]))

    assert news.last_answer.answer != first.last_answer.answer
    assert version_of(asked_visit, news) == version_of(asked_visit, first)


def test_the_same_answer_is_read_where_nothing_is_kept_of_the_last(asked_visit: RequestedVisit) -> None:
    asked_visit.learn(visit())
    asked_visit.status = None

    assert asked_visit.learn(visit()).stored is not None


def test_half_a_character_in_an_answer_is_no_trouble(asked_visit: RequestedVisit) -> None:
    state = visit()
    state["appSessions"][0]["pages"][0]["title"] = "half \ud83d"

    assert asked_visit.learn(state).stored is not None
    assert asked_visit.learn(state).stored is None


@pytest.mark.parametrize("state", [{}, {"id": SESSION}, {"error": "no"}])
def test_what_is_no_visit_is_said_to_be_unreadable(asked_visit: RequestedVisit, state: object) -> None:
    assert isinstance(asked_visit.receive(state), UnreadableVisit)


def test_what_is_no_object_is_said_to_be_unreadable(asked_visit: RequestedVisit) -> None:
    assert isinstance(asked_visit.receive([]), UnreadableResponse)


def test_another_sessions_answer_is_refused_and_the_next_good_one_read(asked_visit: RequestedVisit) -> None:
    asked_visit.learn(visit())
    other = visit() | {"id": "ttJpjOmRQ0adbOusBi5UlA"}

    assert isinstance(asked_visit.receive(other), AnotherVisit)
    assert asked_visit.learn(visit()).stored is None


def test_a_no_of_liveperson_comes_back_as_what_it_is() -> None:
    with ScriptedServer() as server, ClientHarness(server.base_url) as harness:
        server.will("state", reply(404, {"error": {"internalCode": 12}}))
        claim = Claim(name="n", token="t", subject=KEY, status=None, last_answer=LastAnswer())
        [(fetched, result)] = VISIT.fetch([claim], client=harness.client, now=lambda: NOW)

    assert fetched is claim
    assert isinstance(result, VisitNotFound)
