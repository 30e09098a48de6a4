"""Tickets: for hosts that cannot sign. A server asks for one, the browser spends it, once, within a minute.

A ticket is the launch itself, sealed, so that issuing one needs no memory; spending it does, and fails closed without.
What was issued before memory began is over: it may have been spent, and nobody would know.
"""

from __future__ import annotations

import secrets

import msgspec
from django.conf import settings

from lpcontext.accounts import Account, BadOrigin, Masking, may_frame, read_origin
from lpcontext.launch.confirming import confirm_right
from lpcontext.launch.model import Launch, LaunchExpired, LaunchForged, LaunchSpent, Ticket
from lpcontext.sealing import SealBroken, get_sealer
from lpcontext.snapshots import MemoryUnavailable, NonceState, renew_memory_start, spend_nonce
from lpcontext.subjects import Subject

_PURPOSE = "ticket"
_MOST = 4096


class _Sealed(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    launch: Launch
    serial: str
    expires_ms: int
    issued_ms: int | None = None  # by memory's clock, after memory began; None: as its launch says


def issue_ticket(
    account: Account,
    subject: Subject,
    *,
    now_ms: int,
    agent_id: str | None = None,
    agent_name: str | None = None,
    origin: str | None = None,
    granted_by: str = "",
) -> Ticket:
    """`granted_by`: on whose word, as `accounts.Grant` spells it.

    Raises BadOrigin when the account does not allow `origin` to frame it.
    """
    if origin is not None:
        origin = read_origin(origin)
        if not may_frame(account, origin):
            raise BadOrigin("is not among the origins this account allows.")
    launch = Launch(
        subject=subject,
        slug=account.slug,
        opened_ms=now_ms,
        expires_ms=now_ms + int(settings.PANEL_TOKEN_SECONDS * 1000),
        masked=account.masking != Masking.OPEN,
        agent_id=agent_id,
        agent_name=agent_name,
        origin=origin,
        granted_by=granted_by,
    )
    expires_ms = now_ms + int(settings.TICKET_SECONDS * 1000)
    sealed = _Sealed(
        launch=launch, serial=secrets.token_urlsafe(12), expires_ms=expires_ms, issued_ms=_find_issue_moment()
    )
    text = get_sealer().seal_text(msgspec.msgpack.encode(sealed), purpose=_PURPOSE)
    return Ticket(path=f"/launch/ticket/{text}", expires_ms=expires_ms)


def read_ticket(text: str) -> Launch:
    """What a ticket was made for; it may be spent or over, so this opens nothing. Raises LaunchForged."""
    return _open(text).launch


def spend_ticket(text: str, *, now_ms: int) -> Launch:
    """Raises LaunchForged, LaunchExpired, LaunchEnded, LaunchSpent, or MemoryUnavailable: it is then still good."""
    sealed = _open(text)
    if sealed.expires_ms <= now_ms:
        raise LaunchExpired
    launch = confirm_right(sealed.launch)
    issued_ms = launch.opened_ms if sealed.issued_ms is None else sealed.issued_ms
    match spend_nonce(f"spent:{sealed.serial}", issued_ms=issued_ms, seconds=settings.TICKET_SECONDS + 60):
        case NonceState.SPENT:
            raise LaunchSpent
        case NonceState.OLDER:
            raise LaunchExpired
    return msgspec.structs.replace(launch, opened_ms=now_ms)


def _open(text: str) -> _Sealed:
    if len(text) > _MOST:
        raise LaunchForged
    try:
        told = get_sealer().open_text(text, purpose=_PURPOSE)
        return msgspec.msgpack.decode(told, type=_Sealed)
    except (SealBroken, msgspec.DecodeError):
        raise LaunchForged from None


def _find_issue_moment() -> int | None:
    """Memory lives before the ticket does, so that the first ticket on an empty one opens. None while it is away."""
    try:
        return renew_memory_start().now_ms
    except MemoryUnavailable:
        return None
