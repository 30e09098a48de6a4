"""What happened instead of a live visit, said calmly: a sentence, and what to check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.safestring import SafeString

from lpcontext.panel.contexts.states import state_words
from lpcontext.panel.moments import tell_clock, tell_due
from lpcontext.snapshots import VisitSnapshot


@dataclass(frozen=True, slots=True)
class Moment:
    name: str
    when: SafeString


@dataclass(frozen=True, slots=True)
class Notice:
    template: ClassVar = "panel/_notice.html"

    state: str
    tone: str
    word: str
    sentence: str
    advice: tuple[str, ...]
    moments: tuple[Moment, ...]

    @property
    def icon(self) -> str:
        return "alert" if self.tone in {"warn", "bad"} else "info"

    @classmethod
    def of(cls, snapshot: VisitSnapshot) -> Notice:
        words = state_words(snapshot.state)
        told = (
            ("Ended", tell_clock(snapshot.ended_at_ms)),
            ("Last answer", tell_clock(snapshot.as_of_ms)),
            ("Next try", tell_due(snapshot.next_try_ms)),
        )
        return cls(
            state=snapshot.state,
            tone=words.tone,
            word=words.word,
            sentence=words.sentence,
            advice=words.advice,
            moments=tuple(Moment(name, when) for name, when in told if when),
        )
