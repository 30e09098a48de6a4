"""The tick's WSGI middleware, in front of Django: open the token, read one version, answer 204 or the rendered body.

Every panel comes through here every few seconds, so it does nothing Django would do for a page: no middleware, no
sessions, no database. What it must not forget it says here: the security headers, the token, `Sec-Fetch-Site`.
`GET /panel/body?seen=<version>[&now=1]`, header `X-LPContext-Panel`.
"""

from __future__ import annotations

from collections.abc import Iterable

from lpcontext.launch import LaunchEnded, LaunchExpired, LaunchRefused, RightsCache, RightUnknown
from lpcontext.panel.tick.bodies import format_shown_version
from lpcontext.panel.tick.body_cache import BodyCache
from lpcontext.panel.tick.cached_answer import CachedAnswer, build_answer, build_freshness_headers
from lpcontext.panel.tick.opened_panels import OpenedPanel, OpenedPanels, OpenedSubject
from lpcontext.panel.tick.responses import (
    BODY_HEADERS,
    Application,
    Environ,
    StartResponse,
    read_seen,
    send_body,
    send_memory_down,
    send_refusal,
    send_too_often,
    send_wrong_method,
)
from lpcontext.panel.viewer import Viewer
from lpcontext.refresh import StatusCache
from lpcontext.snapshots import MemoryUnavailable, shared_now_ms

PATH = "/panel/body"


class TickMiddleware:
    """A WSGI application; whatever is no tick falls through to `behind`."""

    def __init__(self, behind: Application, *, statuses: StatusCache, rights: RightsCache) -> None:
        self._behind = behind
        self._statuses = statuses
        self._panels = OpenedPanels(rights=rights)
        self._bodies = BodyCache()

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] != PATH:
            return self._behind(environ, start)
        if environ["REQUEST_METHOD"] != "GET":
            return send_wrong_method(start)
        if environ.get("HTTP_SEC_FETCH_SITE", "same-origin") != "same-origin":
            return send_refusal(start, "403 Forbidden")
        at_ms = shared_now_ms()
        try:
            panel = self._panels.open(environ.get("HTTP_X_LPCONTEXT_PANEL", ""), at_ms)
            wait_ms = panel.bucket.take(at_ms)
            if wait_ms:
                return send_too_often(start, panel.subject.state_at(at_ms), wait_ms)
            viewer = self._panels.find_viewer(panel, at_ms)
        except LaunchEnded:
            return send_refusal(start, "410 Gone", right="ended")
        except LaunchExpired:
            return send_refusal(start, "410 Gone")
        except LaunchRefused:
            return send_refusal(start, "403 Forbidden")
        except RightUnknown:
            return send_memory_down(environ, start)
        return self._tick(panel, environ, start, at_ms, viewer)

    def _tick(
        self, panel: OpenedPanel, environ: Environ, start: StartResponse, at_ms: int, viewer: Viewer
    ) -> Iterable[bytes]:
        query = environ.get("QUERY_STRING", "")
        in_a_hurry = "now=1" in query
        try:
            answer, in_a_hurry = self._find_answer(panel.subject, at_ms, in_a_hurry=in_a_hurry)
            is_usual = query == answer.unchanged_query and not viewer.suffix
            if is_usual or read_seen(environ) == format_shown_version(answer.version, viewer):
                start("204 No Content", build_freshness_headers(answer, at_ms, in_a_hurry=in_a_hurry))
                return ()
            view, body = self._bodies.find_or_render(answer.view, viewer)
        except MemoryUnavailable:
            return send_memory_down(environ, start)
        freshness = build_freshness_headers(build_answer(view, at_ms), at_ms, in_a_hurry=in_a_hurry)
        return send_body(environ, start, body, BODY_HEADERS + freshness)

    def _find_answer(self, subject: OpenedSubject, at_ms: int, *, in_a_hurry: bool) -> tuple[CachedAnswer, bool]:
        """As made before, while nothing newer is known and its state still holds. Raises MemoryUnavailable.

        True for a look that should come back soon: the first, one after a long rest, and one in a hurry.
        """
        answer, watched = subject.answer, subject.watched
        if answer and not in_a_hurry and answer.is_good_at(at_ms) and self._statuses.is_current(watched, answer.view):
            return answer, False
        view, is_read = self._statuses.view(watched, in_a_hurry=in_a_hurry)
        answer = subject.answer = build_answer(view, at_ms)
        return answer, is_read
