"""The page around the body: what the script needs to keep it young."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lpcontext.panel.wording.states import StateWords, find_state_words, state_words_json
from lpcontext.subjects import State


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelPage:
    """A panel as first sent.

    `as_of` and `opened_at` are ISO 8601 in UTC, "" where not known; `next_ms` is None once nothing more is to come.
    `revealable`: what the agent may have revealed, in words, "" for nothing; None where that is not known yet.
    Without a token it is the shell for a reload: the script takes it from behind the `#`, which no browser sends.
    """

    template: ClassVar = "pages/panel.html"

    token: str = ""
    body_html: str = ""
    state: str = State.WAITING
    as_of: str = ""
    next_ms: int | None = None
    subject: str = "visit"
    title: str = "Live context"
    reload_path: str = ""
    opened_at: str = ""
    paused: bool = False
    revealable: str | None = None

    @property
    def words(self) -> StateWords:
        return find_state_words(self.state)

    @property
    def words_json(self) -> str:
        return state_words_json()
