"""An answer about another chat than was asked for is refused, wherever it says so."""

from __future__ import annotations

from typing import Any

import pytest

from lpcontext.chats.parsing.chat import parse_chat
from lpcontext.chats.parsing.errors import AnotherChat, UnreadableChat
from tests.support.chat_responses import CHAT, OTHER_CHAT

Json = dict[str, Any]


def answer(*, key: str | None = None, address: str | None = None) -> Json:
    """A chat that tells its id in its info, in its own address, in both or nowhere."""
    info: Json = {"state": "chatting"} | ({"chatSessionKey": key} if key else {})
    href = f"https://va-a.example/api/account/1/agentSession/2/chat/{address}"
    links: Json = {"link": [{"@href": href, "@rel": "self"}]} if address else {}
    return {"chat": {"info": info, **links}}


@pytest.mark.parametrize(
    "told",
    [answer(key=OTHER_CHAT), answer(address=OTHER_CHAT), answer(key=OTHER_CHAT, address=CHAT), answer(key=CHAT[:-1])],
)
def test_an_answer_that_names_another_chat_is_refused(told: Json) -> None:
    with pytest.raises(AnotherChat) as refused:
        parse_chat(told, wanted=CHAT)

    assert OTHER_CHAT not in str(refused.value)
    assert CHAT not in str(refused.value)


def test_a_refused_answer_is_one_we_cannot_read() -> None:
    assert issubclass(AnotherChat, UnreadableChat)


@pytest.mark.parametrize("told", [answer(key=CHAT), answer(address=CHAT), answer(key=CHAT, address=CHAT)])
def test_the_wanted_chat_is_read(told: Json) -> None:
    assert parse_chat(told, wanted=CHAT).value.chat.chat_id == CHAT


def test_an_answer_that_tells_no_id_is_about_what_was_asked() -> None:
    assert parse_chat(answer(), wanted=CHAT).value.chat.chat_id is None


def test_whoever_wants_no_chat_in_particular_is_given_any() -> None:
    assert parse_chat(answer(key=OTHER_CHAT)).value.chat.chat_id == OTHER_CHAT
