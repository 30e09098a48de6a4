"""A chat in the words of the Chat Agent API: info, events, links (contract 7.9, 7.10)."""

from __future__ import annotations

from typing import Any, Final

from ..chats.chat import TIMEOUT_SECONDS, Chat
from ..chats.times import write_time
from ..ids import shorten_chat_id

Document = dict[str, Any]

# Kept for every chat alike; what an account would call its engagement.
ENGAGEMENT_ID: Final = 311098710
CAMPAIGN_ID: Final = 311098610


def link(href: str, rel: str) -> Document:
    return {"@href": href, "@rel": rel}


def build_chat_document(chat: Chat, *, session_href: str, number: int, now_ms: int) -> Document:
    """Everything: links, the events from this number on, info."""
    href = f"{session_href}/chat/{chat.chat_id}"
    return {
        "link": [
            link(href, "self"),
            link(f"{href}/events", "events"),
            link(f"{href}/info", "info"),
            link(f"{href}?from={chat.next_number}", "next"),
            link(f"{href}/collaborationChannels", "collaboration-channels"),
            link(f"{session_href}/visits/visit/{shorten_chat_id(chat.chat_id)}", "visit-id"),
            link(f"{href}/transfer", "transfer"),
            link(f"{href}/transferAccount", "transfer-account"),
            link(f"{href}/survey", "agent-survey"),
        ],
        "events": build_events_document(chat, session_href=session_href, number=number),
        "info": build_info_document(chat, session_href=session_href, now_ms=now_ms),
    }


def build_events_document(chat: Chat, *, session_href: str, number: int) -> Document:
    """The events from this number on, and where the next ones will be."""
    href = f"{session_href}/chat/{chat.chat_id}/events"
    links = [link(href, "self"), link(f"{href}?from={chat.next_number}", "next")]
    return {"link": links, "event": chat.events_from(number)}


def build_info_document(chat: Chat, *, session_href: str, now_ms: int) -> Document:
    """The chat's own state. What a chat does not have is missing: an agent, a skill, monitoring, a sign-in."""
    href = f"{session_href}/chat/{chat.chat_id}/info"
    links = [
        link(href, "self"),
        link(f"{href}/visitorName", "visitor-name"),
        link(f"{href}/visitorTyping", "visitor-typing"),
        link(f"{href}/agentTyping", "agent-typing"),
    ]
    info: Document = {
        "link": links,
        "state": chat.state,
        "chatSessionKey": chat.chat_id,
        "skillName": chat.skill.name if chat.skill else None,
        "skillId": chat.skill.id if chat.skill else None,
        "agentName": chat.agent.nickname if chat.agent else None,
        "agentId": chat.agent.id if chat.agent else None,
        "startTime": write_time(chat.began_ms),
        "duration": 0,
        "lastUpdate": write_time(chat.last_update_ms(now_ms)),
        "chatTimeout": TIMEOUT_SECONDS,
        "visitorId": chat.engine_visitor_id,
        "agentTyping": chat.typing["agent"],
        "visitorTyping": chat.typing["visitor"],
        "visitorName": chat.visitor_name,
        "rtSessionId": chat.rt_session_id,
        "participantId": chat.participant_id,
        **_describe_monitoring(chat),
        "language": chat.story.language,
    }
    return {name: value for name, value in info.items() if value is not None} | chat.facts


def _describe_monitoring(chat: Chat) -> Document:
    if chat.visitor_id is None:
        return {}
    return {
        "sharkVisitorId": chat.visitor_id,
        "sharkSessionId": chat.session_id,
        "sharkContextId": 1,
        "engagementId": ENGAGEMENT_ID,
        "campaignId": CAMPAIGN_ID,
    }
