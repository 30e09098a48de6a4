"""Errors nobody resolved, and requests that failed or hang.

LivePerson sends both twice: as lists of the visit, without times, and as events, with time and page. Both grow by one
item whenever something is reported (contract 5.4), so the last word on a matter decides.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from lpcontext.visits.attention.model import Attention, find_page_title
from lpcontext.visits.codes import FAILED_STATUSES, WAITING_STATUSES, format_service_status
from lpcontext.visits.model import Service, Visit, VisitorError


class _Report(msgspec.Struct, frozen=True, kw_only=True):
    """An error or a request as it was reported once: what about, and the state it was in."""

    attribute: Service | VisitorError
    at_ms: int | None = None
    page_id: str | None = None

    @property
    def matter(self) -> tuple[str | None, ...]:
        if isinstance(self.attribute, VisitorError):
            return self.attribute.message, self.attribute.code
        if self.attribute.service_id:
            return (self.attribute.service_id,)
        return self.attribute.topic, self.attribute.category

    @property
    def state(self) -> int | bool | None:
        return self.attribute.resolved is True if isinstance(self.attribute, VisitorError) else self.attribute.status


class _Tally(msgspec.Struct, kw_only=True):
    """The last word on one matter, and how often it was said with no other between."""

    report: _Report
    count: int = 1


def find_errors(visit: Visit) -> Iterator[Attention]:
    """Errors the visitor ran into, each message and code once, unless they were reported as resolved."""
    listed = [_Report(attribute=error) for error in visit.errors]
    for tally in _find_last_words(visit, listed, VisitorError):
        error = tally.report.attribute
        if isinstance(error, VisitorError) and not error.resolved:
            details = [text for text in (error.code, error.context_id) if text]
            yield Attention(
                kind="error",
                severity="bad",
                title=error.message or "An error without a message",
                detail=" · ".join(details) or None,
                count=tally.count,
                at_ms=tally.report.at_ms,
                page_title=find_page_title(visit, tally.report.page_id),
            )


def find_services(visit: Visit) -> Iterator[Attention]:
    """Requests whose last status is a failure, or waiting for somebody."""
    listed = [_Report(attribute=service) for service in sorted(visit.services, key=_read_sequence)]
    for tally in _find_last_words(visit, listed, Service):
        service = tally.report.attribute
        if isinstance(service, Service) and service.status in FAILED_STATUSES | WAITING_STATUSES:
            yield Attention(
                kind="service",
                severity="bad" if service.status in FAILED_STATUSES else "warn",
                title=service.topic or service.category or "A request",
                detail=format_service_status(service.status),
                count=tally.count,
                at_ms=tally.report.at_ms,
                page_title=find_page_title(visit, tally.report.page_id),
            )


def _find_last_words(visit: Visit, listed: list[_Report], kind: type[Service | VisitorError]) -> list[_Tally]:
    """The last word on each matter: an event's, if there is one; the higher count, if list and events agree."""
    tallies = _tally(listed)
    reported = [
        _Report(attribute=event.attribute, at_ms=event.at_ms, page_id=event.page_id)
        for event in visit.events
        if isinstance(event.attribute, kind)
    ]
    for matter, tally in _tally(reported).items():
        known = tallies.get(matter)
        if known and known.report.state == tally.report.state:
            tally.count = max(tally.count, known.count)
        tallies[matter] = tally
    return list(tallies.values())


def _tally(reports: list[_Report]) -> dict[tuple[str | None, ...], _Tally]:
    tallies: dict[tuple[str | None, ...], _Tally] = {}
    for report in reports:
        matter = report.matter
        known = tallies.get(matter)
        same = known is not None and known.report.state == report.state
        tallies[matter] = _Tally(report=report, count=known.count + 1 if known and same else 1)
    return tallies


def _read_sequence(service: Service) -> int:
    """serviceSeqId counts up within the visit, as text."""
    text = service.sequence_id or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
