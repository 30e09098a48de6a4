"""What the visitor tried to get done, and what failed."""

from __future__ import annotations

from lpcontext.visits.model.value import AttributeValue


class Service(AttributeValue, frozen=True, tag="service"):
    topic: str | None = None
    status: int | None = None
    category: str | None = None
    service_id: str | None = None
    sequence_id: str | None = None
    repeated: bool | None = None


class VisitorError(AttributeValue, frozen=True, tag="error"):
    message: str | None = None
    code: str | None = None
    level: float | None = None
    resolved: bool | None = None
    context_id: str | None = None
