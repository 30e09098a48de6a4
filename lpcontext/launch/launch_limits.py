"""How often panels may be opened: with one key, by one agent, for one account, and unproven from one network."""

from __future__ import annotations

from django.http import HttpRequest

from lpcontext.audit.request_origin import find_address
from lpcontext.launch.model import Launch
from lpcontext.limits import Door, count_unproven, limit_unproven, limit_use


def limit_launch(launch: Launch) -> None:
    """A proven one, before anything of it is used up: it opens later all the same. Raises LimitReached."""
    agent = launch.agent_id or launch.agent_name or ""
    limit_use(Door.LAUNCH, account_id=launch.subject.account_id, key=launch.granted_by, agent=agent)


def limit_unproven_launch(request: HttpRequest, *, slug: str) -> None:
    """Before a seal or signature is looked at; `slug`: the launch key's, or "". Raises LimitReached."""
    limit_unproven(Door.LAUNCH, find_address(request), shown_to=slug)


def count_unproven_launch(request: HttpRequest, *, slug: str) -> None:
    """Its seal or signature was wrong; `slug` of a launch key that there is, else "". Raises LimitReached."""
    count_unproven(Door.LAUNCH, find_address(request), shown_to=slug)
