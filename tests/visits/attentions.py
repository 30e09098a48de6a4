"""Visits made of single moments, and the attention they ask for."""

from __future__ import annotations

from lpcontext.visits.attention.model import Attention
from lpcontext.visits.attention.rules import find_attention
from tests.visits.responses import Json, on_page, visit_of

PAGES: list[Json] = [
    {"id": "shop", "startTime": 100, "url": "shop.example/", "pageTitle": "Shop"},
    {"id": "pay", "startTime": 200, "url": "shop.example/pay", "pageTitle": "Pay"},
]


def attention_of(**fields: object) -> tuple[Attention, ...]:
    return find_attention(visit_of(**fields))


def error_at(at_ms: int, **fields: object) -> Json:
    return {"visitorError": on_page("pay", at_ms=at_ms, visitorError=fields)}


def service_at(at_ms: int, status: int, **fields: object) -> Json:
    return {"serviceActivity": on_page("pay", at_ms=at_ms, serviceActivity={"status": status, **fields})}


def cart_at(at_ms: int, count: int | None, **fields: object) -> Json:
    return {"cartStatus": on_page("shop", at_ms=at_ms, numItems=count, **fields)}


def purchase_at(at_ms: int) -> Json:
    return {"purchase": on_page("pay", at_ms=at_ms, orderId="A")}


def offer(type_: int, *, page_id: str = "shop", state: int = 1, **fields: object) -> Json:
    engagement = {"state": state, "pageId": page_id, "engagementEntity": {"type": type_}}
    return {"id": "1", "engagement": engagement, **fields}


def views(*urls: str) -> list[Json]:
    return [{"id": str(n), "startTime": n, "url": url, "pageTitle": url.upper()} for n, url in enumerate(urls, start=1)]
