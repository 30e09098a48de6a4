"""The chat's part: with whom, how it stands, what was said, who could take it, and what is wrong."""

from __future__ import annotations

import re

import msgspec
import pytest
from msgspec.structs import replace

from lpcontext.chats import Chat, ChatEvent, Participant, SurveyAnswer
from lpcontext.chats.model import Availability, Skill
from lpcontext.panel.caching import render_cache
from lpcontext.panel.rendering import render_body
from lpcontext.panel.wording.chat_states import list_chat_words
from lpcontext.snapshots import ChatSnapshot, VisitSnapshot
from lpcontext.subjects import State
from tests.panel.chats import CHAT, ONLINE, became, chat_of, look, rows_of, said, system, visit_of
from tests.panel.render_helpers import AT_MS, MINUTE_MS, read, sections, text_of
from tests.panel.test_states import BRAND_NEW
from tests.support.viewers import viewer


def test_the_chat_stands_first_in_the_right_column() -> None:
    body = look(chat_of(said(1)), visit_of())

    assert body.startswith('<div id="panel-body" data-version="both">')
    assert '<div class="column right" id="column-right"><section class="chat" id="part-chat"' in body
    assert sections(body)[:6] == ["identity", "now", "attention", "commerce", "chat", "pages"]


def test_a_visit_without_a_chat_has_its_own_version_and_no_chat() -> None:
    body = render_body(visit_of(), viewer=viewer())

    assert 'data-version="visit"' in body
    assert "part-chat" not in body


def test_neither_visit_nor_chat_is_nothing_to_draw() -> None:
    with pytest.raises(ValueError, match="neither a visit nor a chat"):
        render_body(None, viewer=viewer())


@pytest.mark.parametrize(
    ("chat", "events", "words"),
    [
        (replace(CHAT, state="waiting", agent_name=None, started_at_ms=AT_MS), (), "Chat waiting since 13:48 UTC"),
        (CHAT, (became(0, "waiting"), became(6, "chatting")), "Chat with Natalie chatting since 13:49 UTC"),
        (replace(CHAT, state="ended"), (became(6, "ended"),), "Chat with Natalie ended 13:49 UTC"),
        (replace(CHAT, state="ended"), (system(5, 5), became(6, "ended")), "ended by the agent 13:49 UTC"),
        (replace(CHAT, state="ended"), (system(5, 6), became(6, "ended")), "ended unexpectedly 13:49 UTC"),
        (replace(CHAT, state="dreaming"), (), "Chat with Natalie dreaming"),
    ],
)
def test_the_header_says_with_whom_and_since_when(chat: Chat, events: tuple[ChatEvent, ...], words: str) -> None:
    assert words in read(look(chat_of(*events, chat=chat)), "chat")


def test_a_time_out_is_counted_down_only_while_it_can_come() -> None:
    wanted = 'times out <time datetime="2016-10-05T13:50:16Z" data-as="countdown">'

    assert wanted in look(chat_of())
    assert wanted in look(chat_of(chat=replace(CHAT, state="waiting")))
    assert "countdown" not in look(chat_of(chat=replace(CHAT, state="ended")))
    assert "countdown" not in look(chat_of(state=State.CACHED))


def test_who_is_typing_is_shown_while_we_hear_of_it() -> None:
    both = replace(CHAT, visitor_typing="typing", agent_typing="typing")

    assert "Maren and Natalie are typing …" in read(look(chat_of(chat=both)), "chat")
    assert "Visitor is typing …" in read(
        look(chat_of(chat=replace(CHAT, visitor_name="visitor", visitor_typing="typing"))), "chat"
    )
    assert "typing" not in look(chat_of(chat=both, state=State.CACHED))
    assert "typing" not in look(chat_of(chat=replace(both, state="ended")))


def test_agents_and_slots_are_shown_for_the_skill() -> None:
    occupied = replace(ONLINE, availability=Availability(chat="Occupied"))
    elsewhere = replace(ONLINE, skills=(Skill(id="8"),))

    assert "2 agents online for Billing · 3 free slots English (en-US)" in read(
        look(chat_of(agents=(ONLINE, ONLINE, occupied, elsewhere), slots=3)), "chat"
    )
    assert "No agent online for Billing · no free slot" in read(look(chat_of(slots=0)), "chat")
    assert "1 agent online for Billing · unlimited free slots" in read(
        look(chat_of(agents=(ONLINE,), slots=-1)), "chat"
    )


def test_nobody_asks_for_agents_of_an_ended_chat() -> None:
    text = read(look(chat_of(chat=replace(CHAT, state="ended"), agents=(ONLINE,), slots=3)), "chat")

    assert "online" not in text
    assert "Skill Billing" in text


def test_answers_given_before_the_chat_wait_folded() -> None:
    answers = (SurveyAnswer(label="Topic", texts=("Card", "Loan")), SurveyAnswer(texts=("me@post.example",)))
    body = look(chat_of(answers=answers))

    assert "Asked before the chat 2 answers Topic Card, Loan Question m•••••@post.example" in read(body, "chat")
    assert '<details id="fold-chat-answers">' in body


