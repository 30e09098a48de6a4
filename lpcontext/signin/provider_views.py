"""To the provider and back. Between the two a session holds state, nonce and verifier, for ten minutes."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView

from lpcontext.audit.request_origin import find_address
from lpcontext.limits import Door, LimitReached, find_network, limit_use
from lpcontext.signin.identity import NotAdmitted
from lpcontext.signin.next_path import FIELD, open_next_path
from lpcontext.signin.provider import ProviderUnavailable, find_provider
from lpcontext.signin.provider_backend import TokenRefused
from lpcontext.snapshots import shared_now_ms

_SECONDS = 600
_UNFINISHED = "The sign-in was not finished, or took too long. Try again."
_AWAY = "The sign-in service does not answer. Try again in a moment."
_TOO_OFTEN = "Too many sign-ins were begun from your network. Try again in a moment."
_OF_THE_FLOW = ("oidc_states", "oidc_login_next", "oidc_id_token_expiration", FIELD)
log = logging.getLogger(__name__)


# The library, which has no types, is changed by deriving from its views alone; so is the one below.
class StartProviderSignIn(OIDCAuthenticationRequestView):  # type: ignore[misc]
    """By a link and not by a form: form-action would hold for every address the provider leads on to as well."""

    def __init__(self, **options: Any) -> None:
        View.__init__(self, **options)  # the library's own would look for endpoints at once

    def get(self, request: HttpRequest) -> HttpResponse:
        _check_provider()
        try:
            limit_use(Door.SIGN_IN, key=find_network(find_address(request)))
            self.OIDC_OP_AUTH_ENDPOINT = find_provider().authorization_endpoint
        except LimitReached as reached:
            return _refuse(request, _TOO_OFTEN, status=429, retry_after=reached.wait_seconds)
        except ProviderUnavailable as unavailable:
            return _refuse_unavailable(request, unavailable)
        self.OIDC_RP_CLIENT_ID = settings.OIDC_RP_CLIENT_ID
        if not request.user.is_authenticated:
            request.session.set_expiry(_SECONDS)
        response: HttpResponse = super().get(request)
        request.session[FIELD] = request.GET.get(FIELD, "")
        return _without_traces(response)


class FinishProviderSignIn(OIDCAuthenticationCallbackView):  # type: ignore[misc]
    """Whatever the provider's answer lacks is said on a page; which check failed, in the log."""

    def get(self, request: HttpRequest) -> HttpResponse:
        _check_provider()
        if "error" in request.GET:  # the library would sign out whoever follows a link with it
            return self.login_failure()
        try:
            response: HttpResponse = super().get(request)
        except NotAdmitted as refused:
            log.warning("a sign-in was refused: %s", refused.reason)
            return _refuse(request, refused.sentence, status=403)
        except TokenRefused as refused:
            log.warning("a sign-in was refused: the provider's token, check %s", refused)
            return _refuse(request, _UNFINISHED, status=403)
        except SuspiciousOperation:
            return _refuse(request, _UNFINISHED, status=403)
        except ProviderUnavailable as unavailable:
            return _refuse_unavailable(request, unavailable)
        except OSError as problem:  # the base of whatever requests raises
            return _refuse_unavailable(request, problem)
        return _without_traces(response)

    @property
    def success_url(self) -> str:
        sealed = self.request.session.get(FIELD, "")
        address: str = open_next_path(sealed, now_ms=shared_now_ms()) or super().success_url
        return address

    def login_success(self) -> HttpResponse:
        response: HttpResponse = super().login_success()
        session = self.request.session
        session.set_expiry(None)
        for name in _OF_THE_FLOW:
            session.pop(name, None)
        return response

    def login_failure(self) -> HttpResponse:
        return _refuse(self.request, _UNFINISHED, status=403)


def _check_provider() -> None:
    """Raises Http404 where none is set up."""
    if not settings.OIDC_ISSUER:
        raise Http404


def _refuse_unavailable(request: HttpRequest, problem: Exception) -> HttpResponse:
    log.error("nobody can sign in with the provider: %s", _word_problem(problem))
    return _refuse(request, _AWAY, status=503, retry_after=5)


def _word_problem(problem: Exception) -> str:
    """Our own words; a library's would repeat an answer."""
    return str(problem) if isinstance(problem, ProviderUnavailable) else type(problem).__name__


def _refuse(request: HttpRequest, sentence: str, *, status: int, retry_after: int = 0) -> HttpResponse:
    response = render(request, "registration/provider_refused.html", {"sentence": sentence}, status=status)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return _without_traces(response)


def _without_traces(response: HttpResponse) -> HttpResponse:
    """Addresses on this way hold codes: nothing keeps them, and no other page learns of them."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
