"""The status of a chat, since when, and when it runs out."""

from __future__ import annotations

import pytest

from lpcontext.chats.model import Chat, ChatEvent, Transcript
from lpcontext.chats.status import ChatStatus, compute_chat_status, is_ended
from tests.chats.responses import parse_documented


def states(*reported: tuple[str, int]) -> Transcript:
    return Transcript(
        events=tuple(ChatEvent(kind="state", id=n, state=name, at_ms=at) for n, (name, at) in enumerate(reported))
    )


def test_the_documented_chat_has_a_state_since_its_event_and_runs_out_after_its_last_update() -> None:
    response = parse_documented("chat-resources-doc.json")

    assert compute_chat_status(response.chat, response.transcript) == ChatStatus(
        state="chatting", since_ms=1517231996777, times_out_at_ms=1517232054560 + 40_000
    )


def test_a_chat_that_waits_does_so_since_it_began_where_no_event_tells() -> None:
    assert compute_chat_status(Chat(state="waiting", started_at_ms=7), Transcript()).since_ms == 7


def test_a_state_no_event_names_has_no_since() -> None:
    assert compute_chat_status(Chat(state="ended", started_at_ms=7), states(("chatting", 5))).since_ms is None


def test_without_info_the_last_event_tells_the_state() -> None:
    status = compute_chat_status(Chat(), states(("waiting", 1), ("chatting", 2), ("ended", 3)))

    assert (status.state, status.since_ms) == ("ended", 3)


@pytest.mark.parametrize(
    "chat",
    [
        Chat(state="ended", last_update_ms=1, timeout_seconds=40),
        Chat(state="chatting", last_update_ms=1),
        Chat(state="chatting", timeout_seconds=40),
    ],
)
def test_a_chat_that_has_ended_or_does_not_say_runs_out_at_no_time(chat: Chat) -> None:
    assert compute_chat_status(chat, Transcript()).times_out_at_ms is None


def test_only_an_ended_chat_is_ended() -> None:
    assert [is_ended(Chat(state=state)) for state in ("ended", "chatting", None)] == [True, False, False]
