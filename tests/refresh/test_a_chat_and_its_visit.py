"""The visit behind a chat stays found: when the chat leads elsewhere, and when memory has lost what was behind it."""

from __future__ import annotations

from typing import Any

import pytest

from lpcontext.refresh import view_subject
from lpcontext.snapshots import name_of
from lpcontext.subjects import ChatKey, State, VisitKey
from tests.support.chat_responses import CHAT, will_serve
from tests.support.client_harness import ACCOUNT
from tests.support.running_shift import VISIT, give_credentials, shift_running
from tests.support.scripted_server import ScriptedServer, reply
from tests.support.stored_subject import forget_subject
from tests.support.waiting import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("memory")]
CHAT_KEY = ChatKey(account_id=ACCOUNT, chat_id=CHAT)


def visit(number: int) -> VisitKey:
    return VisitKey(account_id=ACCOUNT, visitor_id=f"visitor-{number}", session_id="session")


def lead_to(server: ScriptedServer, number: int) -> None:
    key = visit(number)
    shark = {"sharkVisitorId": key.visitor_id, "sharkSessionId": key.session_id}
    server.will(CHAT, reply(200, {"chat": {"info": {"chatSessionKey": CHAT, "state": "chatting", **shark}}}))


def shows_live_visit(number: int) -> bool:
    """A look at the chat, as each tick that asks memory is one."""
    view = view_subject(CHAT_KEY)
    return view.visit is not None and view.visit.state is State.LIVE and view.visit_name == name_of(visit(number))


@pytest.fixture
def server(liveperson: ScriptedServer, settings: Any) -> ScriptedServer:
    settings.REFRESH_SECONDS = settings.CHAT_REFRESH_SECONDS = 0.5
    give_credentials(ACCOUNT)
    will_serve(liveperson)
    liveperson.will("state", reply(200, VISIT))
    for segment in ("availableAgents", "availableSlots", "survey"):
        liveperson.will(segment, reply(200, {}))
    lead_to(liveperson, 1)
    return liveperson


def test_a_chat_that_leads_to_another_visit_is_followed_there(server: ScriptedServer) -> None:
    view_subject(CHAT_KEY)
    with shift_running(ACCOUNT):
        wait_until(lambda: shows_live_visit(1))

        lead_to(server, 2)

        wait_until(lambda: shows_live_visit(2))


def test_a_visit_that_memory_has_lost_is_found_again(server: ScriptedServer) -> None:
    view_subject(CHAT_KEY)
    with shift_running(ACCOUNT):
        wait_until(lambda: shows_live_visit(1))

        forget_subject(name_of(visit(1)))

        wait_until(lambda: shows_live_visit(1))
