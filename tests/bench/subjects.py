"""What is polled: 500 visits of 50 pages and 60 events, as LivePerson would tell them."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

PAYLOADS = Path(__file__).resolve().parents[1] / "payloads"
NOW = 1_800_000_000_000
PAGE_MS = 20_000


def make_state(
    number: int | str, *, pages: int = 50, events: int = 60, more: int = 0, started_ms: int = NOW
) -> dict[str, Any]:
    """The documented sample, with that many pages and events, none like another; `more` events on the last page."""
    state: dict[str, Any] = json.loads((PAYLOADS / "visit-state-doc.json").read_text())
    session = state["appSessions"][0]
    session["personalInfo"]["personalInfo"]["name"] = f"Visitor {number}"
    page, samples = session["pages"][0], session["events"]
    session["pages"] = [_make_page(page, number, i, started_ms) for i in range(pages)]
    session["events"] = [
        _make_event(samples[i % len(samples)], i, session["pages"][i * pages // events]) for i in range(events)
    ]
    session["events"] += [_make_event(samples[i], events + i, session["pages"][-1]) for i in range(more)]
    return state


def _make_page(page: dict[str, Any], number: int | str, i: int, started_ms: int) -> dict[str, Any]:
    made = deepcopy(page)
    made["id"], made["startTime"] = str(1000 + i), started_ms + i * PAGE_MS
    made["url"] = f"shop.example/goods/{number}/{i}"
    made["pageTitle"] = f"Goods no. {i} for visitor {number}"
    made["pageBasic"] |= {"url": f"https://{made['url']}", "title": made["pageTitle"], "startTime": made["startTime"]}
    return made


def _make_event(event: dict[str, Any], i: int, page: dict[str, Any]) -> dict[str, Any]:
    made = deepcopy(event)
    [inner] = made.values()
    inner["serverTimeStamp"] = page["startTime"] + 1000 + i
    inner["contexts"] = {"page": {"id": page["id"]}}
    return made
