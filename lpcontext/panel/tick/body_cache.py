"""Bodies this process has just handed out, for a while: several panels of one visit change together."""

from __future__ import annotations

import sys

from lpcontext.panel.caching.expiring_cache import ExpiringCache
from lpcontext.panel.tick.bodies import find_or_render_body
from lpcontext.panel.viewer import Viewer
from lpcontext.refresh import SubjectView

_MOST_BYTES = 16 * 1024 * 1024


class BodyCache:
    """In front of the bodies that Redis keeps; one per web process."""

    def __init__(self, *, most_bytes: int = _MOST_BYTES) -> None:
        self._bodies: ExpiringCache[str, bytes] = ExpiringCache(most_bytes=most_bytes, measure=_measure_body)

    def find_or_render(self, view: SubjectView, viewer: Viewer) -> tuple[SubjectView, bytes]:
        """As `find_or_render_body`. Raises MemoryUnavailable."""
        body = self._bodies.find(_name_body(view, viewer))
        if body is None:
            view, body = find_or_render_body(view, viewer)
            self._bodies.keep(_name_body(view, viewer), body)
        return view, body


def _name_body(view: SubjectView, viewer: Viewer) -> str:
    return f"{view.name} {view.version} {viewer.suffix}"


def _measure_body(name: str, body: bytes) -> int:
    return sys.getsizeof(name) + sys.getsizeof(body)
