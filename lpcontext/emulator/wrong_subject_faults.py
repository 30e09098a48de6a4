"""Responses about somebody else, as a mixed-up cache or proxy gives them: honest in form, right for another request.

Only what would have been answered is mixed up; a refusal stays the refusal it is.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from .chats import STORIES, Chat
from .messages import Response
from .sites import Site
from .visit import Visit
from .visit_document import build_visit_document
from .worlds import WORLDS, World

if TYPE_CHECKING:
    from .call import Call
    from .faults import Fault, Proceed

# Two worlds with different people in them: whoever is asked about, one of them is somebody else's.
STRANGERS: Final = ("bank", "checkout")
# Two stories with different lines, in the same way, and when to have begun one so that there are some.
OTHER_STORIES: Final = ("documented", "chatting")
MINUTES_AGO: Final = 2.0


def answer_about_another_visit(fault: Fault, call: Call, proceed: Proceed) -> Response:
    """The state of another visit of the account, with another person's name in it."""
    site, visitor_id = call.site, call.visitor_id or ""
    asked = site.find_visit(visitor_id, call.session_id, now_ms=call.now_ms) if site else None
    if site is None or asked is None:
        return proceed(call)
    other = _find_session(site, asked, call) if fault.same_visitor else _find_stranger(site, asked, call)
    names = {**call.names, "visitor": other.visitor_id}
    return proceed(replace(call, names=names, session_id=other.session_id))


def answer_about_another_chat(fault: Fault, call: Call, proceed: Proceed) -> Response:
    """Another chat of the account, from its first event; among several, only the fault's own chat is mixed up."""
    mixed_up = tuple(chat_id for chat_id in call.chat_ids if fault.chat in (None, chat_id))
    if call.site is None or any(call.site.chats.find(each, now_ms=call.now_ms) is None for each in mixed_up):
        return proceed(call)
    others = _find_other_chats(call.site, mixed_up, call)
    chat_ids = tuple(others.get(chat_id, chat_id) for chat_id in call.chat_ids)
    names = {**call.names, "chat": chat_ids[0]} if "chat" in call.names else call.names
    return proceed(replace(call, names=names, chat_ids=chat_ids, from_first=True))


def _find_stranger(site: Site, asked: Visit, call: Call) -> Visit:
    """Any other visitor's visit that names somebody else; one is minted where there is none."""
    known = _people(asked, call)
    for visit in site.all_visits():
        if visit.world is asked.world or visit.visitor_id == asked.visitor_id:
            continue
        found = site.find_visit(visit.visitor_id, visit.session_id, now_ms=call.now_ms)
        if found is not None and _people(found, call) - known:
            return found
    return site.mint_visit(_choose_world(asked), now_ms=call.now_ms)


def _find_session(site: Site, asked: Visit, call: Call) -> Visit:
    """Any other session of the same visitor; one is minted where there is none."""
    sessions = site.sessions_of(asked.visitor_id, now_ms=call.now_ms)
    other = next((visit for visit in sessions if visit is not asked), None)
    return other or site.mint_earlier_session(asked, _choose_world(asked), now_ms=call.now_ms)


def _choose_world(asked: Visit) -> World:
    return next(WORLDS[name] for name in STRANGERS if WORLDS[name] is not asked.world)


def _people(visit: Visit, call: Call) -> set[str]:
    """Whoever the visit names, in all that is said about them."""
    state = build_visit_document(visit, now_ms=call.now_ms, absent=call.choices.absent_sections)
    sessions = state.get("appSessions", [state])
    return {json.dumps(session["personalInfo"]) for session in sessions if session.get("personalInfo")}


def _find_other_chats(site: Site, mixed_up: tuple[str, ...], call: Call) -> dict[str, str]:
    """For each chat one that nobody asked about, with other lines; they are minted where there are too few."""
    others: dict[str, str] = {}
    for chat_id in mixed_up:
        asked = site.chats.find(chat_id, now_ms=call.now_ms)
        taken = (*call.chat_ids, *others.values())
        candidates = (chat for chat in site.chats.all(now_ms=call.now_ms) if chat.chat_id not in taken)
        other = next((chat.chat_id for chat in candidates if _has_other_lines(chat, asked)), None)
        others[chat_id] = other or _mint_other(site, asked, call)
    return others


def _has_other_lines(chat: Chat, asked: Chat | None) -> bool:
    """The two stories, and no other: a long or a hostile chat would be a fault of its own."""
    is_other_story = chat.story.name in OTHER_STORIES and (asked is None or chat.story is not asked.story)
    return is_other_story and any(event["@type"] == "line" for event in chat.events)


def _mint_other(site: Site, asked: Chat | None, call: Call) -> str:
    name = next(name for name in OTHER_STORIES if asked is None or STORIES[name] is not asked.story)
    began_ms = call.now_ms - int(MINUTES_AGO * 60_000)
    return site.mint_chat(STORIES[name], now_ms=call.now_ms, began_ms=began_ms).chat_id
