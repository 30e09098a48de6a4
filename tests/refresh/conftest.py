"""What these tests share: LivePerson with a script, and a worker's question to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.chat_responses import login
from tests.support.client_harness import ClientHarness
from tests.support.running_shift import VISIT
from tests.support.scripted_server import ScriptedServer, reply
from tests.support.visit_requests import RequestedVisit


@pytest.fixture
def asked_visit() -> Iterator[RequestedVisit]:
    with ScriptedServer() as server, ClientHarness(server.base_url) as harness:
        yield RequestedVisit(server, harness)


@pytest.fixture
def liveperson(settings: Any) -> Iterator[ScriptedServer]:
    """It lets everybody log in, and knows one visit."""
    with ScriptedServer() as server:
        settings.DOMAIN_API_URL = server.base_url
        server.will("login", login())
        server.will("logout", reply(200))
        server.will("state", reply(200, VISIT))
        yield server
