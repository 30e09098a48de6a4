"""Chats, asked of the emulator of LivePerson: every way in, every resource, everything that runs out, every fault."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from lpcontext.emulator import Choices, EmulatedAccount, Emulator
from lpcontext.liveperson import ChatAgentClient, ChatNotFound
from tests.liveperson.emulated_chats import ask
from tests.support.manual_clock import ManualClock

KINDS = ("oauth1", "login", "oauth2")
MINUTE = 60
HOUR = 60 * MINUTE
BY_LOGIN = ("login", "oauth2")


def calls(emulator: Emulator) -> dict[str, int]:
    """How often each kind of call has come in."""
    response = requests.get(f"{emulator.base_url}/emulator/log", timeout=5).json()
    return dict(response["kinds"])


def events_in(response: Any) -> list[int]:
    """The ids of the events of a `chat` answer, which may be one, several or none."""
    events = response["chat"]["events"].get("event", [])
    return [int(event["@id"]) for event in (events if isinstance(events, list) else [events])]


def next_in(response: Any) -> int:
    """The number that the `next` link reads on from."""
    href = next(str(link["@href"]) for link in response["chat"]["link"] if link["@rel"] == "next")
    return int(parse_qs(urlsplit(href).query)["from"][0])


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_credentials_sees_a_chat_and_the_ids_of_its_visit(
    emulator: Emulator, clock: ManualClock, kind: str
) -> None:
    chat_id, visitor_id, session_id = emulator.mint_chat(frozen=True)

    with ask(emulator, clock, kind) as harness:
        response: Any = harness.client.chat_agent.chat(chat_id)
        again: Any = harness.client.chat_agent.chats({chat_id: None})

    info, infos = response["chat"]["info"], again["chats"]["chat"]
    of_several = (infos if isinstance(infos, list) else [infos])[0]["info"]
    assert (info["sharkVisitorId"], of_several["sharkVisitorId"]) == (visitor_id, visitor_id)
    assert str(session_id).startswith(info["sharkSessionId"].partition(".")[0])
    assert calls(emulator)["agent-session"] == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("use", "root"),
    [
        (lambda chat_agent, chat: chat_agent.chat(chat), "chat"),
        (lambda chat_agent, chat: chat_agent.chats({chat: 1}), "chats"),
        (lambda chat_agent, chat: chat_agent.available_agents("Sales & Billing"), "availableAgents"),
        (lambda chat_agent, chat: chat_agent.available_slots("Sales & Billing"), "availableSlots"),
    ],
)
def test_every_resource_answers_with_json(
    emulator: Emulator, clock: ManualClock, kind: str, use: Callable[[ChatAgentClient, str], Any], root: str
) -> None:
    chat_id, _, _ = emulator.mint_chat(frozen=True)

    with ask(emulator, clock, kind) as harness:
        assert root in use(harness.client.chat_agent, chat_id)


def test_a_survey_comes_in_xml_and_is_handed_on(emulator: Emulator, clock: ManualClock) -> None:
    chat_id, _, _ = emulator.mint_chat(frozen=True)

    with ask(emulator, clock) as harness:
        response = harness.client.chat_agent.survey(chat_id)

    assert isinstance(response, bytes)
    assert response.lstrip().startswith(b"<")


def test_a_participant_who_has_signed_in_is_described(emulator: Emulator, clock: ManualClock) -> None:
    chat_id, _, _ = emulator.mint_chat("authenticated", frozen=True)

    with ask(emulator, clock) as harness:
        chat: Any = harness.client.chat_agent.chat(chat_id)
        response: Any = harness.client.chat_agent.participant(chat["chat"]["info"]["participantId"])

    assert response["authenticatedParticipantInfo"]["isUserAuthenticated"] is True


def test_reading_on_from_the_next_link_gives_each_event_once_and_in_order(
    emulator: Emulator, clock: ManualClock
) -> None:
    chat_id, _, _ = emulator.mint_chat("chatting")
    seen: list[int] = []
    first = None

    with ask(emulator, clock) as harness:
        for _ in range(20):
            response = harness.client.chat_agent.chat(chat_id, from_event=first)
            seen += events_in(response)
            first = next_in(response)
            clock.pass_time(20)
        whole = events_in(harness.client.chat_agent.chat(chat_id))

    assert seen == whole[: len(seen)]
    assert len(seen) > 3


def test_what_is_read_on_from_outlives_the_agent_session(emulator: Emulator, clock: ManualClock) -> None:
    chat_id, _, _ = emulator.mint_chat(frozen=True)

    with ask(emulator, clock) as harness:
        response = harness.client.chat_agent.chat(chat_id)
        emulator.add_fault("agent-session-expired")
        later: Any = harness.client.chat_agent.chat(chat_id, from_event=next_in(response))

    assert events_in(later) == []


def test_several_chats_come_in_one_call_each_from_its_own_event(emulator: Emulator, clock: ManualClock) -> None:
    first, _, _ = emulator.mint_chat(frozen=True)
    second, _, _ = emulator.mint_chat(frozen=True)

    with ask(emulator, clock, "oauth1") as harness:
        response: Any = harness.client.chat_agent.chats({first: None, second: 10_000})

    chats = {chat["info"]["chatSessionKey"]: chat["events"].get("event", []) for chat in response["chats"]["chat"]}
    assert chats[first]
    assert chats[second] == []
    assert calls(emulator)["chats"] == 1


@pytest.mark.parametrize("kind", BY_LOGIN)
@pytest.mark.parametrize("faults", [("bearer-expired",), ("agent-session-expired",), ("bearer-expired",) * 2])
def test_what_runs_out_is_replaced_without_a_word(
    emulator: Emulator, clock: ManualClock, kind: str, faults: tuple[str, ...]
) -> None:
    chat_id, _, _ = emulator.mint_chat(frozen=True)

    with ask(emulator, clock, kind) as harness:
        harness.client.chat_agent.chat(chat_id)
        for name in faults:
            emulator.add_fault(name)
        assert harness.client.chat_agent.chat(chat_id)
        assert harness.client.chat_agent.chat(chat_id)

    assert calls(emulator)["login"] == (2 if "bearer-expired" in faults else 1)


def test_bearer_and_agent_session_may_run_out_in_the_same_moment(emulator: Emulator, clock: ManualClock) -> None:
    chat_id, _, _ = emulator.mint_chat(frozen=True)

    with ask(emulator, clock) as harness:
        harness.client.chat_agent.chat(chat_id)
        emulator.add_fault("bearer-expired")
        emulator.add_fault("agent-session-expired")
        assert harness.client.chat_agent.chat(chat_id)

    assert calls(emulator)["login"] == 2


def test_an_agent_session_a_key_has_started_is_started_again_when_it_is_forgotten(
    emulator: Emulator, clock: ManualClock
) -> None:
    chat_id, _, _ = emulator.mint_chat(frozen=True)

    with ask(emulator, clock, "oauth1") as harness:
        harness.client.chat_agent.chat(chat_id)
        emulator.add_fault("agent-session-expired")
        assert harness.client.chat_agent.chat(chat_id)

    assert calls(emulator)["agent-session"] == 2


def test_a_login_kept_alive_keeps_its_agent_session(emulator: Emulator, clock: ManualClock) -> None:
    with ask(emulator, clock) as harness:
        harness.client.chat_agent.available_agents()
        for _ in range(20):
            clock.pass_time(30 * MINUTE)
            assert harness.client.keep_login() is True
        harness.client.chat_agent.available_agents()

    assert calls(emulator)["agent-session"] == calls(emulator)["login"] == 1


def test_after_leaving_everything_begins_anew(emulator: Emulator, clock: ManualClock) -> None:
    with ask(emulator, clock) as harness:
        harness.client.chat_agent.available_agents()
        ended = json.loads(harness.store.get("agent-session") or b"")
        harness.client.chat_agent.leave()
        harness.client.chat_agent.available_agents()
        begun = json.loads(harness.store.get("agent-session") or b"")

    assert ended["session_id"] != begun["session_id"]
    assert (calls(emulator)["login"], calls(emulator)["logout"]) == (2, 1)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("code", [6, 12])
def test_a_chat_nobody_knows_is_not_found_and_costs_no_agent_session(clock: ManualClock, kind: str, code: int) -> None:
    with Emulator(clock=clock, choices=Choices(unknown_chat_code=code)) as emulator:
        with ask(emulator, clock, kind) as harness:
            for _ in range(2):
                with pytest.raises(ChatNotFound):
                    harness.client.chat_agent.chat("H1-aK2")
        assert calls(emulator)["agent-session"] == 1


def test_a_chat_of_another_account_is_not_found(clock: ManualClock) -> None:
    with Emulator(EmulatedAccount("71820394"), EmulatedAccount("20202020"), clock=clock) as emulator:
        chat_id, _, _ = emulator.mint_chat(account_id="20202020")
        with ask(emulator, clock) as harness, pytest.raises(ChatNotFound):
            harness.client.chat_agent.chat(chat_id)


@pytest.mark.parametrize("status", [401, 403])
def test_a_session_without_its_own_cookie_is_started_again(clock: ManualClock, status: int) -> None:
    with Emulator(clock=clock, choices=Choices(cookie_status=status)) as emulator, ask(emulator, clock) as harness:
        harness.client.chat_agent.available_agents()
        held = json.loads(harness.store.get("agent-session") or b"")
        foreign = held | {"cookies": {"agentSessionKey": "somebody-elses"}}
        harness.store.put("agent-session", json.dumps(foreign).encode(), seconds=HOUR)
        assert harness.client.chat_agent.available_agents()
        assert calls(emulator)["agent-session"] == 2


@pytest.mark.parametrize("odd", ["a/b", "..%2f..", "ünï", "a b+c", "a,b", "x" * 200])
def test_an_odd_id_is_signed_as_it_travels_and_only_then_unknown(
    emulator: Emulator, clock: ManualClock, odd: str
) -> None:
    """A signature over anything but the raw path would be refused before the id is looked at."""
    with ask(emulator, clock, "oauth1") as harness, pytest.raises(ChatNotFound):
        harness.client.chat_agent.chat(odd)
