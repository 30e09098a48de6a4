"""A launch for an agent who is signed in here, in a browser without a CRM: a panel by its address, framed by nobody."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, cast
from urllib.parse import quote

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lpcontext.accounts.errors import UnknownAccount
from lpcontext.accounts.registry import find_account
from lpcontext.accounts.rights import LOOK_PERMISSION, grant_of_user
from lpcontext.launch.hosts.host import Denied, Host, Outcome, Route, Verified, build_launch
from lpcontext.launch.launch_limits import limit_launch
from lpcontext.limits import Door, limit_use
from lpcontext.signin import sign_in_first
from lpcontext.snapshots import MemoryUnavailable, note_recent_subject, shared_now_ms
from lpcontext.subjects import ChatKey, IdsRefused, Subject, read_subject

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def build_login_address(subject: Subject) -> str:
    """Where a signed-in agent sees this subject."""
    if isinstance(subject, ChatKey):
        return reverse("launch:chat", args=[subject.account_id, subject.chat_id])
    # `reverse` would leave a `/` in an id as it is, and what folds `//` on the way makes another id of it.
    beginning = reverse("launch:visit", args=[subject.account_id, "-"]).removesuffix("-/")
    return f"{beginning}{quote(subject.visitor_id, safe='')}/?{urlencode({'sid': subject.session_id})}"


def _verify_visit(request: HttpRequest, *, account_id: str, visitor_id: str) -> Outcome:
    session_id = request.GET.get("sid", "")
    return _verify(request, account_id=account_id, visitor_id=visitor_id, session_id=session_id)


def _verify_chat(request: HttpRequest, *, account_id: str, chat_id: str) -> Outcome:
    return _verify(request, account_id=account_id, chat_id=chat_id)


def _verify(request: HttpRequest, **ids: str) -> Outcome:
    """`ids` as `read_subject` names them. Raises LimitReached."""
    user = cast("User", request.user)  # whoever comes here has signed in
    try:
        subject = read_subject(**ids)
        account = find_account(subject.account_id)
    except (IdsRefused, UnknownAccount) as refused:
        limit_use(Door.LAUNCH, agent=grant_of_user(user.pk))
        return _refuse_ids(refused)
    launch = build_launch(
        account,
        subject,
        now_ms=shared_now_ms(),
        granted_by=grant_of_user(user.pk),
        agent_name=user.get_username(),
        host="login",
    )
    limit_launch(launch)
    with suppress(MemoryUnavailable):  # the panel says so itself
        note_recent_subject(launch.granted_by, subject)
    return Verified(launch)


def _refuse_ids(refused: IdsRefused | UnknownAccount) -> Denied:
    if isinstance(refused, UnknownAccount) or refused.first.which == "account":
        return Denied("account", 404)
    return Denied("ids", 400, sentence=" ".join(wrong.sentence for wrong in refused.wrong))


LOGIN = Host(
    name="login",
    routes=(
        Route("visits/<str:account_id>/<path:visitor_id>/", "visit", _verify_visit),
        Route("chats/<str:account_id>/<str:chat_id>/", "chat", _verify_chat),
    ),
    decorators=(
        require_safe,
        never_cache,
        sign_in_first,
        permission_required(LOOK_PERMISSION, raise_exception=True),
    ),
    reopens_by_slug=False,
    docs="embedding/README.md#without-a-crm",
)
