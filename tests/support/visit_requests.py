"""A visit as LivePerson tells it, asked for through the visit kind with a real client."""

from __future__ import annotations

import copy
from typing import Any

from lpcontext.refresh.kinds import SubjectUpdate
from lpcontext.refresh.kinds.visit import VISIT
from lpcontext.snapshots import Claim, LastAnswer, SubjectStatus
from lpcontext.subjects import State, VisitKey
from tests.support.client_harness import ACCOUNT, SESSION, VISITOR, ClientHarness
from tests.support.scripted_server import ScriptedServer, reply

KEY = VisitKey(account_id=ACCOUNT, visitor_id=VISITOR, session_id=SESSION)
NOW = 1_800_000_000_000


def page(number: int, *, begun_ms: int, stay_ms: int) -> dict[str, Any]:
    return {"id": str(number), "startTime": begun_ms, "timeOnPage": stay_ms, "title": f"Page {number}"}


def visit_document(*pages: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"id": SESSION, "appSessions": [{"id": SESSION, "pages": list(pages), **copy.deepcopy(fields)}]}


class RequestedVisit:
    """One worker asks again and again for one visit; `now_ms` is moved by hand."""

    def __init__(self, server: ScriptedServer, harness: ClientHarness) -> None:
        self._server, self._asking = server, harness
        self.now_ms = NOW
        self.last_answer = LastAnswer()
        self.status: SubjectStatus | None = None

    def receive(self, state: object) -> SubjectUpdate | Exception:
        """What comes of it when LivePerson tells this."""
        self._server.will("state", reply(200, state))  # type: ignore[arg-type]  # odd answers are the point
        claim = Claim(name="n", token="t", subject=KEY, status=self.status, last_answer=self.last_answer)
        [(_, result)] = VISIT.fetch([claim], client=self._asking.client, now=lambda: self.now_ms)
        if isinstance(result, SubjectUpdate):
            self.last_answer = result.last_answer
            self.status = SubjectStatus(state=State.LIVE, first_seen_ms=NOW, as_of_ms=self.now_ms)
        return result

    def learn(self, state: object) -> SubjectUpdate:
        result = self.receive(state)
        assert isinstance(result, SubjectUpdate), result
        return result
