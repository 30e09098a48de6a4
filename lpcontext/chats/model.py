"""A chat as we understand it: frozen types in our own words.

Absent is always None or an empty tuple. Times are epoch milliseconds. Ids are texts, whether LivePerson sent a number
or a text, but an event's id is a number, for events are told and sorted by it.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from lpcontext.reading import Day

UNLIMITED = -1
"""What LivePerson says of an agent who may take any number of chats, and of slots without end (contract 0.4)."""

Typing: TypeAlias = Literal["typing", "not-typing", "unknown"]


class _Part(msgspec.Struct, frozen=True, array_like=True, kw_only=True, gc=False):
    """Base of every part: immutable, comparable, and small in MessagePack (fields by position)."""


class Link(_Part, frozen=True):
    """Where LivePerson says to go on. An address out of an answer: check its host before following it."""

    rel: str
    href: str


class Skill(_Part, frozen=True):
    """A skill; `online_agents` only where agents to transfer to were asked for."""

    id: str | None = None
    name: str | None = None
    online_agents: int | None = None


class Chat(_Part, frozen=True):
    """The state of one chat (contract 7.9).

    `visitor_id` and `session_id` are the monitoring ids (vid, sid) that lead to the visit; they are absent for a chat
    without monitoring. `engine_visitor_id` is the chat engine's own number, of no use elsewhere. `duration` is told
    without a unit.
    """

    chat_id: str | None = None
    state: str | None = None
    agent_name: str | None = None
    agent_id: str | None = None
    started_at_ms: int | None = None
    last_update_ms: int | None = None
    timeout_seconds: int | None = None
    duration: float | None = None
    visitor_typing: Typing = "unknown"
    agent_typing: Typing = "unknown"
    visitor_name: str | None = None
    visitor_id: str | None = None
    session_id: str | None = None
    context_id: str | None = None
    engagement_id: str | None = None
    campaign_id: str | None = None
    language: str | None = None
    skill_id: str | None = None
    skill_name: str | None = None
    rt_session_id: str | None = None
    engine_visitor_id: str | None = None
    participant_id: str | None = None


class ChatEvent(_Part, frozen=True):
    """One thing that happened in a chat (contract 7.10).

    `kind` is line, state, url, resource or transfer; any other stays as LivePerson calls it. `fields` are the plain
    fields of kinds whose fields nobody documents. `source` is system, agent or visitor; `by` is a nickname or "info".
    `text_type` html is HTML as it came: to be sanitised by whoever shows it. `text` is None where LivePerson sent an
    empty one, and `hidden_characters` says how much of a long one was left out.
    """

    kind: str
    id: int | None = None
    at_ms: int | None = None
    state: str | None = None
    text: str | None = None
    text_type: str = "plain"
    hidden_characters: int = 0
    source: str | None = None
    by: str | None = None
    system_message_id: int | None = None
    only_to_agents: bool = False
    skill: str | None = None
    fields: tuple[tuple[str, str], ...] = ()


class Transcript(_Part, frozen=True):
    """What happened in a chat, oldest first, or the part of it that one answer told.

    `next_from` is the id of the first event not yet told. `hidden` counts older events that are no longer kept, up to
    and with the id `hidden_through`; `hidden_state` is the newest of them that told the chat's state.
    """

    events: tuple[ChatEvent, ...] = ()
    next_from: int | None = None
    hidden: int = 0
    hidden_through: int | None = None
    hidden_state: ChatEvent | None = None


class ChatResponse(_Part, frozen=True):
    """One chat in full: its state, what happened, and where LivePerson says to go on."""

    chat: Chat
    transcript: Transcript = Transcript()
    links: tuple[Link, ...] = ()


class ChatSession(_Part, frozen=True):
    """A chat of this agent session, as the list of chats tells it."""

    chat_id: str | None = None
    started_at_ms: int | None = None
    links: tuple[Link, ...] = ()


class Availability(_Part, frozen=True):
    """Whether an agent takes chats and calls: Online, Away, Occupied (only transferred chats), Offline."""

    chat: str | None = None
    voice: str | None = None
    reason_id: str | None = None


class AgentInfo(_Part, frozen=True):
    """The agent this agent session belongs to; `agent_name` is the nickname visitors see."""

    id: str | None = None
    agent_name: str | None = None
    display_name: str | None = None
    login_name: str | None = None
    max_chats: int | None = None
    availability: Availability | None = None
    skills: tuple[Skill, ...] = ()


class AgentSession(_Part, frozen=True):
    """What an agent session offers, and with `data=true` its agent and how many chats ring."""

    links: tuple[Link, ...] = ()
    agent: AgentInfo | None = None
    ringing_count: int | None = None


class AvailableAgent(_Part, frozen=True):
    """One enabled agent, online or not. `max_chats` may be UNLIMITED; `elapsed_in_state` is told without a unit."""

    id: str | None = None
    user_name: str | None = None
    nickname: str | None = None
    email: str | None = None
    privilege_group: str | None = None
    availability: Availability = Availability()
    max_chats: int | None = None
    chat_count: int | None = None
    skills: tuple[Skill, ...] = ()
    group_id: str | None = None
    group_name: str | None = None
    elapsed_in_state: float | None = None


class AvailableAgents(_Part, frozen=True):
    agents: tuple[AvailableAgent, ...] = ()
    links: tuple[Link, ...] = ()


class SurveyEntry(_Part, frozen=True):
    """One choice of a question; choosing it shows the questions with this logic id."""

    value: str | None = None
    display_value: str | None = None
    checked: bool | None = None
    shows_logic_id: str | None = None


class SurveyQuestion(_Part, frozen=True):
    """One question of a survey; `validation` and `type` in LivePerson's words."""

    id: str | None = None
    order: int | None = None
    logic_id: str | None = None
    mandatory: bool | None = None
    validation: str | None = None
    type: str | None = None
    label: str | None = None
    last_known_value: str | None = None
    entries: tuple[SurveyEntry, ...] = ()


class Survey(_Part, frozen=True):
    """A pre-chat, agent or exit survey; questions in their order."""

    id: str | None = None
    title: str | None = None
    header: str | None = None
    questions: tuple[SurveyQuestion, ...] = ()


class SurveyAnswer(_Part, frozen=True):
    """What was answered; several texts for a checkbox. The label is known where the question is."""

    question_id: str | None = None
    label: str | None = None
    texts: tuple[str, ...] = ()


class SurveyAnswers(_Part, frozen=True):
    survey_id: str | None = None
    answers: tuple[SurveyAnswer, ...] = ()


class ParticipantContact(_Part, frozen=True):
    """One way to reach a participant."""

    email: str | None = None
    phone: str | None = None


class Participant(_Part, frozen=True):
    """Who the brand's own sign-on says this is (contract 7.15): authenticated, unlike what a page reports."""

    participant_id: str | None = None
    authenticated: bool | None = None
    name: str | None = None
    surname: str | None = None
    contacts: tuple[ParticipantContact, ...] = ()
    customer_id: str | None = None
    customer_status: str | None = None
    customer_type: str | None = None
    balance: float | None = None
    registered: Day | None = None
    last_payment: Day | None = None
    social_id: str | None = None
    imei: str | None = None
    user_name: str | None = None
    account_name: str | None = None
    role: str | None = None
    company_size: int | None = None
