"""What the links of a chat are read for: which event comes next, and which chat it is."""

from __future__ import annotations

import pytest

from lpcontext.chats.parsing import parse_chat
from tests.chats.responses import parse_whole


@pytest.mark.parametrize(
    ("href", "event_id"),
    [
        ("https://lp.example/events?from=4", 4),
        ("https://lp.example/events?v=1&NC=true&from=12", 12),
        ("https://lp.example/events?from=12&v=1", 12),
        ("https://lp.example/events?from=0", 0),
        ("https://lp.example/events", None),
        ("https://lp.example/events?from=", None),
        ("https://lp.example/events?from=four", None),
        ("https://lp.example/events?from=4x", None),
        ("https://lp.example/events?therefrom=4", None),
        ("https://lp.example/events?v=1#from=4", None),
        ("https://lp.example/events?from=-1", None),
        ("https://lp.example/events?from=" + "9" * 30, None),
    ],
)
def test_the_next_event_is_named_by_the_next_link(href: str, event_id: int | None) -> None:
    links = [{"rel": "self", "href": "https://lp.example/events?from=1"}, {"rel": "next", "href": href}]

    assert parse_whole(parse_chat, {"chat": {"events": {"link": links}}}).transcript.next_from == event_id


def test_without_a_next_link_no_event_is_named() -> None:
    link = {"rel": "self", "href": "https://lp.example/events?from=1"}

    assert parse_whole(parse_chat, {"chat": {"events": {"link": link}}}).transcript.next_from is None
    assert parse_whole(parse_chat, {"chat": {"events": {}}}).transcript.next_from is None


def test_a_link_without_kind_or_address_is_passed_over() -> None:
    links = [{"rel": "next"}, {"href": "x?from=1"}, {"rel": "next", "href": "y?from=2"}]

    assert parse_whole(parse_chat, {"chat": {"events": {"link": links}}}).transcript.next_from == 2


@pytest.mark.parametrize(
    ("href", "chat_id"),
    [
        ("https://lp.example/chat/H1-2K3", "H1-2K3"),
        ("https://lp.example/chat/H1-2K3/", "H1-2K3"),
        ("https://lp.example/chat/H1-2K3?v=1", "H1-2K3"),
        ("/chat/H1-2K3", "H1-2K3"),
        ("https://lp.example", None),
        ("https://lp.example/chat/waiting", None),
        ("https://[", None),
    ],
)
def test_a_chat_without_an_id_is_named_by_the_last_part_of_its_address(href: str, chat_id: str | None) -> None:
    link = {"rel": "self", "href": href}

    assert parse_whole(parse_chat, {"chat": {"link": link, "info": {"state": "waiting"}}}).chat.chat_id == chat_id
