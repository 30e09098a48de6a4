"""The chats' resources, as far as they read: one chat, several at once, its parts (contract 7.9 to 7.14)."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any, Final

from ..call import Call
from ..chats.agents import ONLINE, SKILLS, find_agents
from ..chats.chat import Chat
from ..messages import Response
from .agent_call import AgentCall, authorize_account, requires_agent_session, requires_chat
from .chat_document import build_chat_document, build_events_document, build_info_document, link
from .representation import render_xml

ACTED: Final = (("Allow", "GET"),)


@requires_agent_session
def get_chat_sessions(agent_call: AgentCall) -> Response:
    """Resource 10: the chats that have not ended. The printed sample has no `@` here; NC decides, as elsewhere."""
    chats = [chat for chat in agent_call.site.chats.all(now_ms=agent_call.now_ms) if chat.state != "ended"]
    sessions = [
        {
            "link": link(f"{agent_call.href}/chat/{chat.chat_id}", "chat-session"),
            "chatSessionKey": chat.chat_id,
            "startTime": chat.began_ms,
        }
        for chat in chats
    ]
    return agent_call.respond("chatSessions", {"chatSession": sessions})


@requires_chat
def get_chat(agent_call: AgentCall, chat: Chat) -> Response:
    """Resource 11: links, events, info."""
    number = 0 if agent_call.call.from_first else _read_number(agent_call.request.parameter("from"))
    if number is None:
        return agent_call.refuse(33, "from")
    return agent_call.respond(
        "chat", build_chat_document(chat, session_href=agent_call.href, number=number, now_ms=agent_call.now_ms)
    )


@requires_agent_session
def get_chats(agent_call: AgentCall) -> Response:
    """Resource 12: several chats, each from an event id of its own; unknown ones are left out."""
    call = agent_call.call
    event_ids = "" if call.from_first else call.request.parameter("fromEventIds") or ""
    numbers = [_read_number(text) for text in event_ids.split(",")]
    if not call.chat_ids or None in numbers or len(numbers) > len(call.chat_ids):
        return agent_call.refuse(33, "chatSessionKeys, fromEventIds")
    chats: list[dict[str, Any]] = []
    for chat_id, number in zip_longest(call.chat_ids, numbers, fillvalue=0):
        chat = agent_call.site.chats.find(str(chat_id), now_ms=call.now_ms)
        if chat is not None:
            number = int(number or 0)
            chats.append(build_chat_document(chat, session_href=agent_call.href, number=number, now_ms=call.now_ms))
        elif call.choices.unknown_among_chats == "refused":
            return agent_call.refuse(call.choices.unknown_chat_code, "Chat not found")
    return agent_call.respond("chats", {"chat": chats})


@requires_chat
def get_chat_events(agent_call: AgentCall, chat: Chat) -> Response:
    """Resource 13: `from` is the first event wanted."""
    number = _read_number(agent_call.request.parameter("from"))
    if number is None:
        return agent_call.refuse(33, "from")
    return agent_call.respond("events", build_events_document(chat, session_href=agent_call.href, number=number))


@requires_chat
def get_chat_info(agent_call: AgentCall, chat: Chat) -> Response:
    """Resource 15."""
    return agent_call.respond("info", build_info_document(chat, session_href=agent_call.href, now_ms=agent_call.now_ms))


@requires_chat
def get_visitor_name(agent_call: AgentCall, chat: Chat) -> Response:
    """Resource 16; no JSON form of it is printed."""
    return agent_call.respond("visitorName", chat.visitor_name)


@requires_chat
def get_visitor_typing(agent_call: AgentCall, chat: Chat) -> Response:
    """Resource 17: 201, as printed."""
    return agent_call.respond("visitorTyping", chat.typing["visitor"], status=201)


@requires_chat
def get_agent_typing(agent_call: AgentCall, chat: Chat) -> Response:
    """Resource 18: 201, as printed."""
    return agent_call.respond("agentTyping", chat.typing["agent"], status=201)


@requires_chat
def get_transfer_skills(agent_call: AgentCall, chat: Chat) -> Response:
    """Resource 20: the skills with somebody online."""
    skills = []
    for skill in SKILLS:
        agents = find_agents(skill=skill.name)
        online = sum(agent.state_at(agent_call.now_ms) == ONLINE for agent in agents)
        if online:
            skills.append({"id": str(skill.id), "name": skill.name, "onlineAgents": str(online)})
    return agent_call.respond("transfer", {"skill": skills})


@requires_chat
def get_survey(agent_call: AgentCall, chat: Chat) -> Response:
    """Resource 22: only an XML form is documented, so XML it is, whatever was accepted."""
    return render_xml({"survey": chat.story.survey})


def refuse_to_act(call: Call) -> Response:
    """Resources 4, 9, 14, 19, 21, 23: the emulator never acts on a chat; the log shows that somebody tried."""
    site = authorize_account(call)
    return site if isinstance(site, Response) else Response(status=call.choices.act_status, headers=ACTED)


def _read_number(text: str | None) -> int | None:
    """The event id, 0 where none is given, None where it is no number."""
    if not text:
        return 0
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
