"""What somebody opened lately: their own, newest first, sealed, for six hours."""

from __future__ import annotations

from typing import cast

import pytest

from lpcontext.snapshots import list_recent_subjects, note_recent_subject
from lpcontext.snapshots.memory import connect, memory_now_ms
from lpcontext.snapshots.naming import name_of_owner, recent_key
from lpcontext.snapshots.recent_subjects import MOST_RECENT
from lpcontext.subjects import ChatKey, Subject, VisitKey

pytestmark = pytest.mark.usefixtures("memory")
ANN, BOB = "user:1", "user:2"
VISIT = VisitKey(account_id="71820394", visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")
CHAT = ChatKey(account_id="71820394", chat_id="H2170755172687460894")
PLACE = f"lpc:{recent_key(name_of_owner(ANN))}"


def list_subjects(owner: str = ANN) -> list[Subject]:
    return [recent.subject for recent in list_recent_subjects(owner)]


def number(count: int) -> ChatKey:
    return ChatKey(account_id="71820394", chat_id=f"H{count}")


def test_the_newest_comes_first_and_each_once() -> None:
    for subject in (VISIT, CHAT, VISIT):
        note_recent_subject(ANN, subject)

    assert list_subjects() == [VISIT, CHAT]
    assert abs(list_recent_subjects(ANN)[0].opened_ms - memory_now_ms()) < 60_000


def test_both_forms_of_a_session_id_are_one_visit() -> None:
    long_form = f"{VISIT.session_id}.c524460e4432e9f93cf700af590f16ef181f20e6"
    for session_id in (VISIT.session_id, long_form):
        note_recent_subject(ANN, VisitKey(account_id="71820394", visitor_id=VISIT.visitor_id, session_id=session_id))

    assert len(list_subjects()) == 1


def test_everybody_has_a_list_of_their_own() -> None:
    note_recent_subject(ANN, VISIT)
    note_recent_subject(BOB, CHAT)

    assert (list_subjects(ANN), list_subjects(BOB)) == ([VISIT], [CHAT])


def test_it_holds_so_many_and_the_oldest_goes() -> None:
    for count in range(MOST_RECENT + 2):
        note_recent_subject(ANN, number(count))

    assert list_subjects() == [number(count) for count in range(MOST_RECENT + 1, 1, -1)]


def test_six_hours_after_it_was_opened_it_is_gone() -> None:
    note_recent_subject(ANN, CHAT)
    note_recent_subject(ANN, VISIT)
    [oldest] = cast("list[bytes]", connect().zrange(PLACE, 0, 0))
    connect().zadd(PLACE, {oldest: memory_now_ms() - 6 * 3_600_000})

    assert list_subjects() == [VISIT]
    assert connect().zcard(PLACE) == 1
    assert 0 < connect().pttl(PLACE) <= 6 * 3_600_000


def test_memory_sees_no_id_and_one_list_opens_as_no_other() -> None:
    note_recent_subject(ANN, VISIT)
    kept = connect().dump(PLACE)
    assert isinstance(kept, bytes)
    connect().restore(f"lpc:{recent_key(name_of_owner(BOB))}", 0, kept)

    assert not [text for text in (VISIT.visitor_id, VISIT.session_id, "71820394") if text.encode() in kept]
    assert list_subjects(BOB) == []
