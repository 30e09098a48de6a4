"""The chat: with whom, how it stands, what was said, and who else could take it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.safestring import SafeString

from lpcontext.chats import Chat, Participant, SurveyAnswer
from lpcontext.panel.contexts.chat_names import cover, find_name
from lpcontext.panel.contexts.chat_standing import ChatStanding, tell_staffing, tell_typing
from lpcontext.panel.contexts.chat_states import chat_words
from lpcontext.panel.contexts.facts import Fact, facts_of, join_words
from lpcontext.panel.contexts.notice import Moment, Notice
from lpcontext.panel.contexts.place import tell_language
from lpcontext.panel.contexts.states import state_words
from lpcontext.panel.moments import tell_clock, tell_due
from lpcontext.panel.money import count_of
from lpcontext.panel.veil import Veil
from lpcontext.snapshots import ChatSnapshot
from lpcontext.subjects import State

_MOST_ANSWERS = 30


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why the chat is not live, and how old what we show of it is."""

    state: str
    tone: str
    sentence: str
    moments: tuple[Moment, ...]

    @property
    def icon(self) -> str:
        return "info" if self.tone == "calm" else "alert"

    @classmethod
    def of(cls, told: ChatSnapshot) -> Trouble | None:
        words = chat_words(told.state)
        sentence = words.sentence if told.chat else words.blank or words.sentence
        if told.state == State.LIVE or not sentence:
            return None
        moments = (("Last answer", tell_clock(told.as_of_ms)), ("Next try", tell_due(told.next_try_ms)))
        return cls(told.state, words.tone, sentence, tuple(Moment(name, when) for name, when in moments if when))


def tell_alone(told: ChatSnapshot) -> Notice:
    """All there is to say where neither a chat nor a visit is known."""
    word = chat_words(told.state).word or state_words(told.state).word
    trouble = Trouble.of(told) or Trouble(told.state, "calm", "Nothing is known of this chat yet.", ())
    return Notice(told.state, trouble.tone, word, trouble.sentence, (), trouble.moments)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who the brand's own sign-on says this is."""

    name: str | None
    customer_id: str | None

    @classmethod
    def of(cls, participant: Participant | None, veil: Veil) -> SignedIn | None:
        if participant is None or not participant.authenticated:
            return None
        name = join_words(participant.name, participant.surname, by=" ")
        return cls(name=cover(name, veil) if name else None, customer_id=veil.text(participant.customer_id))


@dataclass(frozen=True, slots=True)
class ChatPart:
    """`lines` is the drawn transcript: its rows are remembered one by one."""

    template: ClassVar = "panel/_chat.html"

    agent: str | None
    standing: ChatStanding | None
    trouble: Trouble | None
    signed_in: SignedIn | None
    staffing: str | None
    language: str | None
    older: str
    lines: SafeString
    typing: str
    answered: str
    answers: tuple[Fact, ...]

    @property
    def has_surroundings(self) -> bool:
        return bool(self.staffing or self.language)

    @property
    def times_out(self) -> SafeString | None:
        return self.standing.times_out if self.standing else None

    @property
    def has_foot(self) -> bool:
        return bool(self.typing or self.times_out)

    @classmethod
    def of(cls, told: ChatSnapshot, *, lines: SafeString, hidden: int, veil: Veil) -> ChatPart:
        """`hidden` is how many older events are not among the lines."""
        chat = told.chat or Chat()
        agent = find_name(chat.agent_name)
        answers = _tell_answers(told.answers, veil)
        return cls(
            agent=cover(agent, veil) if agent else None,
            standing=ChatStanding.of(told),
            trouble=Trouble.of(told),
            signed_in=SignedIn.of(told.participant, veil),
            staffing=tell_staffing(told) or (f"Skill {chat.skill_name}" if chat.skill_name else None),
            language=tell_language(chat.language),
            older=f"{count_of(hidden, 'earlier entry', 'earlier entries')} not shown" if hidden else "",
            lines=lines,
            typing=tell_typing(told, veil),
            answered=count_of(len(told.answers), "answer") if answers else "",
            answers=answers,
        )


def _tell_answers(answers: tuple[SurveyAnswer, ...], veil: Veil) -> tuple[Fact, ...]:
    pairs = [
        (cover(answer.label or "Question", veil), cover(join_words(*answer.texts, by=", ") or "", veil))
        for answer in answers[:_MOST_ANSWERS]
    ]
    hidden = len(answers) - _MOST_ANSWERS
    return facts_of(*pairs, ("More", f"{hidden:,} not shown" if hidden > 0 else None))
