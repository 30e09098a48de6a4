"""The chats' part of the control API, under `/emulator/chats`.

    GET    /emulator/chats                the chats there are
    POST   /emulator/chats                {"story": "chatting", "account": …, "frozen": true} → 201 with fresh ids
    GET    /emulator/chats/{chatId}       one of them
    POST   /emulator/chats/{chatId}       any of {"line": {"text", "source"?, "textType"?, "by"?, "subType"?}},
                                          {"system": {"id": 13, "text"}}, {"typing": {"visitor": true}},
                                          {"event": {"@type", …}}, {"state": "ended"}, {"silent": true},
                                          {"frozen": true | false}
    DELETE /emulator/chats/{chatId}       forgets it: unknown from now on

A state set from here ends the story: what happens then is up to whoever set it. `silent` stops `lastUpdate`.
"""

from __future__ import annotations

from typing import Any, Final

from .bad_request import BadControlRequest
from .chats.chat import Chat
from .chats.stories import STORIES
from .messages import Request, Response, json_response
from .sites import Site
from .state import EmulatorState

STATES: Final = ("waiting", "chatting", "ended")
SOURCES: Final = ("agent", "visitor")


def respond_to_chat_control(
    state: EmulatorState, request: Request, path: list[str], body: dict[str, Any]
) -> Response | None:
    """Answer one request, None where there is no such control. Raises BadControlRequest."""
    match request.method, path:
        case "GET", []:
            return json_response(
                [describe_chat(site, chat) for site in state.sites.values() for chat in _all(state, site)]
            )
        case "POST", []:
            return _mint_chat(state, body)
        case (("GET" | "POST" | "DELETE"), [chat_id]):
            return _change_chat(state, request.method, chat_id, body)
    return None


def describe_chat(site: Site, chat: Chat) -> dict[str, Any]:
    return {
        "account": site.account.account_id,
        "story": chat.story.name,
        "chatId": chat.chat_id,
        "visitorId": chat.visitor_id,
        "sessionId": chat.session_id,
        "participantId": chat.participant_id,
        "state": chat.state,
        "events": len(chat.events),
        "frozen": chat.frozen_ms is not None,
    }


def _all(state: EmulatorState, site: Site) -> tuple[Chat, ...]:
    with site.lock:
        return site.chats.all(now_ms=state.now_ms())


def _mint_chat(state: EmulatorState, body: dict[str, Any]) -> Response:
    story = STORIES.get(str(body.get("story", "chatting")))
    site = state.sites.get(str(body.get("account", next(iter(state.sites)))))
    if story is None or site is None:
        raise BadControlRequest("There is no such story" if story is None else "There is no such account")
    with site.lock:
        chat = site.mint_chat(story, now_ms=state.now_ms())
        chat.advance(state.now_ms())
        if body.get("frozen"):
            chat.freeze(state.now_ms())
        return json_response(describe_chat(site, chat), status=201)


def _change_chat(state: EmulatorState, method: str, chat_id: str, body: dict[str, Any]) -> Response:
    now_ms = state.now_ms()
    for site in state.sites.values():
        with site.lock:
            chat = site.chats.find(chat_id, now_ms=now_ms)
            if chat is None:
                continue
            if method == "DELETE":
                site.chats.forget(chat)
            elif method == "POST":
                _change(chat, body, now_ms)
            return json_response(describe_chat(site, chat))
    return json_response({"error": "There is no such chat"}, status=404)


def _change(chat: Chat, body: dict[str, Any], now_ms: int) -> None:
    chat.interrupt(now_ms)
    try:
        _apply_changes(chat, body, now_ms)
    except (KeyError, TypeError, AttributeError) as problem:
        raise BadControlRequest("This line, typing or event cannot be read") from problem
    if "frozen" in body:
        chat.freeze(now_ms) if body["frozen"] else chat.thaw()


def _apply_changes(chat: Chat, body: dict[str, Any], now_ms: int) -> None:
    for side, types in body.get("typing", {}).items():
        chat.set_typing(_read_word(side, SOURCES), bool(types))
    if "line" in body:
        line = body["line"]
        chat.say(
            _read_word(line.get("source", "visitor"), SOURCES),
            line["text"],
            text_type=line.get("textType", "plain"),
            by=line.get("by"),
            sub_type=line.get("subType", "REGULAR"),
            at_ms=now_ms,
        )
    if "system" in body:
        chat.announce(body["system"]["id"], body["system"]["text"], at_ms=now_ms)
    if "event" in body:
        chat.add_event(dict(body["event"]), at_ms=now_ms)
    if body.get("silent"):
        chat.fall_silent(at_ms=now_ms)
    if "state" in body:
        chat.end_story()
        chat.enter(_read_word(body["state"], STATES), at_ms=now_ms)


def _read_word(word: Any, words: tuple[str, ...]) -> Any:
    if word not in words:
        raise BadControlRequest(f"Say one of: {', '.join(words)}")
    return word
