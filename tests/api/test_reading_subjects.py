"""A visit or chat as JSON: the last that is known, masked as the account wants it, whatever its id looks like."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from pytest_django import Settings

from lpcontext.accounts.models import Account
from lpcontext.audit.models import AuditRecord
from lpcontext.chats import Chat, ChatEvent, Transcript
from lpcontext.snapshots import StoredChat, StoredVisit
from lpcontext.snapshots.memory import forget_connection
from lpcontext.subjects import ChatKey, State, VisitKey
from lpcontext.visits import Contact, Person, Visit
from tests.api.conftest import ACCOUNT, VISIT, Ask, assert_problem, keep

PERSON = Person(name="Maren", contacts=(Contact(email="maren.okafor@mail.example", phone="+44 7700 900417"),))
CHAT = ChatKey(account_id=ACCOUNT, chat_id="H7152398-4c1dK4")


def address_of(visit: VisitKey) -> str:
    return f"visits/{ACCOUNT}/{quote(visit.visitor_id, safe='')}?sid={quote(visit.session_id, safe='')}"


def test_what_is_known_of_a_visit_is_masked_as_its_account_wants(ask: Ask) -> None:
    keep(VISIT, StoredVisit(visit=Visit(person=PERSON)))

    masked = ask("GET", address_of(VISIT)).json()
    Account.objects.update(hidden_kinds=[])
    opened = ask("GET", address_of(VISIT)).json()

    assert masked["state"] == "live"
    assert masked["asOf"].endswith("Z")
    assert masked["visit"]["person"]["contacts"][0] == {"email": "m•••••@mail.example", "phone": "+44 •••• ••0417"}
    assert opened["visit"]["person"]["contacts"][0]["email"] == "maren.okafor@mail.example"


def test_a_chat_comes_with_its_lines_and_its_visit(ask: Ask) -> None:
    event = ChatEvent(kind="line", id=1, at_ms=1, text="call +44 7700 900417", source="visitor", by="Maren")
    keep(CHAT, StoredChat(chat=Chat(state="chatting"), transcript=Transcript(events=(event,))))

    document = ask("GET", f"chats/{ACCOUNT}/{CHAT.chat_id}").json()

    assert (document["state"], document["chat"]["state"]) == ("live", "chatting")
    assert document["events"][0]["text"] == "call +•• •••• ••0417"
    assert document["visit"] is None


def test_what_is_not_known_yet_is_waited_for_by_asking_again(ask: Ask) -> None:
    answer = ask("GET", address_of(VISIT))

    assert (answer.status_code, answer.json()["state"], answer["Retry-After"]) == (200, "waiting", "1")
    assert answer.json()["visit"] is None


@pytest.mark.parametrize("state", [State.NOT_FOUND, State.UNAUTHORIZED, State.ENDED])
def test_a_state_is_about_the_subject_and_no_error(ask: Ask, state: State) -> None:
    keep(VISIT, StoredVisit(), state)

    answer = ask("GET", address_of(VISIT))

    assert (answer.status_code, answer.json()["state"]) == (200, state)


@pytest.mark.parametrize("visitor_id", ["Qz/DNhYTViMjA1OTJjN2Y5", "Qz+DNhYT=iMjA1OTJjN2Y5", "Qz%2FNhYTViMjA1OTJjN2Y5"])
def test_an_id_is_opaque(ask: Ask, visitor_id: str) -> None:
    visit = VisitKey(account_id=ACCOUNT, visitor_id=visitor_id, session_id=VISIT.session_id)
    keep(visit, StoredVisit(visit=Visit(person=PERSON)))

    document = ask("GET", address_of(visit)).json()

    assert (document["visitorId"], document["state"]) == (visitor_id, "live")


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (f"visits/{ACCOUNT}/{VISIT.visitor_id}", "sid"),
        (f"visits/{ACCOUNT}/{VISIT.visitor_id}?sid=%20", "sid"),
        (f"visits/not-one/{VISIT.visitor_id}?sid={VISIT.session_id}", "accountId"),
        (f"chats/{ACCOUNT}/{'x' * 999}", "chatId"),
    ],
)
def test_a_wrong_id_is_named(ask: Ask, path: str, field: str) -> None:
    assert_problem(ask("GET", path), 400, field=field)


def test_a_look_is_recorded_once_an_hour_however_often_a_server_asks(ask: Ask) -> None:
    for _ in range(3):
        ask("GET", address_of(VISIT))

    record = AuditRecord.objects.get()
    assert (record.action, record.host, record.agent_name) == ("opened", "api", "CRM")


def test_without_memory_it_is_said_so(ask: Ask, settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    forget_connection()

    answer = ask("GET", address_of(VISIT))

    assert_problem(answer, 503)
    assert answer["Retry-After"] == "3"
