"""The body of a panel: rendered once per version and viewer class, by whoever needs it first."""

from __future__ import annotations

import gzip
from functools import lru_cache

from lpcontext.panel.rendering import Viewer, render_body
from lpcontext.snapshots import Snapshot, Vitals, find_body, find_held, keep_body

WAITING = "waiting"


def find_or_render(name: str, vitals: Vitals, *, masked: bool) -> tuple[Vitals, bytes]:
    """The gzipped body, and the vitals it shows (which may be newer than those given). Raises MemoryUnavailable."""
    if vitals.version == WAITING:
        return vitals, render_bare(WAITING)
    viewer = "masked" if masked else "open"
    kept = find_body(name, version=vitals.version, viewer=viewer)
    if kept is not None:
        return vitals, kept
    found = find_held(name)
    if found is None:  # expired between two reads; the next tick asks anew
        return vitals, render_bare(WAITING)
    vitals, held = found
    body = _pack(render_body(Snapshot.of(vitals, held), viewer=Viewer(masked=masked)))
    keep_body(name, body, version=vitals.version, viewer=viewer)
    return vitals, body


class BodyShelf:
    """Bodies this process has just handed out: several panels of one visit change together. Bounded in bytes."""

    def __init__(self, *, most_bytes: int = 16 * 1024 * 1024) -> None:
        self._most_bytes, self._bytes = most_bytes, 0
        self._kept: dict[tuple[str, bool], tuple[Vitals, bytes]] = {}

    def find_or_render(self, name: str, vitals: Vitals, *, masked: bool) -> tuple[Vitals, bytes]:
        """As the function of this name. Raises MemoryUnavailable."""
        kept = self._kept.get((name, masked))
        if kept and kept[0].version == vitals.version:
            return vitals, kept[1]
        vitals, body = find_or_render(name, vitals, masked=masked)
        if self._bytes + len(body) > self._most_bytes:
            self._kept, self._bytes = {}, 0
        self._bytes += len(body)
        self._kept[name, masked] = vitals, body
        return vitals, body


@lru_cache(maxsize=8)
def render_bare(state: str) -> bytes:
    """A body that knows no visit: waiting, or memory-down."""
    return _pack(render_body(Snapshot(state=state, first_seen_ms=0, version=state), viewer=Viewer(masked=True)))


def unpack(body: bytes) -> str:
    return gzip.decompress(body).decode()


def _pack(html: str) -> bytes:
    return gzip.compress(html.encode(), compresslevel=6, mtime=0)
