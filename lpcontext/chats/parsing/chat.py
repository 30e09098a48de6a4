"""One chat in full, and several chats at once (contract 7.9 to 7.11)."""

from __future__ import annotations

import msgspec

from lpcontext.chats.model import ChatResponse
from lpcontext.chats.parsing.errors import AnotherChat, UnreadableChat
from lpcontext.chats.parsing.events import read_transcript
from lpcontext.chats.parsing.info import read_info
from lpcontext.chats.parsing.links import Link, find_last_segment, find_link, find_next_event, read_links
from lpcontext.chats.parsing.spelling import Parsed, ResponseReader
from lpcontext.reading import Reader
from lpcontext.subjects import is_wellformed_chat_id

_MOST_CHATS = 500


def parse_chat(body: object, *, wanted: str | None = None) -> Parsed[ChatResponse]:
    """A chat's state and events (resource 11), out of decoded JSON or XML.

    Raises UnreadableChat; AnotherChat where it says that it is another chat than the wanted one.
    """
    response = ResponseReader(body)
    chat = response.find_object("chat", known={"info", "events"})
    if not chat.has_any("info", "events", "link"):
        raise UnreadableChat("the chat tells neither info nor events")
    found = _read_chat(chat)
    if wanted is not None and found.chat.chat_id not in (None, wanted):
        raise AnotherChat("the answer is about another chat")
    return response.parsed(found)


def parse_chats(body: object) -> Parsed[tuple[ChatResponse, ...]]:
    """Several chats (resource 12), each of which says itself which chat it is. Raises UnreadableChat."""
    response = ResponseReader(body)
    chats = response.find_object("chats", known={"chat"}).children("chat", most=_MOST_CHATS)
    return response.parsed(tuple(_read_chat(chat) for chat in chats))


def _read_chat(chat: Reader) -> ChatResponse:
    """A chat with its events; what info and events do not say of themselves, the links of the chat do."""
    links = read_links(chat)
    info, transcript = read_info(chat.child_or_empty("info")), read_transcript(chat.child_or_empty("events"))
    if info.chat_id is None:
        info = msgspec.structs.replace(info, chat_id=_find_id(links))
    if transcript.next_from is None:
        transcript = msgspec.structs.replace(transcript, next_from=find_next_event(links))
    return ChatResponse(chat=info, transcript=transcript)


def _find_id(links: tuple[Link, ...]) -> str | None:
    """Which chat this is, by the address of the chat itself: one documented body does not say it elsewhere."""
    chat_id = find_last_segment(find_link(links, "self") or "")
    return chat_id if chat_id and is_wellformed_chat_id(chat_id) else None
