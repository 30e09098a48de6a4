"""What signed launches share: the key behind the address, the names of ids, one refusal for whatever fails.

Whoever sends a forged request learns nothing from the answer: which check failed is for the audit and the log alone.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from lpcontext.accounts.framing import framing_origins
from lpcontext.accounts.launch_keys import find_launch_key, open_launch_secret
from lpcontext.accounts.models import LaunchHost, LaunchKey
from lpcontext.launch.hosts.host import Denied, Outcome
from lpcontext.launch.hosts.proof import CheckFailed
from lpcontext.launch.ticket_request import InvalidRequest
from lpcontext.sealing import SealBroken, get_sealer

# Both clocks may be wrong by so much.
SKEW_SECONDS = 60
log = logging.getLogger(__name__)

# A cross-site POST: the signature in it is the proof, which no other site can make.
DECORATORS = (
    require_http_methods(["GET", "POST"]),
    csrf_exempt,
    never_cache,
    sensitive_post_parameters("signed_request", "token", "payload", "signature"),
)

_NAMES: Mapping[str, Sequence[str]] = {
    "accountId": ("accountId", "account_id", "account", "aid"),
    "visitorId": ("visitorId", "visitor_id", "vid", "visitor"),
    "sessionId": ("sessionId", "session_id", "sid", "session"),
    "chatId": ("chatId", "chat_id", "chat"),
}


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
        return _deny_fields(key, wrong, as_json=as_json)


def sign(key: LaunchKey, signed: bytes) -> bytes:
    """The HMAC-SHA256 that should stand there. Raises CheckFailed."""
    try:
        secret = open_launch_secret(key, sealer=get_sealer())
    except SealBroken:
        raise CheckFailed("the secret is missing, or sealed with a key that is gone") from None
    return hmac.digest(secret, signed, hashlib.sha256)


def find_ids(*places: Mapping[str, Any]) -> dict[str, str]:
    """The ids in whatever spelling hosts pass them, from the first place that has each: custom fields end in `__c`.

    Raises InvalidRequest.
    """
    found: dict[str, str] = {}
    for place in places:
        spelled = {str(name).lower().removesuffix("__c").replace("_", ""): value for name, value in place.items()}
        for name, spellings in _NAMES.items():
            values = (spelled.get(spelling.lower().replace("_", "")) for spelling in spellings)
            value = next((value for value in values if value not in (None, "")), None)
            if value is not None and not isinstance(value, str):
                raise InvalidRequest(f"{name} must be a text, in quotes.", field=name)
            if value is not None:
                found.setdefault(name, value)
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


def _deny_fields(key: LaunchKey, wrong: InvalidRequest, *, as_json: bool) -> Denied:
    """Whoever has proven themselves is told which field is wrong."""
    return Denied(
        "fields",
        400,
        sentence=wrong.sentence,
        framed_by=framing_origins(key.account),
        as_json=as_json,
        failed_check=f"field {wrong.field}" if wrong.field else "body",
        account_id=key.account_id,
    )
