"""Several chats in one call: none waits for what is asked around another, nor looks younger for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from lpcontext.refresh.kinds import SubjectUpdate
from lpcontext.refresh.kinds.chat import CHAT
from lpcontext.snapshots import Claim, LastAnswer, StoredChat, name_of
from lpcontext.snapshots.codec import seal_stored
from lpcontext.subjects import ChatKey
from tests.support.chat_responses import will_serve
from tests.support.client_harness import ACCOUNT, USER, ClientHarness
from tests.support.scripted_server import ScriptedServer, reply

NOW = 1_800_000_000_000
SLOW_MS = 60_000
IDS = [f"H{number}-chat" for number in range(6)]
AROUND = ("availableAgents", "availableSlots", "survey")


def claim_chat(chat_id: str, *, is_known: bool) -> Claim:
    key = ChatKey(account_id=ACCOUNT, chat_id=chat_id)
    sealed = seal_stored(name_of(key), StoredChat()) if is_known else None
    return Claim(name=name_of(key), token="t", subject=key, status=None, last_answer=LastAnswer(), sealed=sealed)


def build_chat(chat_id: str) -> dict[str, Any]:
    return {"info": {"chatSessionKey": chat_id, "state": "chatting", "skillName": chat_id}}


@dataclass
class Round:
    """One call for all of these chats; `now_ms` goes on with whatever LivePerson is slow to tell."""

    server: ScriptedServer
    harness: ClientHarness
    now_ms: int = NOW
    answered: list[tuple[str, SubjectUpdate]] = field(default_factory=list)
    asked_around_before: list[int] = field(default_factory=list)

    def ask(self, *, is_known: bool = True) -> None:
        claims = [claim_chat(chat_id, is_known=is_known) for chat_id in IDS]
        for claim, learnt in CHAT.fetch(claims, client=self.harness.client, now=lambda: self.now_ms):
            assert isinstance(learnt, SubjectUpdate), learnt
            assert isinstance(claim.subject, ChatKey)
            self.answered.append((claim.subject.chat_id, learnt))
            self.asked_around_before.append(self.asked_around())

    def asked_around(self) -> int:
        return sum(len(self.server.asked_for(segment)) for segment in AROUND)

    def be_slow(self) -> None:
        self.now_ms += SLOW_MS


@pytest.fixture
def chats() -> Iterator[Round]:
    with ScriptedServer() as server, ClientHarness(server.base_url, USER) as harness:
        will_serve(server)
        server.will("chat", reply(200, {"chats": {"chat": [build_chat(chat_id) for chat_id in IDS]}}))
        for segment in AROUND:
            server.will(segment, reply(200, {}))
        yield Round(server, harness)


def test_the_first_answer_waits_for_nothing(chats: Round) -> None:
    chats.ask(is_known=False)

    assert sorted(chat_id for chat_id, _ in chats.answered) == IDS
    assert chats.asked_around() == 0


def test_no_chat_waits_for_what_is_asked_around_another(chats: Round) -> None:
    chats.ask()

    assert sorted(chat_id for chat_id, _ in chats.answered) == IDS
    assert len(chats.server.asked_for("chat")) == 1
    assert chats.asked_around() > 0
    at_once = [before for before in chats.asked_around_before if before == 0]
    assert len(at_once) >= len(IDS) - 2


def test_what_is_asked_around_them_makes_no_line_look_younger(chats: Round) -> None:
    for segment in AROUND:
        chats.server.will(segment, replace(reply(200, {}), meanwhile=chats.be_slow))

    chats.ask()

    assert chats.now_ms >= NOW + SLOW_MS
    assert {learnt.at_ms for _, learnt in chats.answered} == {NOW}


def test_what_was_not_asked_around_them_within_a_round_comes_with_a_later_one(chats: Round) -> None:
    for segment in AROUND:
        chats.server.will(segment, replace(reply(200, {}), meanwhile=chats.be_slow))

    chats.ask()

    assert chats.asked_around() == 1
    assert len(chats.answered) == len(IDS)


def test_each_chat_is_asked_around_in_its_turn(chats: Round) -> None:
    chats.ask()

    stored = [learnt.stored for _, learnt in chats.answered if isinstance(learnt.stored, StoredChat)]
    assert len(stored) == len(IDS)
    assert sorted(each.extras_at_ms is None for each in stored) == [False] * 2 + [True] * (len(IDS) - 2)
