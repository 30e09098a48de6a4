"""Which page may frame this answer: frame-ancestors of the account, instead of the site-wide 'none'."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse

FindFraming = Callable[..., Sequence[str]]


def allow_framing(response: HttpResponse, origins: Sequence[str]) -> HttpResponse:
    """No origins: nobody may. X-Frame-Options knows no list, so it goes where frame-ancestors speaks."""
    if origins:
        framed: Any = response  # django-csp and Django read these two marks off the response
        framed._csp_replace = {"frame-ancestors": list(origins)}
        framed.xframe_options_exempt = True
        # A window that a sandboxed frame opens is sandboxed too, and browsers show no page in it that isolates itself.
        framed["Cross-Origin-Opener-Policy"] = "unsafe-none"
    return response


def find_framing_page(request: HttpRequest, origins: Sequence[str]) -> str | None:
    """The one of these origins whose page the frame stands in, as the browser says it; None where it does not."""
    if request.headers.get("Sec-Fetch-Dest", "iframe") not in ("iframe", "frame"):
        return None
    try:
        said = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    except ValueError:
        return None
    origin = f"{said.scheme}://{said.netloc}"
    return origin if origin in origins else None


def frame_errors(view: Callable[..., HttpResponse], find_framing: FindFraming) -> Callable[..., HttpResponse]:
    """What is wrong is read where the panel would have been, also where something around the view says it.

    `find_framing` gets what the path holds.
    """

    @wraps(view)
    def framed(request: HttpRequest, **path: Any) -> HttpResponse:
        response = view(request, **path)
        is_settled = response.status_code < 400 or hasattr(response, "_csp_replace")
        return response if is_settled else allow_framing(response, find_framing(**path))

    framed.__dict__["find_framing"] = find_framing
    return framed
