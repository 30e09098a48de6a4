"""What is asked about chats: which address, which events of which chat, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest

from lpcontext.liveperson import (
    CHATS_AT_ONCE,
    ChatDesk,
    ChatNotFound,
    LivePersonClient,
    LivePersonError,
    Reason,
    RequestRejected,
    UnreadableAnswer,
    WrongAccount,
)
from tests.support.asking import ACCOUNT, KEY, USER, VISITOR, Asking
from tests.support.chat_responses import CHAT, HOME, OTHER_CHAT, next_link, will_serve
from tests.support.scripted_server import Reply, ScriptedServer, reply

PARTICIPANT = "55fc1779-83b0-4e8b-8eea-503a8eaf8822"
IN = f"{HOME}/111"
ALWAYS = "?v=1&NC=true"

# Each method, how it is used, and the address it asks.
ASKED: dict[str, tuple[Callable[[ChatDesk], object], str]] = {
    "chat": (lambda desk: desk.chat(CHAT), f"{IN}/chat/{CHAT}{ALWAYS}"),
    "chats": (
        lambda desk: desk.chats({CHAT: 4, OTHER_CHAT: None}),
        f"{IN}/chat{ALWAYS}&chatSessionKeys={CHAT},{OTHER_CHAT}&fromEventIds=4,0",
    ),
    "chat_events": (lambda desk: desk.chat_events(CHAT), f"{IN}/chat/{CHAT}/events{ALWAYS}"),
    "chat_info": (lambda desk: desk.chat_info(CHAT), f"{IN}/chat/{CHAT}/info{ALWAYS}"),
    "survey": (lambda desk: desk.survey(CHAT), f"{IN}/chat/{CHAT}/survey{ALWAYS}"),
    "available_agents": (
        lambda desk: desk.available_agents("Sales & more"),
        f"{IN}/availableAgents{ALWAYS}&skill=Sales%20%26%20more",
    ),
    "available_slots": (
        lambda desk: desk.available_slots("Sales"),
        f"{IN}/chat/availableSlots{ALWAYS}&skill=Sales&maxWaitTime=0",
    ),
    "agent_info": (lambda desk: desk.agent_info(), f"{IN}/info{ALWAYS}"),
    "availability": (lambda desk: desk.availability(), f"{IN}/availability{ALWAYS}"),
    "participant": (
        lambda desk: desk.participant(PARTICIPANT),
        f"{IN}/participantExtendedInfo/{PARTICIPANT}{ALWAYS}",
    ),
}
SEGMENTS = ("chat", "events", "info", "survey", "availableAgents", "availableSlots", "availability", PARTICIPANT, CHAT)


@pytest.fixture
def desk(server: ScriptedServer) -> Iterator[ChatDesk]:
    will_serve(server)
    for segment in SEGMENTS:
        server.will(segment, reply(200, {"told": segment}))
    with Asking(server.base_url, USER) as asking:
        yield asking.client.chat_desk


def queries_of(server: ScriptedServer, segment: str) -> list[str]:
    return [asked.query.removeprefix("v=1&NC=true").removeprefix("&") for asked in server.asked_for(segment)]


def test_every_method_is_tried_here() -> None:
    assert {name for name in vars(ChatDesk) if not name.startswith("_")} == {*ASKED, "leave"}
    assert {name for name in vars(LivePersonClient) if not name.startswith("_")} == {
        "visit_state",
        "keep_login",
        "log_out",
        "close",
    }


@pytest.mark.parametrize("name", ASKED)
def test_each_method_asks_its_own_address_and_hands_on_what_it_is_told(
    server: ScriptedServer, desk: ChatDesk, name: str
) -> None:
    use, address = ASKED[name]

    told = use(desk)

    asked = server.asked[-1]
    assert (asked.method, asked.target) == ("GET", address)
    assert asked.body == b""
    assert told == {"told": asked.path.rpartition("/")[2]}


def test_nothing_but_logging_in_and_out_and_starting_a_session_is_ever_posted(server: ScriptedServer) -> None:
    """Whoever adds a method that acts on a chat has to change this test."""
    will_serve(server)
    server.will("refresh", reply(200))
    server.will("state", reply(200, {}))
    for segment in SEGMENTS:
        server.will(segment, reply(200, {}))

    with Asking(server.base_url, USER) as asking:
        asking.look()
        for use, _ in ASKED.values():
            use(asking.client.chat_desk)
        asking.clock.pass_time(300)
        asking.client.keep_login()
        asking.client.chat_desk.leave()

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


def test_every_question_says_what_it_sends_and_takes(server: ScriptedServer, desk: ChatDesk) -> None:
    desk.chat(CHAT)

    headers = server.asked_for(CHAT)[0].headers
    assert headers["accept"] == headers["content-type"] == "application/json"


@pytest.mark.parametrize("odd", ["a/b", "..%2f..", "ünï", "a b+c", "?x", "a,b"])
def test_an_id_is_encoded_exactly_once(server: ScriptedServer, desk: ChatDesk, odd: str) -> None:
    encoded = quote(odd, safe="")
    server.will(encoded, reply(200, {}))

    desk.chat(odd)

    assert server.asked[-1].path == f"{IN}/chat/{encoded}"


@pytest.mark.parametrize("unfit", ["", ".", "..", "\ud800"])
def test_an_id_that_fits_in_no_address_is_no_chat_and_is_not_asked_for(
    server: ScriptedServer, desk: ChatDesk, unfit: str
) -> None:
    for use in (desk.chat, desk.chat_events, desk.chat_info, desk.survey, lambda chat: desk.chats({chat: 0})):
        with pytest.raises(ChatNotFound):
            use(unfit)
    with pytest.raises(RequestRejected):
        desk.participant(unfit)

    assert server.asked == []


def test_an_id_with_a_comma_cannot_smuggle_another_chat_in(server: ScriptedServer, desk: ChatDesk) -> None:
    with pytest.raises(ChatNotFound):
        desk.chats({f"{CHAT},{OTHER_CHAT}": 0})

    assert server.asked == []


def test_a_skill_that_fits_in_no_address_is_not_asked_for(server: ScriptedServer, desk: ChatDesk) -> None:
    with pytest.raises(RequestRejected) as raised:
        desk.available_agents("\ud800")

    assert raised.value.reason is Reason.NOT_SENDABLE
    assert server.asked == []


@pytest.mark.parametrize("skill", [None, ""])
def test_without_a_skill_all_agents_are_asked_for(server: ScriptedServer, desk: ChatDesk, skill: str | None) -> None:
    desk.available_agents(skill)
    desk.available_slots(skill)

    assert queries_of(server, "availableAgents") == [""]
    assert queries_of(server, "availableSlots") == ["maxWaitTime=0"]


@pytest.mark.parametrize("many", [0, CHATS_AT_ONCE + 1])
def test_no_chats_and_too_many_chats_are_the_callers_mistake(server: ScriptedServer, desk: ChatDesk, many: int) -> None:
    with pytest.raises(ValueError, match="at once"):
        desk.chats({f"H{number}": None for number in range(many)})

    assert server.asked == []


def test_as_many_chats_as_may_be_asked_at_once_fit_in_an_address(server: ScriptedServer, desk: ChatDesk) -> None:
    desk.chats({f"{CHAT}{number}": 10_000 for number in range(CHATS_AT_ONCE)})

    assert len(server.asked[-1].target) < 4096


def test_events_are_asked_for_from_a_number_on(server: ScriptedServer, desk: ChatDesk) -> None:
    desk.chat(CHAT, from_event=0)
    desk.chat(CHAT, from_event=4)
    desk.chat_events(CHAT, from_event=214)

    assert queries_of(server, CHAT) == ["from=0", "from=4"]
    assert queries_of(server, "events") == ["from=214"]


@pytest.mark.parametrize("end", ["", "/events"])
@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("?from=214", "from=214"),
        ("?v=1&NC=true&from=214", "from=214"),
        ("?from=214&token=a%20b%2Bc", "from=214&token=a%20b%2Bc"),
        ("?from=214#end", "from=214"),
    ],
)
def test_a_next_link_of_the_chat_goes_before_a_number(
    server: ScriptedServer, desk: ChatDesk, end: str, query: str, asked: str
) -> None:
    desk.chat(CHAT, from_event=5, next_href=next_link(query, end=end))
    desk.chat_events(CHAT, from_event=5, next_href=next_link(query, end=end))

    assert queries_of(server, CHAT) == queries_of(server, "events") == [asked]


@pytest.mark.parametrize("host", ["va-a.agentvep.liveperson.net", "evil.example:9", "127.0.0.1:1", "user@evil.example"])
def test_a_next_link_is_followed_at_our_own_host_and_in_our_own_session(
    server: ScriptedServer, desk: ChatDesk, host: str
) -> None:
    desk.chat(CHAT, next_href=next_link("?from=7", host=host))

    assert server.asked[-1].target == f"{IN}/chat/{CHAT}{ALWAYS}&from=7"


@pytest.mark.parametrize(
    "href",
    [
        next_link("?from=214", chat=OTHER_CHAT),
        next_link("?from=214", account="999"),
        next_link("?from=214", end="/transfer"),
        next_link("?from=214", end="/../../info"),
        next_link("?from=214", chat=f"{CHAT}%2Fevents"),
        next_link(""),
        next_link("?from="),
        next_link("?" + "&".join(f"a{number}=1" for number in range(9))),
        next_link("?from=" + "1" * 3000),
        "https://[broken/",
        "/",
        "?from=214",
        "javascript:alert(1)",
    ],
)
def test_nothing_is_taken_from_a_next_link_that_leads_elsewhere(
    server: ScriptedServer, desk: ChatDesk, href: str
) -> None:
    desk.chat(CHAT, from_event=5, next_href=href)

    assert server.asked[-1].target == f"{IN}/chat/{CHAT}{ALWAYS}&from=5"


def test_what_is_told_comes_back_untouched(server: ScriptedServer, desk: ChatDesk) -> None:
    told: dict[str, Any] = {"chat": {"link": {"@rel": "self"}, "events": None, "unknown": [{"@id": "1"}, 2]}}
    server.will(CHAT, reply(200, told))

    assert desk.chat(CHAT) == told


@pytest.mark.parametrize("kind", ["application/xml", "text/xml; charset=UTF-8", "Application/XML"])
def test_xml_where_json_was_asked_for_is_handed_on_unread(server: ScriptedServer, desk: ChatDesk, kind: str) -> None:
    server.will("survey", reply(200, b"<survey/>", headers=(("Content-Type", kind),)))

    assert desk.survey(CHAT) == b"<survey/>"


@pytest.mark.parametrize(
    ("told", "reason"),
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
    server: ScriptedServer, desk: ChatDesk, told: Reply, reason: Reason
) -> None:
    server.will("survey", told)

    with pytest.raises(UnreadableAnswer) as raised:
        desk.survey(CHAT)

    assert raised.value.reason is reason


@pytest.mark.parametrize("code", [None, 6, 12, 37, 39, 4711])
def test_a_404_in_a_good_session_is_about_what_was_asked_for(
    server: ScriptedServer, desk: ChatDesk, code: int | None
) -> None:
    told = reply(404, {"internalCode": code})
    for segment in ("chat", CHAT, "events", "info", "survey", PARTICIPANT):
        server.will(segment, told)

    for use in (desk.chat, desk.chat_events, desk.chat_info, desk.survey, lambda chat: desk.chats({chat: 0})):
        with pytest.raises(ChatNotFound):
            use(CHAT)
    with pytest.raises(LivePersonError) as raised:
        desk.participant(PARTICIPANT)
    assert type(raised.value) is (WrongAccount if code == 6 else RequestRejected)
    assert len(server.asked_for("agentSession")) == 1


def test_a_201_where_the_pages_print_one_is_an_answer(server: ScriptedServer, desk: ChatDesk) -> None:
    server.will("info", reply(201, {"info": {}}))

    assert desk.chat_info(CHAT) == {"info": {}}


def test_a_signature_covers_every_parameter_of_a_question_anew(server: ScriptedServer) -> None:
    will_serve(server)
    server.will("chat", reply(200, {}))

    with Asking(server.base_url, KEY) as asking:
        for _ in range(2):
            asking.client.chat_desk.chats({CHAT: 1, OTHER_CHAT: 2})

    first, second = server.asked_for("chat")
    assert first.target == second.target
    assert first.headers["authorization"] != second.headers["authorization"]
