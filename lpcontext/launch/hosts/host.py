"""What a host says of itself, and what its verification ends in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple, TypedDict, Unpack

from django.conf import settings
from django.http import HttpResponse

from lpcontext.accounts.models import Account
from lpcontext.launch.model import CrmRecord, Launch
from lpcontext.subjects import Subject

View = Callable[..., HttpResponse]
Reason = Literal["forged", "over", "spent", "ended", "origin", "ids", "account", "limit", "fields", "upstream"]


class Verified(NamedTuple):
    """`framed_by`: the origins that may frame the panel; none: nobody may. `is_script`: no browser opened it.

    `as_ticket`: it was a server that asked, and gets a ticket for its agent's browser in place of the panel.
    """

    launch: Launch
    framed_by: Sequence[str] = ()
    is_script: bool = False
    as_ticket: bool = False


class Denied(NamedTuple):
    """`sentence` says the reason more exactly; `as_json` where a server asked.

    `retry_after`, seconds, where the same request may succeed later. What else follows is for the audit alone, as far
    as it is known.

    A refusal is framed by the account's origins of now, like the panel it stands for: else nobody could read it.
    """

    reason: Reason
    status: int
    sentence: str = ""
    framed_by: Sequence[str] = ()
    as_json: bool = False
    failed_check: str = ""
    account_id: str = ""
    subject: Subject | None = None
    agent_id: str | None = None
    agent_name: str | None = None
    retry_after: int = 0


class Unverifiable(NamedTuple):
    """Memory is away: nothing was used up, so the same address may open later."""

    framed_by: Sequence[str] = ()
    as_json: bool = False


class Unopened(NamedTuple):
    """Something looks at the address ahead of the agent: nothing is shown or used up, and a form there opens it."""

    framed_by: Sequence[str] = ()


Outcome = Verified | Denied | Unverifiable | Unopened


def frame_by_nobody(**_: Any) -> Sequence[str]:
    return ()


class Route(NamedTuple):
    """`path` as Django's `path()` reads it; `verify` gets the request and what the path holds."""

    path: str
    name: str
    verify: Callable[..., Outcome]


class Host(NamedTuple):
    """`decorators` of its views, outermost first. `docs`: its section, as page#anchor.

    `reopens_by_slug`: its addresses open once or hold what may not stay in an address bar, so that a reload goes to the
    account's own address; else a reload verifies anew. `find_framing` gets what the path holds: who may frame an error
    page there, so that an agent reads it in the CRM.
    """

    name: str
    routes: tuple[Route, ...]
    decorators: tuple[Callable[[Any], Any], ...]
    reopens_by_slug: bool
    docs: str
    find_framing: Callable[..., Sequence[str]] = frame_by_nobody


class LaunchFacts(TypedDict, total=False):
    """What a launch may say besides, named as `Launch` names it."""

    host: str
    role: str
    locale: str | None
    time_zone: str | None
    crm: CrmRecord | None


def build_launch(
    account: Account,
    subject: Subject,
    *,
    now_ms: int,
    granted_by: str,
    agent_id: str | None = None,
    agent_name: str | None = None,
    origin: str | None = None,
    **said: Unpack[LaunchFacts],
) -> Launch:
    """For as long as a panel's token lives; `granted_by` as `accounts.Grant` spells it."""
    return Launch(
        subject=subject,
        slug=account.slug,
        opened_ms=now_ms,
        expires_ms=now_ms + int(settings.PANEL_TOKEN_SECONDS * 1000),
        agent_id=agent_id,
        agent_name=agent_name,
        origin=origin,
        granted_by=granted_by,
        **said,
    )
