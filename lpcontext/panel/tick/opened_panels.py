"""The panels this process has lately heard from: their tokens opened, their rights found, their subjects' answers."""

from __future__ import annotations

from typing import NamedTuple
from weakref import WeakValueDictionary

from django.conf import settings

from lpcontext.launch import CachedRight, Launch, LaunchEnded, LaunchExpired, RightsCache, find_hidden, open_token
from lpcontext.panel.caching.expiring_cache import ExpiringCache
from lpcontext.panel.tick.cached_answer import CachedAnswer
from lpcontext.panel.tick.tick_bucket import TickBucket
from lpcontext.panel.viewer import Viewer
from lpcontext.refresh import WatchedSubject
from lpcontext.subjects import State, Subject

_MOST_BYTES = 192 * 1024 * 1024  # 50,000 panels
# Of a launch, its subject and answer; measured. What they hold of others is as long as the token at most.
_PANEL_BYTES = 3 * 1024


class OpenedSubject:
    """What all panels of a subject here are answered while nothing changes; it lives as long as they do."""

    __slots__ = ("__weakref__", "answer", "watched")

    def __init__(self, watched: WatchedSubject) -> None:
        self.watched = watched
        self.answer: CachedAnswer | None = None

    def state_at(self, at_ms: int) -> State:
        """As it was answered last."""
        return self.answer.view.state_at(now_ms=at_ms) if self.answer else State.WAITING


class OpenedPanel(NamedTuple):
    launch: Launch
    subject: OpenedSubject
    right: CachedRight
    bucket: TickBucket


class OpenedPanels:
    """By token. One per web process, thread safe."""

    def __init__(self, *, rights: RightsCache) -> None:
        self._rights = rights
        self._panels: ExpiringCache[str, OpenedPanel] = ExpiringCache(most_bytes=_MOST_BYTES, measure=_measure_panel)
        self._subjects: WeakValueDictionary[str, OpenedSubject] = WeakValueDictionary()

    def open(self, token: str, at_ms: int) -> OpenedPanel:
        """Its end is looked at every time. Raises LaunchForged or LaunchExpired."""
        panel = self._panels.find(token)
        if panel is None:
            launch = open_token(token, now_ms=at_ms)
            right, bucket = self._rights.find_cached(launch), TickBucket(per_minute=settings.LIMIT_TICKS)
            panel = OpenedPanel(launch, self._open_subject(launch.subject), right, bucket)
            self._panels.keep(token, panel)
        elif panel.launch.expires_ms <= at_ms:
            self._panels.drop(token)
            raise LaunchExpired
        return panel

    def find_viewer(self, panel: OpenedPanel, at_ms: int) -> Viewer:
        """As the account wants it now. Raises LaunchEnded where the right to look has ended, or RightUnknown."""
        right, launch = self._rights.find(panel.right), panel.launch
        if not right.covers(launch.opened_ms):
            raise LaunchEnded
        return Viewer.of(find_hidden(launch, right, now_ms=at_ms) if launch.revealed_until_ms else right.hidden)

    def _open_subject(self, subject: Subject) -> OpenedSubject:
        """Panels that open it at the same moment may get one each: that costs an answer, and shows the same."""
        watched = WatchedSubject.of(subject)
        opened = self._subjects.get(watched.name)
        if opened is None:
            opened = self._subjects[watched.name] = OpenedSubject(watched)
        return opened


def _measure_panel(token: str, _: OpenedPanel) -> int:
    return len(token) + _PANEL_BYTES
