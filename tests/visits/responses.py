"""Responses for tests: the documented ones from tests/payloads, and small ones made around one oddity."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from lpcontext.visits.model import Event, Visit
from lpcontext.visits.parsing.visit import ParsedVisit, parse_visit

PAYLOADS = Path(__file__).parent.parent / "payloads"

Json = dict[str, Any]


def load(name: str) -> Json:
    """The documented body of this name."""
    body: Json = json.loads((PAYLOADS / name).read_text(encoding="utf-8"))
    return body


def documented_state() -> Json:
    """The one whole response LivePerson documents."""
    return load("visit-state-doc.json")


def state_of(**fields: object) -> Json:
    """A response with one app session that has just these fields."""
    return {"id": "S1", "appSessions": [{"id": "S1", **copy.deepcopy(fields)}]}


def parse(**fields: object) -> ParsedVisit:
    return parse_visit(state_of(**fields))


def visit_of(**fields: object) -> Visit:
    """The visit of a response with just these fields, from which nothing was dropped."""
    parsed = parse(**fields)
    assert parsed.drift == ()
    return parsed.visit


def event_of(kind: str, body: object) -> Event:
    """The one event in a visit with just that."""
    (event,) = visit_of(events=[{kind: body}]).events
    return event


def on_page(page_id: str, *, at_ms: int = 0, **fields: object) -> Json:
    """The inside of an event that happened on this page."""
    return {"serverTimeStamp": at_ms, "contexts": {"page": {"id": page_id}}, **fields}


def large_state(*, pages: int, events: int) -> Json:
    """The documented response, with so many pages of seven addresses and so many events of all nine kinds."""
    state = documented_state()
    session = state["appSessions"][0]
    page, kinds, start = session["pages"][0], session["events"], session["startTime"]
    session["pages"] = [
        page
        | {"id": str(n), "startTime": start + n * 1000}
        | {"pageBasic": page["pageBasic"] | {"url": f"https://shop.example/category/{n % 7}?ref={n % 7}"}}
        for n in range(pages)
    ]
    session["events"] = [
        {kind: body | on_page(str(n % pages), at_ms=start + n * 800)}
        for n in range(events)
        for kind, body in kinds[n % len(kinds)].items()
    ]
    return state
