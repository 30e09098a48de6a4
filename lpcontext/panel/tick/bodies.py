"""The body of a panel: rendered once per version and viewer class, by whoever needs it first."""

from __future__ import annotations

import gzip
from functools import lru_cache

from msgspec.structs import replace

from lpcontext.panel.rendering import render_body
from lpcontext.panel.viewer import EVERYTHING_HIDDEN, Viewer
from lpcontext.refresh import SubjectView
from lpcontext.snapshots import (
    ChatSnapshot,
    StoredChat,
    StoredVisit,
    VisitSnapshot,
    find_body,
    find_stored,
    keep_body,
)
from lpcontext.subjects import State


def format_shown_version(version: str, viewer: Viewer) -> str:
    """What a page says it has seen: other viewers see another body, but where nothing is known yet."""
    return version if version == State.WAITING else version + viewer.suffix


def find_or_render_body(view: SubjectView, viewer: Viewer) -> tuple[SubjectView, bytes]:
    """The gzipped body, and the view it shows (which may be newer than the one given). Raises MemoryUnavailable."""
    if view.version == State.WAITING:
        return view, render_bare_body(State.WAITING)
    kept = find_body(view.name, version=view.version, viewer=_name_viewer(viewer))
    if kept is not None:
        return view, kept
    view, html = _render(view, viewer)
    body = _pack(html)
    keep_body(view.name, body, version=view.version, viewer=_name_viewer(viewer))
    return view, body


def _name_viewer(viewer: Viewer) -> str:
    return viewer.suffix.removeprefix("-") or "masked"


def _render(view: SubjectView, viewer: Viewer) -> tuple[SubjectView, str]:
    """Read again, whole: what is shown and the version it is shown as come from one reading."""
    visit = find_stored(view.visit_name, StoredVisit) if view.visit_name else None
    chat = find_stored(view.name, StoredChat) if view.own is not None else None
    view = view._replace(visit=visit[0] if visit else view.visit, own=chat[0] if chat else view.own)
    snapshot = VisitSnapshot.of(*visit) if visit else None
    version = format_shown_version(view.version, viewer)
    if view.own is not None:
        chat_snapshot = ChatSnapshot.of(*chat) if chat else ChatSnapshot(state=State.WAITING)
        return view, render_body(snapshot, viewer=viewer, chat=chat_snapshot, version=version)
    # It may have expired between two readings; the next tick then asks anew.
    blank = VisitSnapshot(state=State.WAITING, first_seen_ms=0, version=State.WAITING.value)
    return view, render_body(replace(snapshot, version=version) if snapshot else blank, viewer=viewer)


@lru_cache(maxsize=8)
def render_bare_body(state: State) -> bytes:
    """A body that knows no visit: waiting, or memory-down. Gzipped."""
    return _pack(
        render_body(VisitSnapshot(state=state, first_seen_ms=0, version=state.value), viewer=EVERYTHING_HIDDEN)
    )


def unpack_body(body: bytes) -> str:
    return gzip.decompress(body).decode()


def _pack(html: str) -> bytes:
    return gzip.compress(html.encode(), compresslevel=6, mtime=0)
