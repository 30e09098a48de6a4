"""The panels this process has lately heard from: their tokens opened, their rights found."""

from __future__ import annotations

from typing import NamedTuple

from lpcontext.launch import CachedRight, Launch, LaunchEnded, LaunchExpired, RightsCache, open_token
from lpcontext.panel.tick.recently_used import RecentlyUsed
from lpcontext.refresh import WatchedSubject


class OpenedPanel(NamedTuple):
    launch: Launch
    watched: WatchedSubject
    right: CachedRight


class OpenedPanels:
    """By token; `most` of them. One per web process, thread safe."""

    def __init__(self, *, rights: RightsCache, most: int) -> None:
        self._rights = rights
        self._panels: RecentlyUsed[OpenedPanel] = RecentlyUsed(most=most)

    def open(self, token: str, at_ms: int) -> OpenedPanel:
        """Its end is looked at every time. Raises LaunchForged or LaunchExpired."""
        panel = self._panels.find(token, now_ms=at_ms)
        if panel is None:
            launch = open_token(token, now_ms=at_ms)
            panel = OpenedPanel(launch, WatchedSubject.of(launch.subject), self._rights.find_cached(launch))
            self._panels.keep(token, panel, now_ms=at_ms)
        elif panel.launch.expires_ms <= at_ms:
            self._panels.drop(token)
            raise LaunchExpired
        return panel

    def find_masking(self, panel: OpenedPanel) -> bool:
        """As the account wants it now. Raises LaunchEnded where the right to look has ended, or RightUnknown."""
        right = self._rights.find(panel.right)
        if not right.covers(panel.launch.opened_ms):
            raise LaunchEnded
        return right.masked
