"""Why a chat has no visit beside it."""

from __future__ import annotations

from msgspec.structs import replace

from lpcontext.subjects import State
from tests.panel.chats import CHAT, chat_of, look, said, visit_of
from tests.panel.render_helpers import read, sections


def test_a_chat_whose_visit_is_asked_for_has_the_name_given_in_the_chat() -> None:
    text = read(look(chat_of(said(1)), visit_of(State.WAITING)), "visit")

    assert text == "Maren named in the chat, not verified The visit is being asked for."


def test_a_chat_without_monitoring_says_why_there_is_no_visit() -> None:
    assert "started without monitoring" in read(look(chat_of(said(1), unmonitored=True)), "visit")


def test_a_name_that_liveperson_prints_for_everybody_is_nobodys() -> None:
    text = read(look(chat_of(said(1), chat=replace(CHAT, visitor_name="Visitor"))), "visit")

    assert text.startswith("Visit The visit")


def test_where_there_is_a_visit_nothing_says_that_there_is_none() -> None:
    assert "visit" not in sections(look(chat_of(said(1)), visit_of()))
