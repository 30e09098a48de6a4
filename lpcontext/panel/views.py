"""The look-up form of a signed-in agent. Panels themselves are opened in launch."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from lpcontext.accounts.rights import LOOK_PERMISSION
from lpcontext.launch import build_login_address
from lpcontext.panel.lookup import LookupForm
from lpcontext.signin import sign_in_first


@never_cache
@sign_in_first
@permission_required(LOOK_PERMISSION, raise_exception=True)
def lookup(request: HttpRequest) -> HttpResponse:
    """By POST, so that ids appear in no address before they are known to be well formed."""
    form = LookupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return HttpResponseRedirect(build_login_address(form.subject))
    return render(request, "panel/lookup.html", {"form": form}, status=400 if form.errors else 200)
