"""Tickets: a launch, sealed, that one browser may spend within a minute.

Issuing one needs no memory; spending it (hosts/ticket.py) does, and fails closed without.
"""

from __future__ import annotations

import secrets

import msgspec
from django.conf import settings

from lpcontext.launch.model import Launch, LaunchForged, LaunchTooLong, Ticket
from lpcontext.sealing import SealBroken, get_sealer
from lpcontext.snapshots import MemoryUnavailable, renew_memory_start

_PURPOSE = "ticket"
_MOST_LETTERS = 4096
# The panel's token holds the same launch, without what makes it a ticket.
_LONGEST_ISSUED = 3900


class SealedTicket(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """What a ticket holds. `issued_ms`: by memory's clock, after memory began; None: as its launch says."""

    launch: Launch
    serial: str
    expires_ms: int
    issued_ms: int | None = None


_decoder = msgspec.msgpack.Decoder(SealedTicket)


def seal_ticket(launch: Launch, *, now_ms: int) -> Ticket:
    """Raises LaunchTooLong where an address would not hold all that is said in the launch."""
    expires_ms = now_ms + int(settings.TICKET_SECONDS * 1000)
    sealed = SealedTicket(
        launch=launch, serial=secrets.token_urlsafe(12), expires_ms=expires_ms, issued_ms=_find_issue_moment()
    )
    text = get_sealer().seal_text(msgspec.msgpack.encode(sealed), purpose=_PURPOSE)
    if len(text) > _LONGEST_ISSUED:
        raise LaunchTooLong
    return Ticket(path=f"/launch/ticket/{text}", expires_ms=expires_ms)


def open_ticket(text: str) -> SealedTicket:
    """Raises LaunchForged."""
    if len(text) > _MOST_LETTERS:
        raise LaunchForged
    try:
        return _decoder.decode(get_sealer().open_text(text, purpose=_PURPOSE))
    except (SealBroken, msgspec.DecodeError):
        raise LaunchForged from None


def _find_issue_moment() -> int | None:
    """Memory lives before the ticket does, so that the first ticket on an empty one opens. None while it is away."""
    try:
        return renew_memory_start().now_ms
    except MemoryUnavailable:
        return None
