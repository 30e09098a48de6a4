"""One thing an agent should know before anything else."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from lpcontext.visits.model import Visit

Kind: TypeAlias = Literal["error", "service", "loop", "cart-emptied", "offer-refused", "control-group"]
Severity: TypeAlias = Literal["bad", "warn"]


class Attention(msgspec.Struct, frozen=True, kw_only=True):
    """`title` and `page_title` may repeat what the page reported; `at_ms` is the last time it happened."""

    kind: Kind
    severity: Severity
    title: str
    detail: str | None = None
    count: int = 1
    at_ms: int | None = None
    page_title: str | None = None


def find_page_title(visit: Visit, page_id: str | None) -> str | None:
    """The title of the page with this id, None when the visit has no such page."""
    if page_id is None:
        return None
    return next((page.title for page in reversed(visit.pages) if page.id == page_id), None)
