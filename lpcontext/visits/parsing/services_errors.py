"""What they tried to get done and what failed: serviceActivity and visitorError (contract 4.8)."""

from __future__ import annotations

from lpcontext.reading import Reader
from lpcontext.visits.model import Service, VisitorError


def read_service(service: Reader) -> Service:
    return Service(
        topic=service.text("topic"),
        status=service.integer("status"),
        category=service.text("category"),
        service_id=service.text("serviceId"),
        sequence_id=service.text("serviceSeqId"),
        repeated=service.flag("repeatedServiceActivity"),
    )


def read_error(error: Reader) -> VisitorError:
    return VisitorError(
        message=error.text("message"),
        code=error.text("code"),
        level=error.number("level"),
        resolved=error.flag("resolved"),
        context_id=error.text("contextId"),
    )
