"""The chats' resources, as far as they read: one chat, several at once, its parts (contract 7.9 to 7.14)."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any, Final

from ..messages import Answer
from ..stage import Ask
from .chat import Chat
from .gate import Seat, check_in, in_chat, seated
from .markup import present_xml
from .shape import link, shape_chat, shape_events, shape_info
from .staff import ONLINE, SKILLS, find_agents

ACTED: Final = (("Allow", "GET"),)


@seated
def tell_chat_sessions(seat: Seat) -> Answer:
    """Resource 10: the chats that have not ended. The printed sample has no `@` here; NC decides, as elsewhere."""
    chats = [chat for chat in seat.site.chats.all(now_ms=seat.ask.now_ms) if chat.state != "ended"]
    sessions = [
        {
            "link": link(f"{seat.href}/chat/{chat.chat_id}", "chat-session"),
            "chatSessionKey": chat.chat_id,
            "startTime": chat.began_ms,
        }
        for chat in chats
    ]
    return seat.tell("chatSessions", {"chatSession": sessions})


@in_chat
def tell_chat(seat: Seat, chat: Chat) -> Answer:
    """Resource 11: links, events, info."""
    number = 0 if seat.ask.from_first else _read_number(seat.ask.request.parameter("from"))
    if number is None:
        return seat.refuse(33, "from")
    return seat.tell("chat", shape_chat(chat, session_href=seat.href, number=number, now_ms=seat.ask.now_ms))


@seated
def tell_chats(seat: Seat) -> Answer:
    """Resource 12: several chats, each from an event id of its own; unknown ones are left out."""
    ask = seat.ask
    told = "" if ask.from_first else ask.request.parameter("fromEventIds") or ""
    numbers = [_read_number(text) for text in told.split(",")]
    if not ask.chat_ids or None in numbers or len(numbers) > len(ask.chat_ids):
        return seat.refuse(33, "chatSessionKeys, fromEventIds")
    chats: list[dict[str, Any]] = []
    for chat_id, number in zip_longest(ask.chat_ids, numbers, fillvalue=0):
        chat = seat.site.chats.find(str(chat_id), now_ms=ask.now_ms)
        if chat is not None:
            number = int(number or 0)
            chats.append(shape_chat(chat, session_href=seat.href, number=number, now_ms=ask.now_ms))
        elif ask.choices.unknown_among_chats == "refused":
            return seat.refuse(ask.choices.unknown_chat_code, "Chat not found")
    return seat.tell("chats", {"chat": chats})


@in_chat
def tell_events(seat: Seat, chat: Chat) -> Answer:
    """Resource 13: `from` is the first event wanted."""
    number = _read_number(seat.ask.request.parameter("from"))
    if number is None:
        return seat.refuse(33, "from")
    return seat.tell("events", shape_events(chat, session_href=seat.href, number=number))


@in_chat
def tell_info(seat: Seat, chat: Chat) -> Answer:
    """Resource 15."""
    return seat.tell("info", shape_info(chat, session_href=seat.href, now_ms=seat.ask.now_ms))


@in_chat
def tell_visitor_name(seat: Seat, chat: Chat) -> Answer:
    """Resource 16; no JSON form of it is printed."""
    return seat.tell("visitorName", chat.visitor_name)


@in_chat
def tell_visitor_typing(seat: Seat, chat: Chat) -> Answer:
    """Resource 17: 201, as printed."""
    return seat.tell("visitorTyping", chat.typing["visitor"], status=201)


@in_chat
def tell_agent_typing(seat: Seat, chat: Chat) -> Answer:
    """Resource 18: 201, as printed."""
    return seat.tell("agentTyping", chat.typing["agent"], status=201)


@in_chat
def tell_transfer_skills(seat: Seat, chat: Chat) -> Answer:
    """Resource 20: the skills with somebody online."""
    skills = []
    for skill in SKILLS:
        agents = find_agents(skill=skill.name)
        online = sum(agent.state_at(seat.ask.now_ms) == ONLINE for agent in agents)
        if online:
            skills.append({"id": str(skill.id), "name": skill.name, "onlineAgents": str(online)})
    return seat.tell("transfer", {"skill": skills})


@in_chat
def tell_survey(seat: Seat, chat: Chat) -> Answer:
    """Resource 22: only an XML form is documented, so XML it is, whatever was accepted."""
    return present_xml({"survey": chat.story.survey})


def refuse_to_act(ask: Ask) -> Answer:
    """Resources 4, 9, 14, 19, 21, 23: this stand-in never acts on a chat; the log shows that somebody tried."""
    site = check_in(ask)
    return site if isinstance(site, Answer) else Answer(status=ask.choices.act_status, headers=ACTED)


def _read_number(text: str | None) -> int | None:
    """The event id, 0 where none is given, None where it is no number."""
    if not text:
        return 0
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
