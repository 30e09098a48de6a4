"""What these tests share: LivePerson with a script, and a worker's question to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.asking import Asking
from tests.support.scripted_server import ScriptedServer
from tests.support.visiting import AskedVisit


@pytest.fixture
def asked_visit() -> Iterator[AskedVisit]:
    with ScriptedServer() as server, Asking(server.base_url) as asking:
        yield AskedVisit(server, asking)
