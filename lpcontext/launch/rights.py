"""The right behind a launch, as the database has it now: looked at whenever a page is opened."""

from __future__ import annotations

from lpcontext.accounts.rights import Grant, Right, find_rights
from lpcontext.launch.model import Launch, LaunchEnded
from lpcontext.reading import HiddenKinds


def grant_of(launch: Launch) -> Grant:
    return Grant(launch.subject.account_id, launch.slug, launch.granted_by, launch.role, launch.origin or "")


def confirm_right(launch: Launch) -> Right:
    """Raises LaunchEnded."""
    grant = grant_of(launch)
    right = find_rights([grant])[grant]
    if not right.covers(launch.opened_ms):
        raise LaunchEnded
    return right


def find_hidden(launch: Launch, right: Right, *, now_ms: int) -> HiddenKinds:
    """What is hidden from whoever looks: less for the minute in which they have it revealed, as it was recorded."""
    if now_ms >= launch.revealed_until_ms:
        return right.hidden
    return right.hidden - (right.revealable & frozenset(launch.revealed_kinds))
