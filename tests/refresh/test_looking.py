"""One look at a subject: whose word leads, when to tick again, and how long what was read stays good."""

from __future__ import annotations

import math

import pytest
from msgspec.structs import replace

from lpcontext.refresh import Look
from lpcontext.snapshots import Vitals

NOW = 1_800_000_000_000
VISIT = Vitals(state="live", version="v", first_seen_ms=NOW, as_of_ms=NOW, due_ms=NOW + 5000, interval_ms=5000)
CHAT = replace(VISIT, version="c", due_ms=NOW + 2000, interval_ms=2000)


def look(chat: Vitals | None, visit: Vitals | None) -> Look:
    return Look("name", chat, visit, "visit")


def test_a_visits_look_has_the_visits_version() -> None:
    assert look(None, VISIT).version == "v"


def test_a_chats_version_changes_with_either_part() -> None:
    looks = [look(CHAT, VISIT), look(replace(CHAT, version="d"), VISIT), look(CHAT, replace(VISIT, version="w"))]

    assert len({each.version for each in looks} | {look(CHAT, None).version}) == 4


def test_the_chat_leads_while_it_goes_on_and_then_its_visit() -> None:
    over = replace(CHAT, state="ended", due_ms=None)

    assert look(CHAT, VISIT).leading() is CHAT
    assert look(over, VISIT).leading() is VISIT
    assert look(over, None).leading() is over


def test_a_look_at_nothing_is_a_mistake_and_says_so() -> None:
    with pytest.raises(ValueError, match="a visit or at a chat"):
        look(None, None).leading()


def test_the_next_tick_is_for_the_sooner_part() -> None:
    assert look(CHAT, VISIT).next_tick_ms(now_ms=NOW) == look(CHAT, None).next_tick_ms(now_ms=NOW)


def test_ticking_goes_on_while_either_part_can_change() -> None:
    over = replace(CHAT, state="ended", due_ms=None)

    assert look(over, VISIT).next_tick_ms(now_ms=NOW) is not None
    assert look(over, replace(VISIT, state="ended", due_ms=None)).next_tick_ms(now_ms=NOW) is None


def test_a_look_is_good_until_an_answer_is_due() -> None:
    assert look(CHAT, VISIT).changes_at_ms(now_ms=NOW) == NOW + 2000


def test_a_look_is_good_until_its_word_goes_stale() -> None:
    slow = replace(VISIT, due_ms=NOW + 60_000)

    assert look(None, slow).changes_at_ms(now_ms=NOW) == NOW + 10_001


def test_what_went_stale_already_changes_no_more() -> None:
    slow = replace(VISIT, due_ms=NOW + 60_000)

    assert look(None, slow).changes_at_ms(now_ms=NOW + 20_000) == NOW + 60_000


def test_what_is_over_is_good_for_ever() -> None:
    assert look(None, replace(VISIT, state="ended", due_ms=None)).changes_at_ms(now_ms=NOW) == math.inf
