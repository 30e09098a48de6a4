"""The state of one chat (contract 7.9)."""

from __future__ import annotations

from collections.abc import Mapping

from lpcontext.chats.model import Chat, Typing
from lpcontext.reading import SHORT_TEXT_LIMIT, Reader

_LONGEST_TIMEOUT_SECONDS = 86_400
_TYPING: Mapping[str, Typing] = {"typing": "typing", "not-typing": "not-typing", "unknown": "unknown"}


def read_info(info: Reader) -> Chat:
    return Chat(
        chat_id=info.text("chatSessionKey"),
        state=read_state(info),
        agent_name=info.text("agentName", limit=SHORT_TEXT_LIMIT),
        agent_id=info.text("agentId"),
        started_at_ms=info.iso_time_ms("startTime"),
        last_update_ms=info.iso_time_ms("lastUpdate"),
        timeout_seconds=info.between("chatTimeout", 0, _LONGEST_TIMEOUT_SECONDS),
        duration=info.number("duration"),
        visitor_typing=_read_typing(info, "visitorTyping"),
        agent_typing=_read_typing(info, "agentTyping"),
        visitor_name=info.text("visitorName", limit=SHORT_TEXT_LIMIT),
        visitor_id=info.text("sharkVisitorId"),
        session_id=info.text("sharkSessionId"),
        context_id=info.text("sharkContextId"),
        engagement_id=info.text("engagementId"),
        campaign_id=info.text("campaignId"),
        language=info.text("language"),
        skill_id=_read_skill_id(info),
        skill_name=info.text("skillName", limit=SHORT_TEXT_LIMIT),
        rt_session_id=info.text("rtSessionId"),
        engine_visitor_id=info.text("visitorId"),
        participant_id=info.text("participantId"),
    )


def read_state(holder: Reader) -> str | None:
    """waiting, chatting, ended, or a word LivePerson has not documented."""
    state = holder.text("state")
    return state.lower() if state else None


def _read_typing(holder: Reader, name: str) -> Typing:
    """Whether somebody types; a word nobody documented is dropped, for it must not look like typing."""
    return holder.choice(name, _TYPING) or "unknown"


def _read_skill_id(info: Reader) -> str | None:
    """The skill's id, where -1 is no skill (contract 0.4)."""
    skill_id = info.text("skillId")
    return None if skill_id == "-1" else skill_id
