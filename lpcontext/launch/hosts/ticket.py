"""Tickets: for hosts that cannot sign. A server asks for one, the browser spends it, once, within a minute.

A ticket is the launch itself, sealed, so that issuing one needs no memory; spending it does, and fails closed without.
What was issued before memory began is over: it may have been spent, and nobody would know.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

import msgspec
from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.http import HttpRequest
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from lpcontext.accounts.errors import BadOrigin
from lpcontext.accounts.framing import find_framing_origins, may_frame
from lpcontext.accounts.models import Account
from lpcontext.accounts.origins import read_origin
from lpcontext.launch.hosts.host import (
    Denied,
    Host,
    LaunchFacts,
    Outcome,
    Reason,
    Route,
    Unopened,
    Unverifiable,
    Verified,
    build_launch,
)
from lpcontext.launch.launch_limits import limit_launch
from lpcontext.launch.model import Launch, LaunchEnded, LaunchExpired, LaunchForged, LaunchRefused, LaunchSpent, Ticket
from lpcontext.launch.opener import Opener, find_opener
from lpcontext.launch.rights import confirm_right
from lpcontext.launch.tickets import open_ticket, seal_ticket
from lpcontext.snapshots import MemoryUnavailable, NonceState, lock_is_held, shared_now_ms, spend_nonce
from lpcontext.subjects import Subject


def issue_ticket(
    account: Account,
    subject: Subject,
    *,
    now_ms: int,
    agent_id: str | None = None,
    agent_name: str | None = None,
    origin: str | None = None,
    granted_by: str = "",
    **said: Unpack[LaunchFacts],
) -> Ticket:
    """`granted_by`: by whom, as `accounts.Grant` spells it.

    Raises BadOrigin when the account does not allow `origin` to frame it, LaunchTooLong.
    """
    if origin is not None:
        origin = read_origin(origin)
        if not may_frame(account, origin):
            raise BadOrigin("is not among the origins this account allows.")
    launch = build_launch(
        account,
        subject,
        now_ms=now_ms,
        granted_by=granted_by,
        agent_id=agent_id,
        agent_name=agent_name,
        origin=origin,
        **said,
    )
    return seal_ticket(launch, now_ms=now_ms)


def spend_ticket(text: str, *, now_ms: int, opener: Opener = Opener.AGENT) -> Launch:
    """A script's use is one of its own, before the agent's: what fetches an address first takes it from nobody.

    Raises LaunchForged, LaunchExpired, LaunchEnded, LaunchSpent; or LimitReached or MemoryUnavailable, and is
    then still good.
    """
    sealed = open_ticket(text)
    if sealed.expires_ms <= now_ms:
        raise LaunchExpired
    launch = sealed.launch
    confirm_right(launch)
    nonces = [f"spent:{sealed.serial}"]
    if opener is Opener.SCRIPT:
        nonces.append(f"looked:{sealed.serial}")
    if any(lock_is_held(nonce) for nonce in nonces):  # what was used already counts for nobody
        raise LaunchSpent
    limit_launch(launch)
    issued_ms = launch.opened_ms if sealed.issued_ms is None else sealed.issued_ms
    match spend_nonce(nonces[-1], issued_ms=issued_ms, seconds=settings.TICKET_SECONDS + 60):
        case NonceState.SPENT:
            raise LaunchSpent
        case NonceState.OLDER:
            raise LaunchExpired
    return msgspec.structs.replace(launch, opened_ms=now_ms)


def _verify(request: HttpRequest, *, text: str) -> Outcome:
    """What a ticket was made for says who may frame its refusal, also where it is spent or over."""
    try:
        sealed_launch = open_ticket(text).launch
    except LaunchForged:
        return Denied("forged", 403, failed_check="seal")
    try:
        origins = find_framing_origins(sealed_launch.slug)
    except DatabaseTrouble:
        return Unverifiable(framed_by=(sealed_launch.origin,) if sealed_launch.origin else ())

    def deny(reason: Reason, status: int, failed_check: str) -> Denied:
        return Denied(
            reason,
            status,
            framed_by=origins,
            failed_check=failed_check,
            subject=sealed_launch.subject,
            agent_id=sealed_launch.agent_id,
            agent_name=sealed_launch.agent_name,
        )

    if sealed_launch.origin and sealed_launch.origin not in origins:
        return deny("origin", 403, "origin")
    opener = find_opener(request)
    if opener is Opener.LOOK_AHEAD:
        return Unopened(framed_by=origins)
    try:
        launch = spend_ticket(text, now_ms=shared_now_ms(), opener=opener)
    except MemoryUnavailable:
        return Unverifiable(framed_by=origins)
    except LaunchEnded:
        return deny("ended", 403, "right ended")
    except LaunchSpent:
        return deny("spent", 410, "spent")
    except LaunchRefused:
        return deny("over", 410, "expired")
    framed_by = (launch.origin,) if launch.origin else origins
    return Verified(launch, framed_by=framed_by, is_script=opener is Opener.SCRIPT)


def _find_framing(*, text: str) -> Sequence[str]:
    try:
        return find_framing_origins(open_ticket(text).launch.slug)
    except LaunchForged:
        return ()


TICKET = Host(
    name="ticket",
    routes=(Route("launch/ticket/<str:text>", "ticket", _verify),),
    decorators=(
        csrf_exempt,  # the ticket is the proof, and stands in no page of another site
        require_http_methods(["GET", "POST"]),  # a HEAD, as link previews send it, must not spend the ticket
        never_cache,
        gzip_page,  # safe here alone: a ticket shows a panel once or twice, too seldom to guess what is compressed
    ),
    reopens_by_slug=True,
    docs="embedding/README.md#3-ask-for-a-ticket-when-the-call-arrives",
    find_framing=_find_framing,
)
