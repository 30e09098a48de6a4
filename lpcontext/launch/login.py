"""A launch for an agent who is signed in here, in a browser without a CRM."""

from __future__ import annotations

from django.conf import settings

from lpcontext.accounts import Account, Masking, grant_of_user
from lpcontext.launch.model import Launch
from lpcontext.subjects import Subject


def admit_agent(account: Account, subject: Subject, *, user_id: int, agent_name: str, now_ms: int) -> Launch:
    """The view has checked the permission; nobody may frame this panel."""
    return Launch(
        subject=subject,
        slug=account.slug,
        opened_ms=now_ms,
        expires_ms=now_ms + int(settings.PANEL_TOKEN_SECONDS * 1000),
        masked=account.masking != Masking.OPEN,
        agent_name=agent_name,
        granted_by=grant_of_user(user_id),
    )
