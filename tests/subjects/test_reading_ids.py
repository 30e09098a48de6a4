"""The one reader of ids: what makes a subject, which id is named when none is made, and that no id is repeated."""

from __future__ import annotations

import pytest

from lpcontext.subjects import ChatKey, IdsRefused, VisitKey, read_subject
from lpcontext.subjects.reading_ids import GivenId

ACCOUNT = "12345678"
VISITOR = "QzZDNhYTViMjA1OTJjN2Y5"
SESSION = "jnPABZYjQcOS2Uk5fp_HnA.c524460e4432e9f93cf700af590f16ef181f20e6"
CHAT = "H2170755172687460894-b7d761017809489ea1a257461eb373eeK8457415"
ENGINE_VISITOR = "1215602164887992"


def refuse(*, account_id: str = ACCOUNT, **ids: str) -> IdsRefused:
    with pytest.raises(IdsRefused) as caught:
        read_subject(account_id=account_id, **ids)
    return caught.value


def test_both_ids_of_a_visit_are_kept_as_given() -> None:
    subject = read_subject(account_id=ACCOUNT, visitor_id=VISITOR, session_id=SESSION)

    assert subject == VisitKey(account_id=ACCOUNT, visitor_id=VISITOR, session_id=SESSION)


def test_a_chat_needs_its_id_alone() -> None:
    assert read_subject(account_id=ACCOUNT, chat_id=CHAT) == ChatKey(account_id=ACCOUNT, chat_id=CHAT)


@pytest.mark.parametrize(
    ("ids", "which", "part"),
    [
        ({"account_id": "no/such", "visitor_id": VISITOR, "session_id": SESSION}, "account", "1 to 20 letters"),
        ({"account_id": "", "chat_id": CHAT}, "account", "1 to 20 letters"),
        ({}, "visitor", "needs both"),
        ({"session_id": SESSION}, "visitor", "needs both"),
        ({"visitor_id": VISITOR}, "session", "needs both"),
        ({"visitor_id": "../x", "session_id": SESSION}, "visitor", "not a visitor id"),
        ({"visitor_id": VISITOR, "session_id": "a b"}, "session", "not a session id"),
        ({"visitor_id": ENGINE_VISITOR, "session_id": SESSION}, "visitor", "sharkVisitorId"),
        ({"visitor_id": VISITOR, "session_id": CHAT}, "session", "can be opened with it alone"),
        ({"visitor_id": "../x"}, "visitor", "not a visitor id"),
        ({"chat_id": ENGINE_VISITOR}, "chat", "chatSessionKey"),
        ({"chat_id": f"{CHAT}/.."}, "chat", "not a chat id"),
        ({"chat_id": CHAT, "visitor_id": VISITOR}, "chat", "either"),
        ({"chat_id": CHAT, "session_id": SESSION}, "chat", "either"),
    ],
)
def test_ids_that_name_no_subject_are_refused_by_the_first_wrong_one(
    ids: dict[str, str], which: GivenId, part: str
) -> None:
    refused = refuse(**ids)

    assert refused.first.which == which
    assert part in refused.first.sentence
    assert refused.wrong == (refused.first,)
    assert str(refused) == refused.first.sentence


def test_every_wrong_id_is_named() -> None:
    refused = refuse(visitor_id=ENGINE_VISITOR, session_id="a\nb")

    assert [wrong.which for wrong in refused.wrong] == ["visitor", "session"]


@pytest.mark.parametrize("name", ["account_id", "visitor_id", "session_id", "chat_id"])
@pytest.mark.parametrize("text", ["../secret", "secret\x00", f"{ENGINE_VISITOR} ", "H31879676690579736K8414055 "])
def test_no_sentence_repeats_an_id(name: str, text: str) -> None:
    given = {} if name in {"chat_id", "account_id"} else {"visitor_id": VISITOR, "session_id": SESSION}

    refused = refuse(**{**given, name: text})

    assert text not in f"{refused!r} {refused} {refused.wrong}"
    assert "secret" not in f"{refused!r} {refused.wrong}"
