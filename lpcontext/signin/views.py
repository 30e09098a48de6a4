"""The sign-in page, the same one for agents and operators."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse

from lpcontext.audit.request_origin import find_address
from lpcontext.limits import Door, LimitReached, count_unproven, limit_unproven
from lpcontext.signin.attempts import NoAttemptsLeft, note_right_password, note_wrong_password, take_attempt
from lpcontext.signin.next_path import FIELD, open_next_path
from lpcontext.signin.password_form import PasswordForm
from lpcontext.signin.provider_link import ProviderLink
from lpcontext.snapshots import shared_now_ms

_TOO_OFTEN = "Too many wrong passwords. Wait {wait}, then sign in again."


class SignIn(LoginView):
    """Leads to the sealed path, or for the operators' pages to their plain `next`."""

    authentication_form = PasswordForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        address = find_address(request)
        try:
            limit_unproven(Door.SIGN_IN, address)
            attempt = take_attempt(username=request.POST.get("username", ""), address=address)
        except (LimitReached, NoAttemptsLeft) as limit:
            return self._refuse(limit.wait_seconds)
        response = super().post(request, *args, **kwargs)
        if response.status_code == 302:
            note_right_password(attempt)
        else:
            note_wrong_password(attempt)
            with suppress(LimitReached):  # the next one is told
                count_unproven(Door.SIGN_IN, address)
        return response

    def get_redirect_url(self, request: HttpRequest | None = None) -> str:
        return open_next_path(self._sealed_path(), now_ms=shared_now_ms()) or super().get_redirect_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sealed = self._sealed_path()
        # The path stays sealed in the page too.
        context = super().get_context_data(**kwargs) | {FIELD: sealed}
        if sealed:
            context[self.redirect_field_name] = ""
        if settings.OIDC_ISSUER:
            context["provider"] = ProviderLink.of(sealed, context[self.redirect_field_name])
        return context

    def _sealed_path(self) -> str:
        return self.request.POST.get(FIELD) or self.request.GET.get(FIELD, "")

    def _refuse(self, wait_seconds: int) -> HttpResponse:
        minutes = -(-wait_seconds // 60)
        sentence = _TOO_OFTEN.format(wait="a minute" if minutes == 1 else f"{minutes} minutes")
        empty = self.get_form_class()(self.request)  # the one that was sent would check the password when rendered
        response = self.render_to_response(self.get_context_data(form=empty, sentence=sentence), status=429)
        response["Retry-After"] = str(wait_seconds)
        return response
