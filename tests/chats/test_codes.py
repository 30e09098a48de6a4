"""Codes and words of LivePerson as an agent reads them."""

from __future__ import annotations

import pytest

from lpcontext.chats.codes import format_chat_state, format_source, format_system_message


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("waiting", "Waiting for an agent"),
        ("chatting", "Chatting"),
        ("ended", "Ended"),
        ("ENDED", "Ended"),
        ("hibernating", "hibernating"),
        (None, None),
    ],
)
def test_a_chat_state_has_a_word(state: str | None, word: str | None) -> None:
    assert format_chat_state(state) == word


@pytest.mark.parametrize(
    ("message_id", "word"),
    [
        (2, "All agents are busy"),
        (3, "An agent accepted the chat"),
        (4, "Looking for an agent"),
        (5, "The agent ended the chat"),
        (6, "Disconnected unexpectedly"),
        (13, "Transferred to another agent"),
        (15, "Transferred to another skill"),
        (22, "Ticket number given"),
        (23, "Back in the queue"),
        (99, "system message 99"),
        (0, "system message 0"),
        (None, None),
    ],
)
def test_a_system_message_has_a_word(message_id: int | None, word: str | None) -> None:
    assert format_system_message(message_id) == word


def test_who_spoke_has_a_word() -> None:
    assert [format_source(source) for source in ("system", "Agent", "visitor", "bot", None)] == [
        "System",
        "Agent",
        "Visitor",
        "bot",
        None,
    ]
