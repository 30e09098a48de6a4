"""The offers made in a visit."""

from __future__ import annotations

from lpcontext.visits.model.value import VisitValue


class Acceptance(VisitValue, frozen=True):
    """The visitor clicked the engagement."""

    at_ms: int | None = None
    page_id: str | None = None


class Skill(VisitValue, frozen=True):
    id: str | None = None
    name: str | None = None


class Engagement(VisitValue, frozen=True):
    """An offer made in this visit. Numbers without documented meaning stay numbers."""

    context_id: str | None = None
    state: int | None = None
    zone_id: int | None = None
    page_id: str | None = None
    control_group: str | None = None
    campaign_id: str | None = None
    campaign_revision: int | None = None
    goal_id: str | None = None
    goal_type: int | None = None
    goal_indicator: int | None = None
    engagement_id: str | None = None
    engagement_revision: int | None = None
    channel: int | None = None
    type: int | None = None
    offsite: bool | None = None
    skill: Skill | None = None
    survey_skills: tuple[Skill, ...] = ()
    availability_policy: int | None = None
    rendering_type: int | None = None
    conversation_type: int | None = None
    profile_ids: tuple[str, ...] = ()
    behaviour_ids: tuple[str, ...] = ()
    onsite_location_ids: tuple[str, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
