"""The operators' pages about an account's connection. Thin: permission, a verb, a page.

A test asks LivePerson while the operator waits, so one runs at a time in a process: the other threads are for panels.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from lpcontext.accounts.credentials import set_credentials
from lpcontext.accounts.models import Account
from lpcontext.connections.connection_check import Finding, check_connection, check_credentials
from lpcontext.connections.forms import ClientCredentialsForm
from lpcontext.liveperson import CredentialsUnreadable
from lpcontext.sealing import get_sealer

_ANSWER_SECONDS = 5.0
_one_at_a_time = threading.Lock()
_View = Callable[[HttpRequest, Account], HttpResponse]


def _for_operators(view: _View) -> Callable[..., HttpResponse]:
    """Whoever may change this account; others are sent to sign in, or refused."""

    @wraps(view)
    def guarded(request: HttpRequest, account_id: str) -> HttpResponse:
        account = get_object_or_404(Account, pk=account_id)
        if not request.user.has_perm("accounts.change_account"):
            raise PermissionDenied
        return view(request, account)

    return admin.site.admin_view(guarded)


@require_POST
@_for_operators
def show_connection(request: HttpRequest, account: Account) -> HttpResponse:
    findings = _test(lambda: check_connection(account, answer_seconds=_ANSWER_SECONDS))
    return _render(request, account, "admin/connection.html", title="Connection to LivePerson", findings=findings)


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("client_secret")
@_for_operators
def move_to_client_credentials(request: HttpRequest, account: Account) -> HttpResponse:
    """The new credentials are tested first, and kept where they work."""
    form = ClientCredentialsForm(request.POST or None)
    findings: Sequence[Finding] | None = ()
    if request.method == "POST" and form.is_valid():
        findings = _test_new(account, form)
        is_good = findings is not None and len(findings) > 0 and findings[-1].is_good
        if is_good or (form.is_valid() and form.cleaned_data["keep_untested"]):
            _keep(account, form)
            messages.success(request, "The account has its new credentials.")
            return HttpResponseRedirect(reverse("admin:accounts_account_change", args=[account.pk]))
    return _render(
        request,
        account,
        "admin/client_credentials.html",
        title="Move to client credentials",
        form=form,
        findings=findings,
    )


def _test_new(account: Account, form: ClientCredentialsForm) -> Sequence[Finding] | None:
    try:
        credentials = form.read()
    except CredentialsUnreadable as error:
        form.add_error(error.key if error.key in form.fields else None, f"It {error.args[1]}.")
        return ()
    return _test(lambda: check_credentials(account.pk, credentials, answer_seconds=_ANSWER_SECONDS))


def _keep(account: Account, form: ClientCredentialsForm) -> None:
    set_credentials(account, form.document, sealer=get_sealer(), now=timezone.now())
    account.save()


def _test(check: Callable[[], list[Finding]]) -> list[Finding] | None:
    """None where another test is under way."""
    if not _one_at_a_time.acquire(blocking=False):
        return None
    try:
        return check()
    finally:
        _one_at_a_time.release()


def _render(request: HttpRequest, account: Account, template: str, **context: Any) -> HttpResponse:
    known = {**admin.site.each_context(request), "account": account, "opts": Account._meta}
    return render(request, template, {**known, **context})
