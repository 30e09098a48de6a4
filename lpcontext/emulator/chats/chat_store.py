"""The chats of one account, and its agent sessions. Whoever holds the account's lock may touch them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Final

from .chat import Chat

CHATS_KEPT: Final = 5_000
SESSIONS_KEPT: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentSession:
    """One login into the chat engine. One that was started by a signed request has neither bearer nor cookie."""

    id: str
    bearer: str | None = field(repr=False)
    cookie: str | None = field(repr=False)


class ChatStore:
    """What the chat engine remembers."""

    def __init__(self) -> None:
        self._chats: dict[str, Chat] = {}
        self._sessions: dict[str, AgentSession] = {}

    def add(self, chat: Chat) -> None:
        self._chats[chat.chat_id] = chat
        while len(self._chats) > CHATS_KEPT:
            self._chats.pop(next(iter(self._chats)))

    def find(self, chat_id: str, *, now_ms: int) -> Chat | None:
        """The chat as it is now."""
        chat = self._chats.get(chat_id)
        if chat is not None:
            chat.advance(now_ms)
        return chat

    def find_participant(self, participant_id: str) -> Chat | None:
        """The chat of whoever signed in under this id."""
        return next((chat for chat in self._chats.values() if chat.participant_id == participant_id), None)

    def forget(self, chat: Chat) -> None:
        """The chat is unknown from now on."""
        self._chats.pop(chat.chat_id, None)

    def all(self, *, now_ms: int) -> tuple[Chat, ...]:
        for chat in self._chats.values():
            chat.advance(now_ms)
        return tuple(self._chats.values())

    def start_session(self, *, bearer: str | None) -> AgentSession:
        """Start an agent session; earlier ones live on."""
        session_id = str(100_000_000 + secrets.randbelow(900_000_000))
        cookie = None if bearer is None else secrets.token_hex(16)
        session = AgentSession(id=session_id, bearer=bearer, cookie=cookie)
        self._sessions[session_id] = session
        while len(self._sessions) > SESSIONS_KEPT:
            self._sessions.pop(next(iter(self._sessions)))
        return session

    def find_session(self, session_id: str) -> AgentSession | None:
        return self._sessions.get(session_id)

    def forget_session(self, session: AgentSession) -> None:
        self._sessions.pop(session.id, None)

    def forget_sessions(self) -> None:
        """Every agent session is unknown from now on."""
        self._sessions.clear()
