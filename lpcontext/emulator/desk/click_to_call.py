"""The caller presses LivePerson's button on the site, and the ids reach the CRM in an address (contract 9)."""

from __future__ import annotations

from urllib.parse import urlencode

from ..state import EmulatorState
from ..worlds import make_engagement

CAMPAIGN_ID = 556090010
ENGAGEMENT_ID = 556090020
VOICE, EMBEDDED = 2, 5


class NothingToPress(Exception):
    """There is no page of the caller's with a button on it; the message is a sentence an agent can read."""


def press_button(state: EmulatorState, *, account_id: str, visitor_id: str | None) -> dict[str, str]:
    """Offer and accept one more engagement in the newest visit. Returns the ids. Raises NothingToPress."""
    site, now_ms = state.sites[account_id], state.now_ms()
    with site.lock:
        visit = site.newest_visit_of(visitor_id, now_ms=now_ms) if visitor_id else None
        if visit is None:
            raise NothingToPress("This caller is on no page that LivePerson watches: there is no button to press.")
        visit.interrupt(now_ms)
        offered = make_engagement(
            engagement_id=ENGAGEMENT_ID, campaign_id=CAMPAIGN_ID, type_code=EMBEDDED, channel=VOICE
        )
        context_id = visit.offer(offered)
        visit.accept(context_id, at_ms=now_ms)
        return {
            "aid": account_id,
            "vid": visit.visitor_id,
            "sid": visit.session_id,
            "cid": context_id,
            "campaign": str(CAMPAIGN_ID),
            "engagement": str(ENGAGEMENT_ID),
        }


def build_address(panel_url: str, ids: dict[str, str]) -> str:
    return f"{panel_url}/launch/click-to-call?{urlencode(ids)}"
