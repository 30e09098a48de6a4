"""The offers made in a visit (contract 4.7)."""

from __future__ import annotations

from lpcontext.reading import Reader
from lpcontext.visits.model import Acceptance, Engagement, Skill

_NO_SKILL_ID = "-1"
_MOST_ENGAGEMENTS = 1_000
_NOTHING = Engagement()


def read_engagements(session: Reader) -> tuple[Engagement, ...]:
    found = (_read_engagement(item) for item in session.children("engagements", most=_MOST_ENGAGEMENTS))
    return tuple(engagement for engagement in found if engagement != _NOTHING)


def _read_engagement(item: Reader) -> Engagement:
    """An offer: three entities side by side, which we read as one. `item.id` is its context in this session."""
    outer = item.unwrapped("engagement")
    campaign = outer.child_or_empty("campaignEntity")
    offer = outer.child_or_empty("engagementEntity")
    goal = outer.child_or_empty("goalEntity")
    return Engagement(
        context_id=item.text("id"),
        state=outer.integer("state"),
        zone_id=outer.integer("zoneId"),
        page_id=outer.text("pageId"),
        control_group=outer.enum("campaignControl"),
        campaign_id=campaign.text("id"),
        campaign_revision=campaign.integer("revision"),
        goal_id=campaign.text("goalId") or goal.text("id"),
        goal_type=goal.integer("type"),
        goal_indicator=goal.integer("indicatorType"),
        engagement_id=offer.text("id"),
        engagement_revision=offer.integer("revision"),
        channel=offer.integer("channel"),
        type=offer.integer("type"),
        offsite=offer.flag("isOffsiteEngagement"),
        skill=_read_skill(offer.child_or_empty("engagementSkill")),
        survey_skills=_read_survey_skills(offer),
        availability_policy=offer.integer("availabilityPolicy"),
        rendering_type=offer.integer("renderingType"),
        conversation_type=offer.integer("conversationType"),
        profile_ids=campaign.ids("activeVPs"),
        behaviour_ids=offer.ids("activeVBs"),
        onsite_location_ids=offer.ids("activeOSLs"),
        acceptances=_read_acceptances(item),
    )


def _read_skill(skill: Reader) -> Skill | None:
    """A skill by either pair of names; "no skill" is the id -1 and the name *!@NULL*!@ (contract 0.4)."""
    id_ = skill.text("skillId") or skill.text("id")
    name = skill.text("skillName") or skill.text("name")
    id_ = None if id_ == _NO_SKILL_ID else id_
    return Skill(id=id_, name=name) if id_ or name else None


def _read_survey_skills(offer: Reader) -> tuple[Skill, ...]:
    """LivePerson does not document their shape; the Data Access API has `id` and `name`."""
    found = (_read_skill(skill) for skill in offer.children("surveySkills", most=100))
    return tuple(skill for skill in found if skill)


def _read_acceptances(item: Reader) -> tuple[Acceptance, ...]:
    """The visitor's clicks on the offer; the key is missing when there was none."""
    return tuple(
        Acceptance(at_ms=click.epoch_ms("activityTime"), page_id=click.text("pageId"))
        for click in item.children("impressionAccepted", most=100)
    )
