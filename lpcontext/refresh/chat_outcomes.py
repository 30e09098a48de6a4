"""What an answer makes of a chat: its lines joined on, its visit found, what surrounds it asked for now and then."""

from __future__ import annotations

from msgspec.structs import replace

from lpcontext.chats import Chat, ChatAnswer, Transcript, extend, newest_state
from lpcontext.refresh.surroundings import Surroundings
from lpcontext.snapshots import HeldChat
from lpcontext.subjects import ChatKey, VisitKey, is_wellformed_id

# Agents and slots change slowly, and each is a call of its own.
_AROUND_EVERY_MS = 30_000


def hold_answer(
    key: ChatKey, answer: ChatAnswer, *, before: HeldChat | None, around: Surroundings, now_ms: int
) -> tuple[HeldChat, int | None]:
    """The chat ready to be kept; and when it ended (epoch ms), None while it goes on."""
    before = before or HeldChat()
    transcript = extend(before.transcript, answer.transcript)
    visit = find_visit(key, answer.chat) or before.visit
    held = replace(before, chat=answer.chat, transcript=transcript, visit=visit)
    ended_at_ms = _find_end(answer.chat, transcript, now_ms=now_ms)
    if before.around_at_ms is None or (ended_at_ms is None and now_ms - before.around_at_ms > _AROUND_EVERY_MS):
        held = _look_around(held, key, answer.chat, around=around, now_ms=now_ms)
    return held, ended_at_ms


def find_visit(key: ChatKey, chat: Chat) -> VisitKey | None:
    """The visit behind the chat (contract 7.9); its ids come from outside, so they are looked at first."""
    visitor_id, session_id = chat.visitor_id or "", chat.session_id or ""
    if not (is_wellformed_id(visitor_id) and is_wellformed_id(session_id)):
        return None
    return VisitKey(account_id=key.account_id, visitor_id=visitor_id, session_id=session_id)


def _find_end(chat: Chat, transcript: Transcript, *, now_ms: int) -> int | None:
    if chat.state != "ended":
        return None
    told = newest_state(transcript)
    return (told.at_ms if told and told.state == "ended" else None) or chat.last_update_ms or now_ms


def _look_around(held: HeldChat, key: ChatKey, chat: Chat, *, around: Surroundings, now_ms: int) -> HeldChat:
    """What cannot be had is left as it was."""
    return replace(
        held,
        around_at_ms=now_ms,
        agents=around.find_agents(chat.skill_name) or held.agents,
        slots=around.find_slots(chat.skill_name),
        participant=held.participant or around.find_participant(chat.participant_id),
        answers=held.answers or around.find_answers(key.chat_id),
    )
