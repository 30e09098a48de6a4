"""What happened instead of a live visit or chat, said calmly: a sentence, and what to check."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from lpcontext.panel.templating import render_template
from lpcontext.panel.wording.chat_states import find_chat_words
from lpcontext.panel.wording.chat_trouble import ChatTrouble
from lpcontext.panel.wording.states import find_state_words
from lpcontext.panel.wording.time_tags import NamedTime, format_clock, format_due, list_times
from lpcontext.snapshots import ChatSnapshot, VisitSnapshot


@dataclass(frozen=True, slots=True)
class Notice:
    state: str
    tone: str
    word: str
    sentence: str
    advice: tuple[str, ...]
    times: tuple[NamedTime, ...]

    @property
    def icon(self) -> str:
        return "alert" if self.tone in {"warn", "bad"} else "info"


def build_visit_notice(snapshot: VisitSnapshot) -> Notice:
    words = find_state_words(snapshot.state)
    return Notice(
        state=snapshot.state,
        tone=words.tone,
        word=words.word,
        sentence=words.sentence,
        advice=words.advice,
        times=list_times(
            ("Ended", format_clock(snapshot.ended_at_ms)),
            ("Last answer", format_clock(snapshot.as_of_ms)),
            ("Next try", format_due(snapshot.next_try_ms)),
        ),
    )


def build_notice_beside_chat(snapshot: VisitSnapshot) -> Notice:
    """The same, where a chat stands beside it."""
    notice = build_visit_notice(snapshot)
    return replace(notice, word=f"Visit: {notice.word.lower()}")


def build_chat_notice(snapshot: ChatSnapshot) -> Notice:
    """All there is to say where neither a chat nor a visit is known."""
    word = find_chat_words(snapshot.state).word or find_state_words(snapshot.state).word
    trouble = ChatTrouble.of(snapshot) or ChatTrouble(
        snapshot.state, "calm", "Nothing is known of this chat yet.", times=()
    )
    return Notice(snapshot.state, trouble.tone, word, trouble.sentence, (), trouble.times)


def render_notice(notice: Notice) -> SafeString:
    return render_template("panel/_notice.html", part=notice)
