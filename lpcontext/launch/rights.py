"""The right behind a launch, as the database has it now: looked at whenever a page is opened."""

from __future__ import annotations

import msgspec

from lpcontext.accounts.rights import Grant, find_rights
from lpcontext.launch.model import Launch, LaunchEnded


def grant_of(launch: Launch) -> Grant:
    return Grant(launch.subject.account_id, launch.slug, launch.granted_by)


def confirm_right(launch: Launch) -> Launch:
    """The launch, masked as its account wants it now. Raises LaunchEnded."""
    grant = grant_of(launch)
    right = find_rights([grant])[grant]
    if not right.covers(launch.opened_ms):
        raise LaunchEnded
    return msgspec.structs.replace(launch, masked=right.masked)
