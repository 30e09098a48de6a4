"""The talk's rows: who said what, when, and what happened between the lines."""

from __future__ import annotations

import re

from msgspec.structs import replace

from lpcontext.chats import (
    ChatEvent,
)
from tests.panel.chats import CHAT, became, chat_of, look, rows_of, said, system
from tests.panel.render_helpers import markup_of


def test_everybody_speaks_from_their_own_side_under_their_own_name() -> None:
    body = look(
        chat_of(said(1, "hi"), said(2, "hello", source="agent", by="Natalie"), said(3, "?", source="bot", by="x"))
    )

    assert rows_of(body) == ["Maren 13:48 UTC hi", "Natalie 13:48 UTC hello", "x 13:49 UTC ?"]
    assert re.findall(r'<li id="(line-\d+)" class="(\w+)">', body) == [
        ("line-1", "visitor"),
        ("line-2", "agent"),
        ("line-3", "other"),
    ]


def test_a_name_nobody_gave_is_a_word() -> None:
    body = look(chat_of(said(1), said(2, source="agent", by="agent"), chat=replace(CHAT, visitor_name="visitor")))

    assert [row.split()[0] for row in rows_of(body)] == ["Visitor", "Agent"]


def test_lines_of_one_sender_and_minute_show_the_name_once_and_keep_it_for_who_listens() -> None:
    body = look(chat_of(said(1), said(2), said(3)))

    assert body.count('class="by"') == 2, "the third is of the next minute"
    assert body.count('class="by unseen"') == 1


def test_a_line_for_agents_only_says_so() -> None:
    row = markup_of(look(chat_of(said(1, "careful", source="agent", by="Natalie", only_to_agents=True))), "chat")

    assert '<li id="line-1" class="agent private">' in row
    assert '<use href="#i-lock" />' in row
    assert "agents only" in row


def test_system_lines_are_put_in_words_with_what_they_said() -> None:
    body = look(chat_of(system(1, 4, "Bitte warten."), system(2, None, "Only text"), system(3, 99)))

    assert rows_of(body) == [
        "Looking for an agent 13:48 UTC Bitte warten.",
        "Only text 13:48 UTC",
        "system message 99 13:49 UTC",
    ]


def test_a_state_is_a_row_only_where_no_line_says_the_same() -> None:
    announced = chat_of(became(0, "waiting"), system(1, 4), said(2), became(3, "ended"))

    assert [row.partition(" 13")[0] for row in rows_of(look(announced))] == ["Looking for an agent", "Maren", "Ended"]


def test_other_events_are_shown_as_they_came() -> None:
    body = look(
        chat_of(
            ChatEvent(kind="url", id=1, fields=(("url", "javascript:alert(1)"),)),
            ChatEvent(kind="transfer", id=2, skill="Lending", fields=(("skill", "Lending"), ("domain", "x.example"))),
            ChatEvent(kind="weather", id=3, fields=(("mood", "<b>"),)),
        )
    )

    assert rows_of(body) == [
        "A page was sent url javascript:alert(1)",
        "Handed over Lending, domain x.example",
        "weather mood <b>",
    ]
    assert "javascript" not in "".join(re.findall(r'href="[^"]*"', body))


def test_an_empty_line_is_no_row_and_no_row_is_no_transcript() -> None:
    assert "chat-lines" not in look(chat_of(said(1, None)))


def test_the_transcript_is_a_region_the_keyboard_reaches() -> None:
    assert re.search(
        r'<div class="lines"\s+id="chat-lines"\s+role="group"\s+aria-label="Transcript"\s+tabindex="0">',
        look(chat_of(said(1))),
    )