def test_many_answers_are_counted() -> None:
    assert "More 5 not shown" in read(look(chat_of(answers=(SurveyAnswer(label="Q", texts=("A",)),) * 35)), "chat")


def test_somebody_signed_in_is_marked_as_such() -> None:
    body = look(
        chat_of(participant=Participant(authenticated=True, name="Tomás", surname="Reyes", customer_id="HSB-00")),
        visit_of(),
    )

    assert "authenticated Tomás Reyes Customer HSB-00" in read(body, "chat")
    assert "authenticated" not in look(chat_of(participant=Participant(authenticated=False, name="Tomás")))


def test_a_chat_that_is_not_live_says_so_while_its_visit_stays() -> None:
    body = look(chat_of(said(1), state=State.CACHED, as_of_ms=AT_MS, next_try_ms=AT_MS + MINUTE_MS), visit_of())
    text = read(body, "chat")

    assert "Chat with Natalie chatting, as of 13:48 UTC" in text
    assert "LivePerson is not answering for the chat." in text
    assert "Last answer 13:48 UTC" in text
    assert "Next try at 13:49 UTC" in text
    assert "John Doe, vip customer, has been on" in read(body, "identity")
    assert "Visit:" not in body


def test_a_visit_that_is_not_live_says_so_beside_a_live_chat() -> None:
    body = look(chat_of(said(1)), visit_of(State.CACHED, as_of_ms=AT_MS))

    assert "Visit: last known" in text_of(body)
    assert body.index('id="column-left"') < body.index('id="notice"') < body.index('id="column-right"')
    assert "times out" in read(body, "chat")


@pytest.mark.parametrize(
    ("chat", "snapshot", "why"),
    [
        (chat_of(said(1), unmonitored=True), None, "LivePerson tells no visit for it."),
        (chat_of(said(1)), None, "The visit is being asked for."),
        (
            chat_of(said(1)),
            VisitSnapshot(state=State.WAITING, first_seen_ms=0, version=""),
            "The visit is being asked for.",
        ),
    ],
)
def test_a_chat_without_a_visit_is_shown_in_full_and_says_why(
    chat: ChatSnapshot, snapshot: VisitSnapshot | None, why: str
) -> None:
    body = look(chat, snapshot)

    assert sections(body) == ["visit", "chat"]
    assert "Maren named in the chat, not verified" in read(body, "visit")
    assert why in read(body, "visit")
    assert rows_of(body) == ["Maren 13:48 UTC hi"]


def test_a_visit_nobody_found_is_shown_beside_the_chat() -> None:
    body = look(chat_of(said(1)), VisitSnapshot(state=State.NOT_FOUND, first_seen_ms=0, version=""))

    assert "Visit: not found" in text_of(body)
    assert sections(body) == ["chat"]


@pytest.mark.parametrize(
    "state", [state for state in State if state in list_chat_words() and state is not State.WAITING]
)
def test_a_chat_nobody_knows_anything_of_is_one_calm_sentence(state: State) -> None:
    body = look(ChatSnapshot(state=state))
    words = list_chat_words()[state]

    assert sections(body) == []
    assert f'data-notice="{state}"' in body
    assert (words.blank or words.sentence) in text_of(body)
    assert "Unknown" not in text_of(body)


def test_before_the_first_answer_there_is_a_skeleton() -> None:
    assert "ghost" in look(ChatSnapshot(state=State.WAITING))


def test_a_state_nobody_has_named_is_still_shown() -> None:
    assert "no word for" in text_of(look(chat_of(state=BRAND_NEW)))
    assert "no word for" in text_of(look(ChatSnapshot(state=BRAND_NEW)))


def test_the_same_chat_is_the_same_bytes_remembered_or_not() -> None:
    chat = chat_of(*(said(number) for number in range(20)), agents=(ONLINE,), slots=2)
    first = look(chat, visit_of())
    render_cache.forget_rendered()

    assert first == look(chat, visit_of())


def test_ids_occur_once() -> None:
    twins = (said(1), replace(said(1), id=None), replace(said(1), id=None), said(2))

    ids = re.findall(r' id="([^"]*)"', look(chat_of(*twins, answers=(SurveyAnswer(texts=("a",)),)), visit_of()))

    assert len(ids) == len(set(ids))


def test_a_new_line_leaves_every_older_row_as_it_was() -> None:
    before, after = (
        re.findall(r"<li id=\"line-.*?</li>", look(chat_of(*map(said, range(count)))), re.DOTALL) for count in (8, 9)
    )

    assert after[:-1] == before


def test_a_new_line_is_the_only_row_rendered_however_long_the_talk() -> None:
    talk = tuple(said(number, f"line {number}, ask 0123 456 789") for number in range(499))
    look(chat_of(*talk))
    drawn = len(render_cache.rendered_pieces)

    look(msgspec.msgpack.decode(msgspec.msgpack.encode(chat_of(*talk, said(499))), type=ChatSnapshot))

    assert len(render_cache.rendered_pieces) == drawn + 1
