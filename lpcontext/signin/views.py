"""The sign-in page, the same one for agents and operators."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse

from lpcontext.audit.request_origin import find_address
from lpcontext.signin.attempts import NoAttemptsLeft, note_right_password, note_wrong_password, take_attempt
from lpcontext.signin.next_path import FIELD, open_next_path
from lpcontext.signin.password_form import PasswordForm
from lpcontext.signin.provider_link import ProviderLink
from lpcontext.snapshots import shared_now_ms

_TOO_OFTEN = "Too many wrong passwords. Wait five minutes, then sign in again."


class SignIn(LoginView):
    """Leads to the sealed path, or for the operators' pages to their plain `next`."""

    authentication_form = PasswordForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            attempt = take_attempt(username=request.POST.get("username", ""), address=find_address(request))
        except NoAttemptsLeft as none_left:
            return self._refuse(none_left.wait_seconds)
        response = super().post(request, *args, **kwargs)
        note = note_right_password if response.status_code == 302 else note_wrong_password
        note(attempt)
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
        empty = self.get_form_class()(self.request)  # the one that was sent would check the password when rendered
        response = self.render_to_response(self.get_context_data(form=empty, sentence=_TOO_OFTEN), status=429)
        response["Retry-After"] = str(wait_seconds)
        return response
