"""Click-to-call: LivePerson hands the ids of a visit and of the engagement that was clicked to the brand's page.

Nobody signs them, so LivePerson is asked whether it has offered that engagement in that visit, before anything is shown
(contract 6.4, 9); and each engagement that was offered opens one panel, once.
"""

from __future__ import annotations

import logging
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lpcontext.accounts.errors import UnknownAccount
from lpcontext.accounts.framing import framing_origins
from lpcontext.accounts.models import Account
from lpcontext.accounts.registry import find_account
from lpcontext.accounts.rights import CLICK_TO_CALL as GRANTED_BY
from lpcontext.connections import CannotAsk, Validity, validate_engagement
from lpcontext.launch.hosts.host import Denied, Host, Outcome, Route, Unopened, Unverifiable, Verified, build_launch
from lpcontext.launch.hosts.proof import CheckFailed
from lpcontext.launch.launch_limits import limit_launch
from lpcontext.launch.opener import Opener, find_opener
from lpcontext.limits import Door, limit_use
from lpcontext.sealing import get_sealer
from lpcontext.snapshots import MemoryUnavailable, NonceState, lock_is_held, renew_memory_start, spend_nonce
from lpcontext.subjects import IdsRefused, read_subject

# As long as LivePerson keeps a visit (contract 4.3): afterwards it confirms nothing of it.
_REMEMBERED_SECONDS = 6 * 3600.0
_TRY_AGAIN_SECONDS = 5
log = logging.getLogger(__name__)


class _Ids(NamedTuple):
    """As they were passed; "" where they were not."""

    account: str
    visitor: str
    session: str
    context: str
    campaign: str
    engagement: str

    @classmethod
    def read(cls, request: HttpRequest) -> _Ids:
        """Contract 9 names `aid`, `vid`, `sid` and `cid`; the other two are the brand's own page's to name."""
        return cls(
            account=_find(request, "aid", "account", "accountId"),
            visitor=_find(request, "vid", "visitorId"),
            session=_find(request, "sid", "sessionId"),
            context=_find(request, "cid", "contextId"),
            campaign=_find(request, settings.CLICK_TO_CALL_CAMPAIGN, "campaignId"),
            engagement=_find(request, settings.CLICK_TO_CALL_ENGAGEMENT, "engagementId"),
        )


def _verify(request: HttpRequest) -> Outcome:
    ids = _Ids.read(request)
    account = None
    try:
        account = _find_account(ids)
        if find_opener(request) is Opener.LOOK_AHEAD:
            return Unopened(framed_by=framing_origins(account))
        return _prove(ids, account)
    except CheckFailed as failed:
        log.warning("a launch was refused: host click_to_call, check %s", failed.check)
        return _deny(failed.check, account)
    except CannotAsk as trouble:
        log.warning("a launch waits: host click_to_call, LivePerson could not be asked: %s", trouble)
        framed_by = framing_origins(account) if account else ()
        return Denied("upstream", 503, framed_by=framed_by, retry_after=_TRY_AGAIN_SECONDS)
    except MemoryUnavailable:
        return Unverifiable(framed_by=framing_origins(account) if account else ())


def _find_account(ids: _Ids) -> Account:
    """Raises CheckFailed."""
    try:
        account = find_account(ids.account)
    except UnknownAccount:
        raise CheckFailed("account") from None
    if not account.click_to_call:
        raise CheckFailed("click-to-call is switched off")
    missing = [name for name in ids._fields if not getattr(ids, name)]
    if missing:
        raise CheckFailed(f"no {' and no '.join(missing)} id")
    return account


def _prove(ids: _Ids, account: Account) -> Outcome:
    """Raises CheckFailed, CannotAsk, LimitReached, MemoryUnavailable."""
    try:
        subject = read_subject(account_id=ids.account, visitor_id=ids.visitor, session_id=ids.session)
    except IdsRefused:
        raise CheckFailed("ids") from None
    now_ms = renew_memory_start().now_ms
    nonce = f"click-to-call:{get_sealer().name_of('click-to-call', *ids)}"
    if lock_is_held(nonce):
        raise CheckFailed("second use")
    launch = build_launch(account, subject, now_ms=now_ms, granted_by=GRANTED_BY, host="click_to_call")
    limit_use(Door.CLICK_TO_CALL, account_id=account.pk)  # by itself: whoever proves nothing takes no launch away
    _ask_liveperson(ids, account)
    limit_launch(launch)
    if spend_nonce(nonce, issued_ms=now_ms, seconds=_REMEMBERED_SECONDS) is not NonceState.FRESH:
        raise CheckFailed("second use")
    return Verified(launch, framed_by=framing_origins(account))


def _ask_liveperson(ids: _Ids, account: Account) -> None:
    """Raises CheckFailed, CannotAsk."""
    validity = validate_engagement(
        account,
        visitor_id=ids.visitor,
        session_id=ids.session,
        campaign_id=ids.campaign,
        engagement_id=ids.engagement,
        context_id=ids.context,
    )
    if validity is not Validity.VALID:
        raise CheckFailed(f"LivePerson: {validity}")


def _deny(check: str, account: Account | None) -> Denied:
    """The same page for every check."""
    return Denied(
        "forged",
        403,
        framed_by=framing_origins(account) if account else (),
        failed_check=check,
        account_id=account.pk if account else "",
    )


def _find(request: HttpRequest, *names: str) -> str:
    return next((value for name in names if (value := request.GET.get(name, ""))), "")


CLICK_TO_CALL = Host(
    name="click_to_call",
    routes=(Route("launch/click-to-call", "click_to_call", _verify),),
    decorators=(csrf_exempt, require_http_methods(["GET", "POST"]), never_cache),
    reopens_by_slug=True,
    docs="embedding/README.md#a-click-to-call-engagement",
)
