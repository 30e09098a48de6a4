"""What signed launches share: the key behind the address, one refusal for whatever fails, one use of each signature.

Whoever sends a forged request learns nothing from the answer: which check failed is for the audit and the log alone.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lpcontext.accounts.framing import framing_origins, may_frame
from lpcontext.accounts.launch_keys import find_launch_key, open_launch_secret
from lpcontext.accounts.models import LaunchHost, LaunchKey
from lpcontext.accounts.rights import grant_of_launch_key
from lpcontext.launch.hosts.host import Denied, Outcome, Unverifiable, Verified, build_launch
from lpcontext.launch.launch_limits import limit_launch
from lpcontext.launch.model import Launch
from lpcontext.launch.ticket_request import InvalidRequest, TicketRequest
from lpcontext.sealing import SealBroken, get_sealer
from lpcontext.snapshots import MemoryUnavailable, NonceState, renew_memory_start, spend_nonce

# Both clocks may be wrong by so much.
SKEW_SECONDS = 60
log = logging.getLogger(__name__)

# A cross-site POST: the signature in it is the proof, which no other site can make.
DECORATORS = (require_http_methods(["GET", "POST"]), csrf_exempt, never_cache)

_NAMES: Mapping[str, Sequence[str]] = {
    "accountId": ("accountId", "account_id", "account", "aid"),
    "visitorId": ("visitorId", "visitor_id", "vid", "visitor"),
    "sessionId": ("sessionId", "session_id", "sid", "session"),
    "chatId": ("chatId", "chat_id", "chat"),
}


class CheckFailed(Exception):
    """A launch is not proven; `check` is a word for operators."""

    def __init__(self, check: str) -> None:
        self.check = check
        super().__init__(check)


def verify_signed(
    host: LaunchHost, slug: str, prove: Callable[[LaunchKey], Outcome], *, as_json: bool = False
) -> Outcome:
    """What `prove` makes of a request to the address of this key; it raises CheckFailed, InvalidRequest."""
    key = find_launch_key(slug, host=host)
    if key is None:
        return _deny(host, "no such launch key", as_json=as_json)
    try:
        return prove(key)
    except CheckFailed as failed:
        return _deny(host, failed.check, key=key, as_json=as_json)
    except InvalidRequest as wrong:
        return _deny_fields(key, wrong.sentence, as_json=as_json)


def sign(key: LaunchKey, signed: bytes) -> bytes:
    """The HMAC-SHA256 that should stand there. Raises CheckFailed."""
    try:
        secret = open_launch_secret(key, sealer=get_sealer())
    except SealBroken:
        raise CheckFailed("the secret is missing, or sealed with a key that is gone") from None
    return hmac.digest(secret, signed, hashlib.sha256)


def find_ids(*places: Mapping[str, Any]) -> dict[str, str]:
    """The ids in whatever spelling hosts pass them, from the first place that has each: custom fields end in `__c`."""
    found: dict[str, str] = {}
    for place in places:
        spelled = {str(name).lower().removesuffix("__c").replace("_", ""): value for name, value in place.items()}
        for name, spellings in _NAMES.items():
            values = (spelled.get(spelling.lower().replace("_", "")) for spelling in spellings)
            text = next((value for value in values if isinstance(value, str) and value), None)
            if text is not None:
                found.setdefault(name, text)
    return found


def find_key_framing(*, slug: str) -> Sequence[str]:
    """Who may frame what is said at a launch key's address, also where the key or its account is no longer good."""
    key = LaunchKey.objects.filter(slug=slug).select_related("account").first()
    return framing_origins(key.account) if key else ()


def _deny(host: LaunchHost, check: str, *, key: LaunchKey | None = None, as_json: bool) -> Denied:
    """The same page for every check."""
    log.warning("a launch was refused: host %s, check %s", host.value, check)
    return Denied(
        "forged",
        403,
        framed_by=framing_origins(key.account) if key else (),
        as_json=as_json,
        failed_check=check,
        account_id=key.account_id if key else "",
    )


def _deny_fields(key: LaunchKey, sentence: str, *, as_json: bool) -> Denied:
    """Whoever has proven themselves is told which field is wrong."""
    return Denied(
        "ids",
        400,
        sentence=sentence,
        framed_by=framing_origins(key.account),
        as_json=as_json,
        failed_check="fields",
        account_id=key.account_id,
    )


def accept(
    key: LaunchKey, asked: TicketRequest, *, signature: bytes, seconds: float = 0, as_ticket: bool = False
) -> Outcome:
    """A proven request becomes a launch, once per `signature`, remembered for `seconds`; 0: as long as a panel lives.

    Raises CheckFailed, LimitReached.
    """
    if asked.subject.account_id != key.account_id:
        raise CheckFailed("account")
    origins = framing_origins(key.account)
    if asked.origin and not may_frame(key.account, asked.origin):
        return Denied("origin", 403, framed_by=origins, as_json=as_ticket, failed_check="origin", subject=asked.subject)
    nonce = f"signed:{key.pk}:{hashlib.sha256(signature).hexdigest()}"
    try:
        now_ms = renew_memory_start().now_ms  # memory begins before what is remembered in it
        launch = _build_launch(key, asked, now_ms=now_ms)
        limit_launch(launch)
        state = spend_nonce(nonce, issued_ms=now_ms, seconds=seconds or settings.PANEL_TOKEN_SECONDS)
    except MemoryUnavailable:
        return Unverifiable(framed_by=origins, as_json=as_ticket)
    if state is not NonceState.FRESH:
        raise CheckFailed("second use")
    return Verified(launch, framed_by=(asked.origin,) if asked.origin else origins, as_ticket=as_ticket)


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
