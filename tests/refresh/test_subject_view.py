"""One view of a subject: whose word leads, when to tick again, and when what was read goes stale."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from lpcontext.refresh import SubjectView, TickPace
from lpcontext.snapshots import KEEP_AT_MOST_MS, SubjectStatus
from lpcontext.subjects import State

NOW = 1_800_000_000_000
VISIT = SubjectStatus(
    state=State.LIVE, version="v", first_seen_ms=NOW, as_of_ms=NOW, due_ms=NOW + 5000, interval_ms=5000
)
CHAT = replace(VISIT, version="c", due_ms=NOW + 2000, interval_ms=2000)
CHAT_OVER = replace(CHAT, state=State.ENDED, due_ms=None)
VISIT_OVER = replace(VISIT, state=State.ENDED, due_ms=None)


def view(chat: SubjectStatus | None, visit: SubjectStatus | None) -> SubjectView:
    return SubjectView("name", "chat" if chat else "visit", chat, visit, "visit")


def test_a_visits_view_has_the_visits_version() -> None:
    assert view(None, VISIT).version == "v"


def test_a_view_of_nothing_yet_has_no_version() -> None:
    assert view(None, None).version == ""


def test_a_chats_version_changes_with_either_part() -> None:
    views = [view(CHAT, VISIT), view(replace(CHAT, version="d"), VISIT), view(CHAT, replace(VISIT, version="w"))]

    assert len({each.version for each in views} | {view(CHAT, None).version}) == 4


def test_the_chat_leads_while_it_goes_on_and_then_its_visit() -> None:
    assert view(CHAT, VISIT).leading() is CHAT
    assert view(CHAT_OVER, VISIT).leading() is VISIT
    assert view(CHAT_OVER, None).leading() is CHAT_OVER


def test_a_view_of_nothing_is_a_mistake_and_says_so() -> None:
    with pytest.raises(ValueError, match="of a visit, or of a subject with one behind it"):
        view(None, None).leading()


def test_the_next_tick_is_for_the_sooner_part() -> None:
    assert view(CHAT, VISIT).next_tick_ms(now_ms=NOW) == view(CHAT, None).next_tick_ms(now_ms=NOW)


def test_ticking_goes_on_while_either_part_can_change() -> None:
    assert view(CHAT_OVER, VISIT).next_tick_ms(now_ms=NOW) is not None
    assert view(CHAT, VISIT_OVER).next_tick_ms(now_ms=NOW) is not None
    assert view(CHAT_OVER, VISIT_OVER).next_tick_ms(now_ms=NOW) is None


def test_the_word_is_the_leading_ones_and_goes_stale_with_it() -> None:
    shown = view(CHAT, VISIT)

    assert shown.good_until_ms(now_ms=NOW) == NOW + 4001
    assert [shown.state_at(now_ms=NOW + 4000), shown.state_at(now_ms=NOW + 4001)] == ["live", "delayed"]


def test_a_visits_word_goes_stale_after_two_of_its_intervals() -> None:
    slow = replace(VISIT, due_ms=NOW + 60_000)

    assert view(None, slow).good_until_ms(now_ms=NOW) == NOW + 10_001


def test_what_went_stale_already_turns_no_more() -> None:
    assert view(None, VISIT).good_until_ms(now_ms=NOW + 20_000) == VISIT.first_seen_ms + KEEP_AT_MOST_MS


def test_what_is_over_is_good_until_it_is_too_old_to_keep() -> None:
    assert view(None, VISIT_OVER).good_until_ms(now_ms=NOW) == VISIT_OVER.first_seen_ms + KEEP_AT_MOST_MS


def test_one_status_alone_sets_the_pace_and_two_do_not() -> None:
    assert view(None, VISIT).pace() == TickPace.of(VISIT)
    assert view(CHAT, VISIT).pace() is None
