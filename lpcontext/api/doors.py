"""What every address of the API does first: limits, the integration key; and how what is wrong is answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import Error as DatabaseTrouble
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lpcontext.accounts.integration_keys import find_key, note_key_use
from lpcontext.accounts.models import IntegrationKey
from lpcontext.accounts.rights import grant_of_key
from lpcontext.api.responses import ApiRefused, refuse_for_now, respond_refused
from lpcontext.audit.request_origin import find_address
from lpcontext.launch import InvalidRequest
from lpcontext.limits import Door, LimitReached, count_unproven, limit_unproven, limit_use

_NO_KEY = "An integration key is needed: Authorization: Bearer lpk_…"
_OTHER_ACCOUNT = "This integration key is for another account."
KeyedView = Callable[..., HttpResponse]


def for_key(method: str) -> Callable[[KeyedView], Callable[..., HttpResponse]]:
    """A view of `method` that gets the request and whose key it is; it may raise ApiRefused and InvalidRequest."""

    def decorate(view: KeyedView) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, **path: Any) -> HttpResponse:
            try:
                key = _find_key(request)
                response = view(request, key, **path)
                note_key_use(key, now=timezone.now())
                return response
            except ApiRefused as refused:
                return respond_refused(refused)
            except InvalidRequest as wrong:
                return respond_refused(ApiRefused(wrong.sentence, status=400, field=wrong.field))
            except LimitReached as reached:
                return respond_refused(refuse_for_now(reached))
            except RequestDataTooBig:  # for whoever serves Django without the intake
                most = settings.API_BODY_BYTES // 1024
                return respond_refused(ApiRefused(f"The request is larger than {most} KB.", status=413))
            except DatabaseTrouble:
                return respond_refused(ApiRefused("The database cannot be reached.", status=503, retry_after=5))

        # Authenticated by the key in a header, which no foreign site can set.
        return csrf_exempt(require_http_methods([method])(never_cache(guarded)))

    return decorate


def check_account(key: IntegrationKey, account_id: str) -> None:
    """Raises ApiRefused where the key is another account's."""
    if account_id != key.account_id:
        raise ApiRefused(_OTHER_ACCOUNT, status=403, field="accountId")


def _find_key(request: HttpRequest) -> IntegrationKey:
    """Raises ApiRefused, LimitReached."""
    address = find_address(request)
    limit_unproven(Door.API, address)
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    key = find_key(text.strip()) if scheme.lower() == "bearer" else None
    if key is None:
        count_unproven(Door.API, address)
        raise ApiRefused(_NO_KEY, status=401)
    limit_use(Door.API, account_id=key.account_id, key=grant_of_key(key.pk))
    return key
