"""What is asked about chats: which address, which events of which chat, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest

from lpcontext.liveperson import (
    CHATS_AT_ONCE,
    ChatAgentClient,
    ChatNotFound,
    LivePersonClient,
    LivePersonError,
    Reason,
    RequestRejected,
    UnreadableResponse,
    WrongAccount,
)
from tests.support.chat_responses import CHAT, HOME, OTHER_CHAT, will_serve
from tests.support.client_harness import ACCOUNT, KEY, USER, VISITOR, ClientHarness
from tests.support.scripted_server import Reply, ScriptedServer, reply

PARTICIPANT = "55fc1779-83b0-4e8b-8eea-503a8eaf8822"
IN = f"{HOME}/111"
ALWAYS = "?v=1&NC=true"

# Each method, how it is used, and the address it asks.
ASKED: dict[str, tuple[Callable[[ChatAgentClient], object], str]] = {
    "chat": (lambda chat_agent: chat_agent.chat(CHAT), f"{IN}/chat/{CHAT}{ALWAYS}"),
    "chats": (
        lambda chat_agent: chat_agent.chats({CHAT: 4, OTHER_CHAT: None}),
        f"{IN}/chat{ALWAYS}&chatSessionKeys={CHAT},{OTHER_CHAT}&fromEventIds=4,0",
    ),
    "survey": (lambda chat_agent: chat_agent.survey(CHAT), f"{IN}/chat/{CHAT}/survey{ALWAYS}"),
    "available_agents": (
        lambda chat_agent: chat_agent.available_agents("Sales & more"),
        f"{IN}/availableAgents{ALWAYS}&skill=Sales%20%26%20more",
    ),
    "available_slots": (
        lambda chat_agent: chat_agent.available_slots("Sales"),
        f"{IN}/chat/availableSlots{ALWAYS}&skill=Sales&maxWaitTime=0",
    ),
    "participant": (
        lambda chat_agent: chat_agent.participant(PARTICIPANT),
        f"{IN}/participantExtendedInfo/{PARTICIPANT}{ALWAYS}",
    ),
}
SEGMENTS = ("chat", "survey", "availableAgents", "availableSlots", PARTICIPANT, CHAT)


@pytest.fixture
def chat_agent(server: ScriptedServer) -> Iterator[ChatAgentClient]:
    will_serve(server)
    for segment in SEGMENTS:
        server.will(segment, reply(200, {"segment": segment}))
    with ClientHarness(server.base_url, USER) as harness:
        yield harness.client.chat_agent


def queries_of(server: ScriptedServer, segment: str) -> list[str]:
    return [asked.query.removeprefix("v=1&NC=true").removeprefix("&") for asked in server.asked_for(segment)]


def test_every_method_is_tried_here() -> None:
    assert {name for name in vars(ChatAgentClient) if not name.startswith("_")} == {*ASKED, "leave"}
    assert {name for name in vars(LivePersonClient) if not name.startswith("_")} == {
        "visit_state",
        "validate_engagement",
        "find_hosts",
        "authenticate",
        "keep_login",
        "log_out",
        "close",
    }


@pytest.mark.parametrize("name", ASKED)
def test_each_method_asks_its_own_address_and_hands_on_what_it_is_given(
    server: ScriptedServer, chat_agent: ChatAgentClient, name: str
) -> None:
    use, address = ASKED[name]

    response = use(chat_agent)

    asked = server.asked[-1]
    assert (asked.method, asked.target) == ("GET", address)
    assert asked.body == b""
    assert response == {"segment": asked.path.rpartition("/")[2]}


def test_nothing_but_logging_in_and_out_and_starting_a_session_is_ever_posted(server: ScriptedServer) -> None:
    """Whoever adds a method that acts on a chat has to change this test."""
    will_serve(server)
    server.will("refresh", reply(200))
    server.will("state", reply(200, {}))
    for segment in SEGMENTS:
        server.will(segment, reply(200, {}))

    with ClientHarness(server.base_url, USER) as harness:
        harness.look()
        for use, _ in ASKED.values():
            use(harness.client.chat_agent)
        harness.clock.pass_time(300)
        harness.client.keep_login()
        harness.client.chat_agent.leave()

    account = f"/api/account/{ACCOUNT}"
    reads = {address.partition("?")[0] for _, address in ASKED.values()}
    assert {(asked.method, asked.path) for asked in server.asked} == {
        ("POST", f"{account}/login"),
        ("POST", f"{account}/refresh"),
        ("POST", f"{account}/logout"),
        ("POST", f"{account}/agentSession"),
        ("GET", f"{account}/service/agentVep/baseURI.json"),
        ("GET", f"{account}/service/smt/baseURI.json"),
        ("GET", f"{account}/monitoring/visitors/{VISITOR}/visits/current/state"),
        *(("GET", path) for path in reads),
    }
    assert all("x-http-method-override" not in asked.headers for asked in server.asked)


def test_every_question_says_what_it_sends_and_takes(server: ScriptedServer, chat_agent: ChatAgentClient) -> None:
    chat_agent.chat(CHAT)

    headers = server.asked_for(CHAT)[0].headers
    assert headers["accept"] == headers["content-type"] == "application/json"


@pytest.mark.parametrize("odd", ["a/b", "..%2f..", "ünï", "a b+c", "?x", "a,b"])
def test_an_id_is_encoded_exactly_once(server: ScriptedServer, chat_agent: ChatAgentClient, odd: str) -> None:
    encoded = quote(odd, safe="")
    server.will(encoded, reply(200, {}))

    chat_agent.chat(odd)

    assert server.asked[-1].path == f"{IN}/chat/{encoded}"


@pytest.mark.parametrize("unfit", ["", ".", "..", "\ud800"])
def test_an_id_that_fits_in_no_address_is_no_chat_and_is_not_asked_for(
    server: ScriptedServer, chat_agent: ChatAgentClient, unfit: str
) -> None:
    for use in (chat_agent.chat, chat_agent.survey, lambda chat: chat_agent.chats({chat: 0})):
        with pytest.raises(ChatNotFound):
            use(unfit)
    with pytest.raises(RequestRejected):
        chat_agent.participant(unfit)

    assert server.asked == []


def test_an_id_with_a_comma_cannot_smuggle_another_chat_in(server: ScriptedServer, chat_agent: ChatAgentClient) -> None:
    with pytest.raises(ChatNotFound):
        chat_agent.chats({f"{CHAT},{OTHER_CHAT}": 0})

    assert server.asked == []


def test_a_skill_that_fits_in_no_address_is_not_asked_for(server: ScriptedServer, chat_agent: ChatAgentClient) -> None:
    with pytest.raises(RequestRejected) as raised:
        chat_agent.available_agents("\ud800")

    assert raised.value.reason is Reason.NOT_SENDABLE
    assert server.asked == []


@pytest.mark.parametrize("skill", [None, ""])
def test_without_a_skill_all_agents_are_asked_for(
    server: ScriptedServer, chat_agent: ChatAgentClient, skill: str | None
) -> None:
    chat_agent.available_agents(skill)
    chat_agent.available_slots(skill)

    assert queries_of(server, "availableAgents") == [""]
    assert queries_of(server, "availableSlots") == ["maxWaitTime=0"]


@pytest.mark.parametrize("many", [0, CHATS_AT_ONCE + 1])
def test_no_chats_and_too_many_chats_are_the_callers_mistake(
    server: ScriptedServer, chat_agent: ChatAgentClient, many: int
) -> None:
    with pytest.raises(ValueError, match="at once"):
        chat_agent.chats({f"H{number}": None for number in range(many)})

    assert server.asked == []


def test_as_many_chats_as_may_be_asked_at_once_fit_in_an_address(
    server: ScriptedServer, chat_agent: ChatAgentClient
) -> None:
    chat_agent.chats({f"{CHAT}{number}": 10_000 for number in range(CHATS_AT_ONCE)})

    assert len(server.asked[-1].target) < 4096


def test_events_are_asked_for_from_a_number_on(server: ScriptedServer, chat_agent: ChatAgentClient) -> None:
    chat_agent.chat(CHAT, from_event=0)
    chat_agent.chat(CHAT, from_event=4)

    assert queries_of(server, CHAT) == ["from=0", "from=4"]


def test_what_was_sent_comes_back_untouched(server: ScriptedServer, chat_agent: ChatAgentClient) -> None:
    response: dict[str, Any] = {"chat": {"link": {"@rel": "self"}, "events": None, "unknown": [{"@id": "1"}, 2]}}
    server.will(CHAT, reply(200, response))

    assert chat_agent.chat(CHAT) == response


@pytest.mark.parametrize("kind", ["application/xml", "text/xml; charset=UTF-8", "Application/XML"])
def test_xml_where_json_was_asked_for_is_handed_on_unread(
    server: ScriptedServer, chat_agent: ChatAgentClient, kind: str
) -> None:
    server.will("survey", reply(200, b"<survey/>", headers=(("Content-Type", kind),)))

    assert chat_agent.survey(CHAT) == b"<survey/>"


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        (reply(200, b"<html>Sorry", headers=(("Content-Type", "text/html"),)), Reason.HTML_ANSWER),
        (reply(200, b"<survey/>"), Reason.HTML_ANSWER),
        (reply(200, b" ", headers=(("Content-Type", "text/xml"),)), Reason.EMPTY_ANSWER),
        (reply(200, b"{", headers=(("Content-Type", "application/json"),)), Reason.NOT_JSON),
        (reply(200, []), Reason.NOT_AN_OBJECT),
        (reply(200, {"internalCode": 12}), Reason.ERROR_IN_SUCCESS),
    ],
)
def test_an_answer_that_is_neither_json_nor_xml_is_unreadable(
    server: ScriptedServer, chat_agent: ChatAgentClient, response: Reply, reason: Reason
) -> None:
    server.will("survey", response)

    with pytest.raises(UnreadableResponse) as raised:
        chat_agent.survey(CHAT)

    assert raised.value.reason is reason


@pytest.mark.parametrize("code", [None, 6, 12, 37, 39, 4711])
def test_a_404_in_a_good_session_is_about_what_was_asked_for(
    server: ScriptedServer, chat_agent: ChatAgentClient, code: int | None
) -> None:
    response = reply(404, {"internalCode": code})
    for segment in ("chat", CHAT, "survey", PARTICIPANT):
        server.will(segment, response)

    for use in (chat_agent.chat, chat_agent.survey, lambda chat: chat_agent.chats({chat: 0})):
        with pytest.raises(ChatNotFound):
            use(CHAT)
    with pytest.raises(LivePersonError) as raised:
        chat_agent.participant(PARTICIPANT)
    assert type(raised.value) is (WrongAccount if code == 6 else RequestRejected)
    assert len(server.asked_for("agentSession")) == 1


def test_a_201_where_the_pages_print_one_is_an_answer(server: ScriptedServer, chat_agent: ChatAgentClient) -> None:
    server.will(CHAT, reply(201, {"chat": {}}))

    assert chat_agent.chat(CHAT) == {"chat": {}}


def test_a_signature_covers_every_parameter_of_a_question_anew(server: ScriptedServer) -> None:
    will_serve(server)
    server.will("chat", reply(200, {}))

    with ClientHarness(server.base_url, KEY) as harness:
        for _ in range(2):
            harness.client.chat_agent.chats({CHAT: 1, OTHER_CHAT: 2})

    first, second = server.asked_for("chat")
    assert first.target == second.target
    assert first.headers["authorization"] != second.headers["authorization"]
