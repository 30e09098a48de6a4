"""The OpenAPI document says what the API does: schemathesis asks everything it names, and reads every answer by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from django.test import Client
from django.urls import get_resolver
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from lpcontext.api.openapi import build_openapi
from lpcontext.chats import Chat, ChatEvent, Transcript
from lpcontext.snapshots import StoredChat, StoredVisit
from lpcontext.subjects import ChatKey
from lpcontext.visits import Contact, Person, Visit
from lpcontext.wsgi import application
from tests.api.conftest import ACCOUNT, TICKET, VISIT, keep
from tests.support.scripted_server import ScriptedServer, reply

DOCUMENT = build_openapi(version="0", server="http://testserver/api/v1")
schema: Any = schemathesis.openapi.from_dict(DOCUMENT)
schema.app = application
parametrize: Callable[[Callable[..., None]], Callable[..., None]] = schema.parametrize()
IDS = {"accountId": ACCOUNT, "visitorId": VISIT.visitor_id, "chatId": "H7152398-4c1dK4"}


@pytest.fixture
def liveperson(settings: Any) -> Any:
    created = {"sessionId": "ttJpjOmRQ0adbOusBi5UlA", "visitorId": "ZkMTY4N2I4YTQ0ZjMwMTg0"}
    with ScriptedServer() as server:
        settings.DOMAIN_API_URL = server.base_url
        server.will("", reply(200, created))
        yield server


def test_the_document_is_served_without_a_key(client: Client) -> None:
    answer = client.get("/api/v1/openapi.json")

    assert answer.status_code == 200
    assert answer.json()["openapi"] == "3.1.0"
    assert ACCOUNT not in answer.text


def test_every_address_is_in_it() -> None:
    routes = {str(each.pattern) for each in get_resolver("lpcontext.api.urls").url_patterns}

    assert len(routes) == len(DOCUMENT["paths"])
    assert {path.split("/")[1] for path in DOCUMENT["paths"]} == {route.split("/")[0] for route in routes}


@parametrize
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@pytest.mark.usefixtures("liveperson")
def test_each_answer_is_as_the_document_says(case: Any, key: str) -> None:
    """What an id may be and which go together is said in words: what breaks that alone may be refused."""
    if case.meta.generation.mode.is_positive:
        case.path_parameters = {name: IDS[name] for name in case.path_parameters}
        if isinstance(case.body, dict):
            case.body["accountId"] = ACCOUNT

    case.call_and_validate(
        headers={"Authorization": f"Bearer {key}"},
        excluded_checks=[positive_data_acceptance],
    )


@pytest.mark.parametrize(
    ("method", "path", "given", "status"),
    [
        ("POST", "/tickets", {"body": TICKET, "media_type": "application/json"}, 201),
        ("POST", "/sessions", {"body": {"accountId": ACCOUNT}, "media_type": "application/json"}, 201),
        ("GET", "/visits/{accountId}/{visitorId}", {"query": {"sid": VISIT.session_id}}, 200),
        ("GET", "/chats/{accountId}/{chatId}", {}, 200),
    ],
)
@pytest.mark.usefixtures("liveperson")
def test_a_good_answer_is_as_the_document_says(
    key: str, method: str, path: str, given: dict[str, Any], status: int
) -> None:
    person = Person(name="Maren", contacts=(Contact(email="maren.okafor@mail.example"),))
    event = ChatEvent(kind="line", id=1, at_ms=1, text="hello", source="visitor", by="Maren")
    keep(VISIT, StoredVisit(visit=Visit(person=person)))
    chat = ChatKey(account_id=ACCOUNT, chat_id=IDS["chatId"])
    keep(chat, StoredChat(chat=Chat(state="chatting"), transcript=Transcript(events=(event,)), visit=VISIT))
    ids = {name: text for name, text in IDS.items() if f"{{{name}}}" in path}

    case = schema[path][method].Case(path_parameters=ids, **given)
    answer = case.call_and_validate(headers={"Authorization": f"Bearer {key}"})

    assert answer.status_code == status
