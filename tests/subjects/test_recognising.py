"""Which id is which, and what to say about the wrong one."""

from __future__ import annotations

import pytest

from lpcontext.subjects.recognising import IdKind, Wanted, explain_id, recognise_id
from lpcontext.subjects.shapes import is_wellformed_chat_id

CHAT_IDS = [
    "H2170755172687460894-b7d761017809489ea1a257461eb373eeK8457415",
    "H9067284163308954154-4047270689103073078K16779419",
    "H31879676690579736-632532233958645150K8414055",
    "H3135644473379525-2249553296845149375K10071773",
]
OTHERS = [
    ("H2170755172687460894K8457415", IdKind.ENGINE_VISIT),
    ("1215602164887992", IdKind.ENGINE_VISITOR),
    ("1222309710121", IdKind.ENGINE_VISITOR),
    ("15203200049", IdKind.ENGINE_VISITOR),
    ("4295036103", IdKind.RT_SESSION),
    ("4294992744", IdKind.RT_SESSION),
    ("4294967524", IdKind.RT_SESSION),
    ("1027882276", IdKind.AGENT_SESSION),
    ("922302440", IdKind.AGENT_SESSION),
    ("7890123", IdKind.AGENT_SESSION),
    ("jnPABZYjQcOS2Uk5fp_HnA.c524460e4432e9f93cf700af590f16ef181f20e6", IdKind.MONITORING_SESSION),
    ("ttJpjOmRQ0adbOusBi5UlA", IdKind.MONITORING),
    ("QzZDNhYTViMjA1OTJjN2Y5", IdKind.MONITORING),
    ("rloXnVgEQ-iQuoOytvKNqA", IdKind.MONITORING),
    ("55fc1779-83b0-4e8b-8eea-503a8eaf8822", IdKind.PARTICIPANT),
    ("rty.uio", IdKind.UNKNOWN),
    ("123.567", IdKind.UNKNOWN),
    ("42", IdKind.UNKNOWN),
    ("", IdKind.UNKNOWN),
    ("٤٢٩٥٠٣٦١٠٣", IdKind.UNKNOWN),
]
WANTED: tuple[Wanted, ...] = ("visitor", "session", "chat")


@pytest.mark.parametrize("chat_id", CHAT_IDS)
def test_a_documented_chat_id_is_wellformed_and_recognised(chat_id: str) -> None:
    assert is_wellformed_chat_id(chat_id)
    assert recognise_id(chat_id) is IdKind.CHAT


@pytest.mark.parametrize(("text", "kind"), OTHERS)
def test_another_id_is_recognised_and_is_no_chat_id(text: str, kind: IdKind) -> None:
    assert recognise_id(text) is kind
    assert not is_wellformed_chat_id(text)


@pytest.mark.parametrize(
    "text",
    ["H1-2K3/..", "H1-2K3?x", "H1-2K3\n", " H1-2K3", "H-K", "h1-2k3", "H1-%2eK3", "H1-2K3,H4-5K6", "H" + "1" * 99],
)
def test_what_could_leave_its_place_in_an_address_is_no_chat_id(text: str) -> None:
    assert not is_wellformed_chat_id(text)


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        (IdKind.CHAT, "chat"),
        (IdKind.MONITORING, "visitor"),
        (IdKind.MONITORING, "session"),
        (IdKind.MONITORING_SESSION, "session"),
        (IdKind.UNKNOWN, "visitor"),
        (IdKind.UNKNOWN, "session"),
    ],
)
def test_an_id_that_may_be_the_right_one_needs_no_word(kind: IdKind, wanted: Wanted) -> None:
    assert explain_id(kind, wanted=wanted) is None


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (IdKind.ENGINE_VISITOR, "visitorId"),
        (IdKind.RT_SESSION, "rtSessionId"),
        (IdKind.AGENT_SESSION, "agent session id"),
        (IdKind.ENGINE_VISIT, "visit id"),
        (IdKind.PARTICIPANT, "participant id"),
    ],
)
def test_an_id_of_the_chat_engine_is_named_and_the_right_one_named(kind: IdKind, name: str) -> None:
    sentences = {wanted: explain_id(kind, wanted=wanted) or "" for wanted in WANTED}

    assert all(name in sentence for sentence in sentences.values())
    assert "sharkVisitorId" in sentences["visitor"]
    assert "LPVID" in sentences["visitor"]
    assert "sharkSessionId" in sentences["session"]
    assert "LPSID" in sentences["session"]
    assert "chatSessionKey" in sentences["chat"]


def test_a_chat_id_given_for_a_visitor_says_that_the_chat_can_be_opened() -> None:
    assert explain_id(IdKind.CHAT, wanted="visitor") == (
        "This is a chat id; the chat can be opened with it alone. "
        "The visitor id (vid) is sharkVisitorId in the chat's info, and the cookie LPVID on the site."
    )


def test_anything_else_given_for_a_chat_is_not_a_chat_id() -> None:
    assert explain_id(IdKind.UNKNOWN, wanted="chat") == (
        "This is not a chat id. The chat id is chatSessionKey in the chat's info, and looks like H…-…K…."
    )


@pytest.mark.parametrize("kind", list(IdKind))
@pytest.mark.parametrize("wanted", WANTED)
def test_every_id_is_either_right_or_explained(kind: IdKind, wanted: Wanted) -> None:
    explained = explain_id(kind, wanted=wanted)

    assert explained is None or explained.startswith("This ")
