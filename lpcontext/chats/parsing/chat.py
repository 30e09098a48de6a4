"""One chat in full, its halves alone, and several chats at once (contract 7.9 to 7.12)."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from lpcontext.chats.model import Chat, ChatResponse, ChatSession, Link, Transcript, Typing
from lpcontext.chats.parsing.errors import AnotherChat, UnreadableChat
from lpcontext.chats.parsing.events import read_transcript
from lpcontext.chats.parsing.info import INFO_FIELDS, read_info, read_typing
from lpcontext.chats.parsing.links import find_last_segment, find_link, find_next_page, read_links
from lpcontext.chats.parsing.spelling import Parsed, ResponseReader
from lpcontext.reading import LINE_LIMIT, Reader
from lpcontext.subjects import is_wellformed_chat_id

_MOST_CHATS = 500


@dataclass(frozen=True, slots=True)
class ParsedChat:
    """A chat, and the paths of what had to be dropped from the answer: sorted, each once, without any value."""

    response: ChatResponse
    drift: tuple[str, ...]

    @property
    def chat(self) -> Chat:
        return self.response.chat

    @property
    def transcript(self) -> Transcript:
        return self.response.transcript

    @property
    def links(self) -> tuple[Link, ...]:
        return self.response.links


def parse_chat(told: object, *, wanted: str | None = None) -> ParsedChat:
    """A chat's state and events (resource 11), out of decoded JSON or XML.

    Raises UnreadableChat; AnotherChat where it says that it is another chat than the wanted one.
    """
    opened = ResponseReader(told)
    chat = opened.body("chat", known={"info", "events"})
    if not chat.has_any("info", "events", "link"):
        raise UnreadableChat("the chat tells neither info nor events")
    response = _read_response(chat)
    if wanted is not None and response.chat.chat_id not in (None, wanted):
        raise AnotherChat("the answer is about another chat")
    return ParsedChat(response=response, drift=opened.drift)


def parse_chats(told: object) -> Parsed[tuple[ChatResponse, ...]]:
    """Several chats (resource 12), each of which says itself which chat it is. Raises UnreadableChat."""
    opened = ResponseReader(told)
    chats = opened.body("chats", known={"chat"}).parts("chat", most=_MOST_CHATS)
    return opened.parsed(tuple(_read_response(chat) for chat in chats))


def parse_chat_info(told: object) -> Parsed[Chat]:
    """A chat's state alone (resource 15). Raises UnreadableChat."""
    opened = ResponseReader(told)
    info = opened.body("info", known=INFO_FIELDS)
    if not info.has_any(*INFO_FIELDS):
        raise UnreadableChat("the info tells nothing of a chat")
    return opened.parsed(read_info(info))


def parse_chat_events(told: object) -> Parsed[Transcript]:
    """A chat's events alone (resource 13). Raises UnreadableChat."""
    opened = ResponseReader(told)
    return opened.parsed(read_transcript(opened.body("events", known={"event", "link"})))


def parse_chat_sessions(told: object) -> Parsed[tuple[ChatSession, ...]]:
    """The chats of this agent session (resource 10). Raises UnreadableChat."""
    opened = ResponseReader(told)
    sessions = opened.body("chatSessions", known={"chatSession"}).parts("chatSession", most=_MOST_CHATS)
    return opened.parsed(tuple(_read_session(session) for session in sessions))


def parse_typing(told: object) -> Parsed[Typing]:
    """Whether visitor or agent types (resources 17 and 18). Raises UnreadableChat."""
    opened = ResponseReader(told)
    name = next((name for name in ("visitorTyping", "agentTyping") if opened.top.has(name)), None)
    if name is None:
        raise UnreadableChat("the answer has neither visitorTyping nor agentTyping")
    return opened.parsed(read_typing(opened.top, name))


def parse_visitor_name(told: object) -> Parsed[str | None]:
    """The visitor's name (resource 16). Raises UnreadableChat."""
    opened = ResponseReader(told)
    return opened.parsed(opened.require("visitorName").text("visitorName", limit=LINE_LIMIT))


def _read_response(chat: Reader) -> ChatResponse:
    """A chat with its events; what info and events do not say of themselves, the links of the chat do."""
    links = read_links(chat)
    info, transcript = read_info(chat.inside("info")), read_transcript(chat.inside("events"))
    if info.chat_id is None:
        info = msgspec.structs.replace(info, chat_id=_id_of(links))
    following = find_next_page(links)
    if transcript.next_from is None and following is not None:
        transcript = msgspec.structs.replace(transcript, next_from=following.from_id)
    return ChatResponse(chat=info, transcript=transcript, links=links)


def _id_of(links: tuple[Link, ...]) -> str | None:
    """Which chat this is, by the address of the chat itself: one documented answer does not tell it elsewhere."""
    chat_id = find_last_segment(find_link(links, "self") or "")
    return chat_id if chat_id and is_wellformed_chat_id(chat_id) else None


def _read_session(session: Reader) -> ChatSession:
    return ChatSession(
        chat_id=session.text("chatSessionKey"),
        started_at_ms=session.instant("startTime"),
        links=read_links(session),
    )
