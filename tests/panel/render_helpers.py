"""Visits made by hand, and bodies taken apart."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

from lpcontext.panel.rendering import render_body
from lpcontext.snapshots import VisitSnapshot
from lpcontext.subjects import State
from lpcontext.visits import Contact, EngagementAttribute, Page, Person, Visit, parse_visit
from lpcontext.visits.model import Event
from tests.support.viewers import viewer

PAYLOADS = Path(__file__).resolve().parents[1] / "payloads"
AT_MS = 1_475_675_316_326  # 5 October 2016, 13:48:36 UTC
MINUTE_MS = 60_000

CALLER = Person(
    name="John",
    surname="Doe",
    contacts=(Contact(email="myname@example.com", phone="+1 212-788-8877"),),
    language="he-IL",
)


def documented_visit() -> Visit:
    """LivePerson's own example of a visit."""
    return parse_visit(json.loads((PAYLOADS / "visit-state-doc.json").read_text())).visit


def page(number: int, **fields: Any) -> Page:
    """The page with id `number`, opened that many minutes after the first."""
    defaults: dict[str, Any] = {"title": f"Page {number}", "url": f"https://shop.example/pages/{number}"}
    return Page(id=str(number), started_at_ms=AT_MS + number * MINUTE_MS, **{**defaults, **fields})


def event(fact: EngagementAttribute, *, on: int | None = 0, after_ms: int = 1000, kind: str = "some") -> Event:
    """`fact`, reported by page `on` so long after the first page."""
    return Event(kind=kind, attribute=fact, at_ms=AT_MS + after_ms, page_id=None if on is None else str(on))


def look(visit: Visit | None, *, state: State = State.LIVE, masked: bool = True, **fields: Any) -> str:
    snapshot = VisitSnapshot(state=state, first_seen_ms=AT_MS, version="abc", visit=visit, **fields)
    return render_body(snapshot, viewer=viewer(masked=masked))


def sections(body: str) -> list[str]:
    return re.findall(r'data-section="([a-z]+)"', body)


def markup_of(body: str, section: str) -> str:
    """One section's HTML; sections do not nest."""
    return body.split(f'data-section="{section}"', 1)[1].split("</section>", 1)[0]


def text_of(markup: str) -> str:
    """What is read, with single spaces."""
    return " ".join(
        html.unescape(re.sub(r"<[^>]*>", "", markup.replace("<dt>", " <dt>").replace("<dd>", " <dd>"))).split()
    )


def read(body: str, section: str) -> str:
    return text_of("<x" + markup_of(body, section))
