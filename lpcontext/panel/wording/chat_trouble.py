"""Why the chat is not live, and how old what we show of it is."""

from __future__ import annotations

from dataclasses import dataclass

from lpcontext.panel.wording.chat_states import find_chat_words
from lpcontext.panel.wording.time_tags import NamedTime, format_clock, format_due, list_times
from lpcontext.snapshots import ChatSnapshot
from lpcontext.subjects import State


@dataclass(frozen=True, slots=True)
class ChatTrouble:
    state: str
    tone: str
    sentence: str
    times: tuple[NamedTime, ...]

    @property
    def icon(self) -> str:
        return "info" if self.tone == "calm" else "alert"

    @classmethod
    def of(cls, snapshot: ChatSnapshot) -> ChatTrouble | None:
        words = find_chat_words(snapshot.state)
        sentence = words.sentence if snapshot.chat else words.blank or words.sentence
        if snapshot.state == State.LIVE or not sentence:
            return None
        times = list_times(
            ("Last answer", format_clock(snapshot.as_of_ms)), ("Next try", format_due(snapshot.next_try_ms))
        )
        return cls(snapshot.state, words.tone, sentence, times)
