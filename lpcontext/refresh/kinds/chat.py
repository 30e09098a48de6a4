"""Chats: up to fifty in one call (contract 7.11), the account no sooner than every interval (contract 7.8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from lpcontext.chats import (
    Chat,
    ChatResponse,
    Transcript,
    UnreadableChat,
    extend_transcript,
    find_newest_state,
    parse_chat,
    parse_chats,
)
from lpcontext.liveperson import (
    CHATS_AT_ONCE,
    AgentSessionRefused,
    ChatAgentClient,
    ChatNotFound,
    ConnectionFailed,
    LivePersonClient,
    LivePersonError,
    Reason,
    Unreachable,
)
from lpcontext.refresh.kinds.chat_extras import ChatExtras
from lpcontext.refresh.kinds.kind import Clock, Fetched, Kind, SubjectUpdate, compute_digest, count_drift
from lpcontext.refresh.timing import chat_interval_ms
from lpcontext.snapshots import Claim, LastAnswer, StoredChat, count, open_stored
from lpcontext.subjects import ChatKey, VisitKey, is_wellformed_id

# Agents and slots change slowly, and each is a call of its own.
_EXTRAS_EVERY_MS = 30_000
_EXTRAS_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class DueChat:
    """A chat of one call, and what is kept of it."""

    claim: Claim
    key: ChatKey
    stored: StoredChat | None

    @property
    def first_event(self) -> int | None:
        """From which event on; None for all (contract 7.10)."""
        return self.stored.transcript.next_from if self.stored else None


def fetch_chats(claims: Sequence[Claim], *, client: LivePersonClient, now: Clock) -> Iterator[Fetched]:
    """One call for all; then agents, slots, participants and answers for a few. Raises MemoryUnavailable."""
    due = [_open(claim) for claim in claims]
    to_complete: list[tuple[DueChat, SubjectUpdate]] = []
    for each, answer in _fetch(due, chat_agent=client.chat_agent):
        if isinstance(answer, Exception):
            yield each.claim, answer
            continue
        update = _read(each, answer, now_ms=now())
        if len(to_complete) < _EXTRAS_AT_ONCE and _wants_extras(each, update):
            to_complete.append((each, update))
        else:
            yield each.claim, update
    # What takes further calls comes last: no chat waits for what is asked around another.
    extras = ChatExtras(client.chat_agent, until_ms=now() + chat_interval_ms(), now=now)
    for each, update in to_complete:
        yield each.claim, _fetch_extras(each, update, extras)


def _open(claim: Claim) -> DueChat:
    if not isinstance(claim.subject, ChatKey):
        raise TypeError("a chat's queue holds chats")
    return DueChat(claim, claim.subject, open_stored(claim.name, claim.sealed, StoredChat))


def _fetch(
    due: Sequence[DueChat], *, chat_agent: ChatAgentClient
) -> Iterator[tuple[DueChat, ChatResponse | Exception]]:
    """One call for one chat, and one for several."""
    if len(due) == 1:
        yield due[0], _fetch_one(due[0], chat_agent=chat_agent)
    elif due:
        yield from _fetch_several(due, chat_agent=chat_agent)


def _fetch_one(chat: DueChat, *, chat_agent: ChatAgentClient) -> ChatResponse | Exception:
    try:
        parsed = parse_chat(chat_agent.chat(chat.key.chat_id, from_event=chat.first_event), wanted=chat.key.chat_id)
    except (LivePersonError, UnreadableChat) as error:
        return error
    count_drift(parsed.drift)
    return parsed.value


def _fetch_several(
    due: Sequence[DueChat], *, chat_agent: ChatAgentClient
) -> Iterator[tuple[DueChat, ChatResponse | Exception]]:
    """A verdict about the call is none about each chat in it: they are asked for one by one, as is one left out of it.

    Only where LivePerson does not answer, or lets us into no agent session, that would be in vain as often.
    """
    answers: dict[str | None, ChatResponse] = {}
    try:
        parsed = parse_chats(chat_agent.chats({chat.key.chat_id: chat.first_event for chat in due}))
    except (LivePersonError, UnreadableChat) as verdict:
        if _is_for_all(verdict):
            yield from ((chat, verdict) for chat in due)
            return
        if not isinstance(verdict, ChatNotFound):
            count("upstream_failures", kind=type(verdict).__name__)
    else:
        count_drift(parsed.drift)
        answers = {answer.chat.chat_id: answer for answer in parsed.value}
    in_vain: Exception | None = None
    for chat in due:
        answer = answers.get(chat.key.chat_id) or in_vain or _fetch_one(chat, chat_agent=chat_agent)
        in_vain = answer if isinstance(answer, Exception) and _is_for_all(answer) else in_vain
        yield chat, answer


def _is_for_all(error: Exception) -> bool:
    """Would asking for another chat meet the same? An answer that was cut is no such sign: it came."""
    was_cut = isinstance(error, ConnectionFailed) and error.reason is Reason.ANSWER_CUT
    return isinstance(error, Unreachable | AgentSessionRefused) and not was_cut


def _read(due: DueChat, answer: ChatResponse, *, now_ms: int) -> SubjectUpdate:
    before = due.stored or StoredChat()
    transcript = extend_transcript(before.transcript, answer.transcript)
    visit = find_visit(due.key, answer.chat) or before.visit
    stored = replace(before, chat=answer.chat, transcript=transcript, visit=visit)
    return _build_update(due, stored, at_ms=now_ms, ended_at_ms=_find_end(answer.chat, transcript, now_ms=now_ms))


def _build_update(due: DueChat, stored: StoredChat, *, at_ms: int, ended_at_ms: int | None) -> SubjectUpdate:
    shown = replace(stored, extras_at_ms=None)
    return SubjectUpdate(
        at_ms=at_ms,
        last_answer=LastAnswer(content=compute_digest(shown)),
        stored=None if stored == due.stored else stored,
        ended_at_ms=ended_at_ms,
        related=stored.visit,
    )


def find_visit(key: ChatKey, chat: Chat) -> VisitKey | None:
    """The visit behind the chat (contract 7.9); its ids come from outside, so they are looked at first."""
    visitor_id, session_id = chat.visitor_id or "", chat.session_id or ""
    if not (is_wellformed_id(visitor_id) and is_wellformed_id(session_id)):
        return None
    return VisitKey(account_id=key.account_id, visitor_id=visitor_id, session_id=session_id)


def _find_end(chat: Chat, transcript: Transcript, *, now_ms: int) -> int | None:
    if chat.state != "ended":
        return None
    newest = find_newest_state(transcript)
    return (newest.at_ms if newest and newest.state == "ended" else None) or chat.last_update_ms or now_ms


def _wants_extras(due: DueChat, update: SubjectUpdate) -> bool:
    """Now and then while the chat goes on; with the first answer, which somebody waits for, only if it ended."""
    if due.stored is None:
        return update.ended_at_ms is not None
    asked_ms = due.stored.extras_at_ms
    return asked_ms is None or (update.ended_at_ms is None and update.at_ms - asked_ms > _EXTRAS_EVERY_MS)


def _fetch_extras(due: DueChat, update: SubjectUpdate, extras: ChatExtras) -> SubjectUpdate:
    """What cannot be had is left as it was, and not asked for again at once."""
    stored = update.stored if isinstance(update.stored, StoredChat) else due.stored
    if stored is None or stored.chat is None:
        return update
    chat = stored.chat
    slots = extras.find_slots(chat.skill_name)
    completed = replace(
        stored,
        extras_at_ms=update.at_ms,
        agents=extras.find_agents(chat.skill_name) or stored.agents,
        slots=stored.slots if slots is None else slots,
        participant=stored.participant or extras.find_participant(chat.participant_id),
        answers=stored.answers or extras.find_answers(due.key.chat_id),
    )
    return _build_update(due, completed, at_ms=update.at_ms, ended_at_ms=update.ended_at_ms)


CHAT = Kind(
    name=ChatKey.kind,
    service="agentVep",
    per_call=CHATS_AT_ONCE,
    calls_at_once=4,
    wants_stored=True,
    is_paced=True,
    speaks_for_account=False,
    not_found=ChatNotFound,
    unreadable=UnreadableChat,
    interval_ms=chat_interval_ms,
    fetch=fetch_chats,
)
