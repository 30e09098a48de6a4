"""The body of a panel: rendered once per version and viewer class, by whoever needs it first."""

from __future__ import annotations

import gzip
from functools import lru_cache

from lpcontext.panel.rendering import Viewer, render_body
from lpcontext.refresh import Look
from lpcontext.snapshots import ChatSnapshot, Snapshot, find_body, find_held, find_held_chat, keep_body

WAITING = "waiting"


def find_or_render(look: Look, *, masked: bool) -> tuple[Look, bytes]:
    """The gzipped body, and the look it shows (which may be newer than the one given). Raises MemoryUnavailable."""
    if look.version == WAITING:
        return look, render_bare(WAITING)
    viewer = "masked" if masked else "open"
    kept = find_body(look.name, version=look.version, viewer=viewer)
    if kept is not None:
        return look, kept
    look, html = _render(look, Viewer(masked=masked))
    body = _pack(html)
    keep_body(look.name, body, version=look.version, viewer=viewer)
    return look, body


def _render(look: Look, viewer: Viewer) -> tuple[Look, str]:
    """Read again, whole: what is drawn and the version it is drawn as come from one reading."""
    visit, chat = find_held(look.visit_name) if look.visit_name else None, None
    if look.chat is not None:
        chat = find_held_chat(look.name)
    look = look._replace(visit=visit[0] if visit else look.visit, chat=chat[0] if chat else look.chat)
    snapshot = Snapshot.of(*visit) if visit else None
    if look.chat is not None:
        drawn = ChatSnapshot.of(*chat) if chat else ChatSnapshot(state=WAITING)
        return look, render_body(snapshot, viewer=viewer, chat=drawn, version=look.version)
    # It may have expired between two readings; the next tick then asks anew.
    return look, render_body(snapshot or Snapshot(state=WAITING, first_seen_ms=0, version=WAITING), viewer=viewer)


class BodyShelf:
    """Bodies this process has just handed out: several panels of one visit change together. Bounded in bytes."""

    def __init__(self, *, most_bytes: int = 16 * 1024 * 1024) -> None:
        self._most_bytes, self._bytes = most_bytes, 0
        self._kept: dict[tuple[str, bool], tuple[str, bytes]] = {}

    def find_or_render(self, look: Look, *, masked: bool) -> tuple[Look, bytes]:
        """As the function of this name. Raises MemoryUnavailable."""
        kept = self._kept.get((look.name, masked))
        if kept and kept[0] == look.version:
            return look, kept[1]
        look, body = find_or_render(look, masked=masked)
        if self._bytes + len(body) > self._most_bytes:
            self._kept, self._bytes = {}, 0
        self._bytes += len(body)
        self._kept[look.name, masked] = look.version, body
        return look, body


@lru_cache(maxsize=8)
def render_bare(state: str) -> bytes:
    """A body that knows no visit: waiting, or memory-down."""
    return _pack(render_body(Snapshot(state=state, first_seen_ms=0, version=state), viewer=Viewer(masked=True)))


def unpack(body: bytes) -> str:
    return gzip.decompress(body).decode()


def _pack(html: str) -> bytes:
    return gzip.compress(html.encode(), compresslevel=6, mtime=0)
