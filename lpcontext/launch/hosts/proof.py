"""What a signed launch is proven by, and how it becomes a launch: once, for its own account, framed as that allows."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from django.conf import settings

from lpcontext.accounts.framing import framing_origins
from lpcontext.accounts.models import LaunchKey
from lpcontext.accounts.rights import grant_of_launch_key
from lpcontext.launch.hosts.host import Denied, Outcome, Unverifiable, Verified, build_launch
from lpcontext.launch.launch_limits import limit_launch
from lpcontext.launch.model import Launch
from lpcontext.launch.ticket_request import InvalidRequest, TicketRequest
from lpcontext.launch.token import fits_address
from lpcontext.snapshots import MemoryUnavailable, NonceState, lock_is_held, renew_memory_start, spend_nonce


class Proof(NamedTuple):
    """What only the signer can have made, spelled in one way alone, and good once.

    `issued_ms`: epoch ms, as it says itself; None where it does not. It is remembered for `seconds`, longer than it is
    good for; 0: for as long as a panel lives.
    """

    text: bytes
    issued_ms: int | None = None
    seconds: float = 0


class CheckFailed(Exception):
    """A launch is not proven; `check` is a word for operators."""

    def __init__(self, check: str) -> None:
        self.check = check
        super().__init__(check)


def accept(key: LaunchKey, asked: TicketRequest, proof: Proof, *, as_ticket: bool = False) -> Outcome:
    """A proven request becomes a launch, once. Raises CheckFailed, InvalidRequest, LimitReached."""
    if asked.subject.account_id != key.account_id:
        raise CheckFailed("account")
    origins = framing_origins(key.account)
    if asked.origin and asked.origin not in origins:
        raise InvalidRequest("origin is not among the origins this account allows.", field="origin")
    try:
        now_ms = renew_memory_start().now_ms  # memory begins before what is remembered in it
        launch = _build_launch(key, asked, now_ms=now_ms)
        if not fits_address(launch):
            raise InvalidRequest("agent and crm say more than an address holds; leave something out.", field="crm")
        if lock_is_held(_name_nonce(key, proof)):  # what was used already counts for nobody
            raise CheckFailed("second use")
        limit_launch(launch)
        state = _spend(key, proof, now_ms=now_ms)
    except MemoryUnavailable:
        return Unverifiable(framed_by=origins, as_json=as_ticket)
    if state is NonceState.SPENT:
        raise CheckFailed("second use")
    if state is NonceState.OLDER:
        return _deny_older(key, asked, as_json=as_ticket)
    return Verified(launch, framed_by=(asked.origin,) if asked.origin else origins, as_ticket=as_ticket)


def _spend(key: LaunchKey, proof: Proof, *, now_ms: int) -> NonceState:
    """Raises MemoryUnavailable."""
    return spend_nonce(
        _name_nonce(key, proof),
        issued_ms=now_ms if proof.issued_ms is None else proof.issued_ms,
        seconds=proof.seconds or settings.PANEL_TOKEN_SECONDS,
    )


def _name_nonce(key: LaunchKey, proof: Proof) -> str:
    return f"signed:{key.pk}:{hashlib.sha256(proof.text).hexdigest()}"


def _build_launch(key: LaunchKey, asked: TicketRequest, *, now_ms: int) -> Launch:
    return build_launch(
        key.account,
        asked.subject,
        now_ms=now_ms,
        granted_by=grant_of_launch_key(key.pk),
        agent_id=asked.agent_id,
        agent_name=asked.agent_name,
        origin=asked.origin,
        host=key.host,
        role=asked.role,
        locale=asked.locale,
        time_zone=asked.time_zone,
        crm=asked.crm,
    )


def _deny_older(key: LaunchKey, asked: TicketRequest, *, as_json: bool) -> Denied:
    """Memory was emptied since it was signed: whether it was used, nobody knows. The next one opens."""
    return Denied(
        "over",
        410,
        sentence="It was signed before lpcontext was started anew: sign it again." if as_json else "",
        framed_by=framing_origins(key.account),
        as_json=as_json,
        failed_check="older than memory",
        account_id=key.account_id,
        subject=asked.subject,
        agent_id=asked.agent_id,
        agent_name=asked.agent_name,
    )
