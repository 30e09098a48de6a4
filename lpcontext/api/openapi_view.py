"""`GET /openapi.json`, for everybody: it holds nothing but names."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lpcontext import __version__
from lpcontext.api.openapi import build_openapi


@csrf_exempt  # it changes nothing, whatever the method
@require_http_methods(["GET"])
@cache_control(public=True, max_age=300)
def get_openapi(request: HttpRequest) -> JsonResponse:
    return JsonResponse(build_openapi(version=__version__, server=f"{settings.PUBLIC_URL}/api/v1"))
