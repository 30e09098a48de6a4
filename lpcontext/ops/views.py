"""What machines ask for. All answers are short, plain and cached by nobody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from lpcontext.ops.metrics import render_metrics
from lpcontext.ops.metrics_access import may_read_metrics
from lpcontext.ops.readiness import read_readiness


@require_safe
@never_cache
def livez(request: HttpRequest) -> HttpResponse:
    """This process answers. Touches nothing, so that a restart never follows from somebody else's trouble."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when all that a fresh look needs answers, else 503. Panels still show what is held: balance by /livez."""
    readiness = read_readiness()
    return JsonResponse(readiness.words(), status=200 if readiness.is_ready else 503)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    if not may_read_metrics(request):
        refusal = "Metrics need LPCONTEXT_METRICS_TOKEN as a bearer; without one see LPCONTEXT_METRICS_LOCAL.\n"
        refused = HttpResponse(refusal, status=401, content_type="text/plain; charset=utf-8")
        refused.headers["WWW-Authenticate"] = 'Bearer realm="metrics"'
        return refused
    return HttpResponse(render_metrics(), content_type=CONTENT_TYPE_LATEST)
