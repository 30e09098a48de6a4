"""The look-up form of a signed-in agent. Panels themselves are opened in launch."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from lpcontext.accounts.rights import LOOK_PERMISSION, grant_of_user
from lpcontext.launch import build_login_address
from lpcontext.limits import Door, LimitReached, limit_use
from lpcontext.panel.lookup_form import LookupForm
from lpcontext.panel.recent_list import build_recent_list
from lpcontext.panel.whole_pages import render_refusal
from lpcontext.signin import HtmxHttpRequest, sign_in_first

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@never_cache
@vary_on_headers("HX-Request")
@sign_in_first
@permission_required(LOOK_PERMISSION, raise_exception=True)
def lookup(request: HtmxHttpRequest) -> HttpResponse:
    """By POST, so that ids appear in no address before they are known to be well formed.

    To htmx the form alone, which swaps itself: 422 with what is wrong. To a browser without script the whole page.
    """
    user = cast("User", request.user)  # whoever comes here has signed in
    try:
        limit_use(Door.LOOKUP, agent=str(user.pk))
    except LimitReached as reached:
        return _refuse_for_now(request, reached)
    form = LookupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = build_login_address(form.subject)
        return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)
    if request.htmx:
        return render(request, "pages/_lookup_form.html", {"form": form}, status=422 if form.errors else 200)
    context = {"form": form, "recent": build_recent_list(grant_of_user(user.pk))}
    return render(request, "pages/lookup.html", context, status=400 if form.errors else 200)


def _refuse_for_now(request: HtmxHttpRequest, reached: LimitReached) -> HttpResponse:
    response = render_refusal(request, "limit", status=429)
    response["Retry-After"] = str(reached.wait_seconds)
    return response
