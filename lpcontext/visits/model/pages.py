"""The pages of a visit."""

from __future__ import annotations

from lpcontext.visits.model.value import VisitValue


class Page(VisitValue, frozen=True):
    """One page view. `url` has a scheme where LivePerson sent one. `stay_ms` is LivePerson's timeOnPage."""

    id: str | None = None
    url: str | None = None
    title: str | None = None
    referrer: str | None = None
    started_at_ms: int | None = None
    stay_ms: int | None = None
    loaded: bool | None = None
    sections: tuple[str, ...] = ()
    onsite_location_ids: tuple[str, ...] = ()
