"""The pages: a launch by ticket, a panel by address, the look-up form. None waits for LivePerson."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_safe

from lpcontext.accounts import LOOK_PERMISSION, UnknownAccount, find_account, find_account_by_slug, framing_origins
from lpcontext.launch import Launch, LaunchEnded, LaunchForged, LaunchRefused, admit_agent, read_ticket, spend_ticket
from lpcontext.panel.framing import allow_framing
from lpcontext.panel.lookup import LookupForm
from lpcontext.panel.pages import page_of, page_without_memory, refuse, shell_of
from lpcontext.signin import sign_in_first
from lpcontext.snapshots import MemoryUnavailable, shared_now_ms
from lpcontext.subjects import ChatKey, IdsRefused, Subject, read_subject


@require_GET  # a HEAD, as link previews send it, must not spend the ticket
@never_cache
@gzip_page  # safe here alone: a ticket answers once, so nobody can ask again and again to guess what is compressed
def open_ticket(request: HttpRequest, text: str) -> HttpResponse:
    """A refusal is framed like the panel it stands for, by the account's origins of now: else nobody could read it."""
    try:
        wish = read_ticket(text)
        account = find_account(wish.subject.account_id)
    except (LaunchForged, UnknownAccount):
        return refuse(request, "forged", status=403)
    origins = framing_origins(account)
    if wish.origin and wish.origin not in origins:
        return allow_framing(refuse(request, "origin", status=403), origins)
    try:
        launch = spend_ticket(text, now_ms=shared_now_ms())
    except MemoryUnavailable:
        return allow_framing(page_without_memory(request), origins)
    except (LaunchForged, LaunchEnded):
        return refuse(request, "forged", status=403)
    except LaunchRefused:
        return allow_framing(refuse(request, "over", status=410), origins)
    page = _show(request, launch, reload_path=reverse("panel:reopen", args=[launch.slug]))
    return allow_framing(page, (launch.origin,) if launch.origin else origins)


@require_safe
@never_cache
def reopen_panel(request: HttpRequest, slug: str) -> HttpResponse:
    """An empty panel: its token lies behind the # of the address, where only the page's own script sees it."""
    try:
        account = find_account_by_slug(slug)
    except UnknownAccount:
        return refuse(request, "forged", status=404)
    return allow_framing(shell_of(request, reload_path=request.path), framing_origins(account))


@require_safe
@never_cache
@sign_in_first
@permission_required(LOOK_PERMISSION, raise_exception=True)
def show_visit(request: HttpRequest, account_id: str, visitor_id: str) -> HttpResponse:
    session_id = request.GET.get("sid", "")
    return _show_to_agent(request, account_id=account_id, visitor_id=visitor_id, session_id=session_id)


@require_safe
@never_cache
@sign_in_first
@permission_required(LOOK_PERMISSION, raise_exception=True)
def show_chat(request: HttpRequest, account_id: str, chat_id: str) -> HttpResponse:
    return _show_to_agent(request, account_id=account_id, chat_id=chat_id)


@never_cache
@sign_in_first
@permission_required(LOOK_PERMISSION, raise_exception=True)
def lookup(request: HttpRequest) -> HttpResponse:
    """By POST, so that ids appear in no address before they are known to be well formed."""
    form = LookupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return HttpResponseRedirect(_address_of(form.subject))
    return render(request, "panel/lookup.html", {"form": form}, status=400 if form.errors else 200)


def _address_of(subject: Subject) -> str:
    if isinstance(subject, ChatKey):
        return reverse("panel:chat", args=[subject.account_id, subject.chat_id])
    address = reverse("panel:visit", args=[subject.account_id, subject.visitor_id])
    return f"{address}?{urlencode({'sid': subject.session_id})}"


def _show_to_agent(request: HttpRequest, **ids: str) -> HttpResponse:
    """`ids` as `read_subject` names them."""
    try:
        subject = read_subject(**ids)
        account = find_account(subject.account_id)
        user, at_ms = cast("User", request.user), shared_now_ms()  # whoever comes here has signed in
        launch = admit_agent(account, subject, user_id=user.pk, agent_name=user.get_username(), now_ms=at_ms)
        return _show(request, launch, reload_path="")
    except IdsRefused as refused:
        return _refuse_ids(request, refused)
    except UnknownAccount:
        return refuse(request, "account", status=404)


def _refuse_ids(request: HttpRequest, refused: IdsRefused) -> HttpResponse:
    if refused.first.which == "account":
        return refuse(request, "account", status=404)
    return refuse(request, "ids", status=400, sentence=" ".join(wrong.sentence for wrong in refused.wrong))


def _show(request: HttpRequest, launch: Launch, *, reload_path: str) -> HttpResponse:
    return page_of(request, launch, reload_path=reload_path)
