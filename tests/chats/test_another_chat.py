"""A response about another chat than was asked for is refused, wherever it says so."""

from __future__ import annotations

from typing import Any

import pytest

from lpcontext.chats.parsing.chat import parse_chat
from lpcontext.chats.parsing.errors import AnotherChat, UnreadableChat
from tests.support.chat_responses import CHAT, OTHER_CHAT

Json = dict[str, Any]


def response(*, key: str | None = None, address: str | None = None) -> Json:
    """A chat that has its id in its info, in its own address, in both or nowhere."""
    info: Json = {"state": "chatting"} | ({"chatSessionKey": key} if key else {})
    href = f"https://va-a.example/api/account/1/agentSession/2/chat/{address}"
    links: Json = {"link": [{"@href": href, "@rel": "self"}]} if address else {}
    return {"chat": {"info": info, **links}}


@pytest.mark.parametrize(
    "body",
    [
        response(key=OTHER_CHAT),
        response(address=OTHER_CHAT),
        response(key=OTHER_CHAT, address=CHAT),
        response(key=CHAT[:-1]),
    ],
)
def test_a_response_that_names_another_chat_is_refused(body: Json) -> None:
    with pytest.raises(AnotherChat) as refused:
        parse_chat(body, wanted=CHAT)

    assert OTHER_CHAT not in str(refused.value)
    assert CHAT not in str(refused.value)


def test_a_refused_response_is_one_we_cannot_read() -> None:
    assert issubclass(AnotherChat, UnreadableChat)


@pytest.mark.parametrize("body", [response(key=CHAT), response(address=CHAT), response(key=CHAT, address=CHAT)])
def test_the_wanted_chat_is_read(body: Json) -> None:
    assert parse_chat(body, wanted=CHAT).value.chat.chat_id == CHAT


def test_a_response_that_tells_no_id_is_about_what_was_asked() -> None:
    assert parse_chat(response(), wanted=CHAT).value.chat.chat_id is None


def test_whoever_wants_no_chat_in_particular_is_given_any() -> None:
    assert parse_chat(response(key=OTHER_CHAT)).value.chat.chat_id == OTHER_CHAT
