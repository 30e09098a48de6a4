"""Bodies this process has just handed out, for a while: several panels of one visit change together."""

from __future__ import annotations

from lpcontext.panel.drawing_cache import BoundedCache
from lpcontext.panel.tick.bodies import find_or_render_body
from lpcontext.refresh import SubjectView


class BodyCache:
    """In front of the bodies that Redis keeps; one per web process."""

    def __init__(self, *, most_bytes: int = 16 * 1024 * 1024) -> None:
        self._kept: BoundedCache[bytes] = BoundedCache(most_bytes=most_bytes)

    def find_or_render(self, view: SubjectView, *, masked: bool) -> tuple[SubjectView, bytes]:
        """As `find_or_render_body`. Raises MemoryUnavailable."""
        body = self._kept.find(_name_body(view, masked))
        if body is None:
            view, body = find_or_render_body(view, masked=masked)
            self._kept.keep(_name_body(view, masked), body)
        return view, body


def _name_body(view: SubjectView, masked: bool) -> bytes:
    return f"{view.name} {view.version} {masked:d}".encode()
