"""The chat: with whom, its state, what was said, and who else could take it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from lpcontext.chats import Chat, Participant, SurveyAnswer
from lpcontext.masking import Masker
from lpcontext.panel.parts.content import PanelContent
from lpcontext.panel.rows.chat_entries import find_chat_rows, render_chat_rows
from lpcontext.panel.wording.chat_names import find_name, mask_chat_text
from lpcontext.panel.wording.chat_status import ChatStatusText, describe_staffing, describe_typing
from lpcontext.panel.wording.chat_trouble import ChatTrouble
from lpcontext.panel.wording.facts import Fact, list_facts
from lpcontext.panel.wording.language import format_language
from lpcontext.panel.wording.numbers import format_count
from lpcontext.panel.wording.phrases import join_words
from lpcontext.snapshots import ChatSnapshot

_MOST_ANSWERS = 30


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who the brand's own sign-on says this is."""

    name: str | None
    customer_id: str | None

    @classmethod
    def of(cls, participant: Participant | None, masker: Masker) -> SignedIn | None:
        if participant is None or not participant.authenticated:
            return None
        name = join_words(participant.name, participant.surname, by=" ")
        return cls(masker.name(name), masker.customer_id(participant.customer_id))


@dataclass(frozen=True, slots=True)
class ChatContext:
    """`lines` are rendered already: they are kept one by one."""

    agent: str | None
    status: ChatStatusText | None
    trouble: ChatTrouble | None
    signed_in: SignedIn | None
    staffing: str | None
    language: str | None
    older: str
    lines: SafeString
    typing: str
    answered: str
    answers: tuple[Fact, ...]

    @property
    def has_extras(self) -> bool:
        return bool(self.staffing or self.language)

    @property
    def times_out(self) -> SafeString | None:
        return self.status.times_out if self.status else None

    @property
    def has_foot(self) -> bool:
        return bool(self.typing or self.times_out)


def select_chat(content: PanelContent) -> ChatSnapshot | None:
    return content.chat


def build_chat(snapshot: ChatSnapshot, masker: Masker) -> ChatContext:
    chat = snapshot.chat or Chat()
    rows, hidden = find_chat_rows(snapshot.transcript)
    agent = find_name(chat.agent_name)
    answers = _list_answers(snapshot.answers, masker)
    return ChatContext(
        agent=mask_chat_text(agent, masker) if agent else None,
        status=ChatStatusText.of(snapshot),
        trouble=ChatTrouble.of(snapshot),
        signed_in=SignedIn.of(snapshot.participant, masker),
        staffing=describe_staffing(snapshot) or (f"Skill {chat.skill_name}" if chat.skill_name else None),
        language=format_language(chat.language),
        older=f"{format_count(hidden, 'earlier entry', 'earlier entries')} not shown" if hidden else "",
        lines=render_chat_rows(rows, find_name(chat.visitor_name), masker),
        typing=describe_typing(snapshot, masker),
        answered=format_count(len(snapshot.answers), "answer") if answers else "",
        answers=answers,
    )


def _list_answers(answers: tuple[SurveyAnswer, ...], masker: Masker) -> tuple[Fact, ...]:
    pairs = [
        (
            mask_chat_text(answer.label or "Question", masker),
            mask_chat_text(join_words(*answer.texts, by=", ") or "", masker),
        )
        for answer in answers[:_MOST_ANSWERS]
    ]
    hidden = len(answers) - _MOST_ANSWERS
    return list_facts(*pairs, ("More", f"{hidden:,} not shown" if hidden > 0 else None))
