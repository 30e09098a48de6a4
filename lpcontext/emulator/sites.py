"""Everything one account remembers: its visits, its chats, its logins, the nonces it has seen."""

from __future__ import annotations

import threading
from typing import Final

from .accounts import EmulatedAccount
from .chats import STORIES, Chat, Story, fixed_chat_ids
from .chats.chat_store import AgentSession, ChatStore
from .choices import Choices
from .ids import make_chat_id, make_session_id, make_visitor_id, shorten_session_id
from .logins import Logins
from .rng import seed_rng
from .signing import NonceStore, SigningKey
from .visit import Visit
from .worlds import WORLDS, World, fixed_ids

VISITS_KEPT: Final = 20_000


class Site:
    """One account's memory. Hold `lock` while touching it. Each world and story is there under lasting ids."""

    def __init__(self, account: EmulatedAccount, *, choices: Choices, seed: str, now_ms: int) -> None:
        self.account = account
        self.signing_key = SigningKey(
            app_key=account.app_key,
            secret=account.secret,
            access_token=account.access_token,
            access_token_secret=account.access_token_secret,
        )
        self.lock = threading.RLock()
        self.nonces = NonceStore()
        self.logins = Logins(seconds=choices.login_seconds)
        self.chats = ChatStore()
        self._choices = choices
        self._seed = f"{seed}:{account.account_id}"
        self._rng = seed_rng(self._seed)
        self._visits: dict[tuple[str, str], Visit] = {}
        for world in WORLDS.values():
            visitor_id, session_id = fixed_ids(world)
            self._begin(world, visitor_id=visitor_id, session_id=session_id, now_ms=now_ms)
        for story in STORIES.values():
            self._open(story, ids=fixed_chat_ids(story), now_ms=now_ms)

    def mint_visit(self, world: World, *, now_ms: int, visitor_id: str | None = None) -> Visit:
        """Begin a fresh visit that nobody else watches."""
        visitor_id = visitor_id or make_visitor_id(self._rng)
        session_id = make_session_id(self._rng)
        return self._begin(world, visitor_id=visitor_id, session_id=session_id, now_ms=now_ms)

    def mint_earlier_session(self, visit: Visit, world: World, *, now_ms: int) -> Visit:
        """Begin another session of the same visitor, of whom `visit` stays the newest one."""
        other = self.mint_visit(world, now_ms=now_ms, visitor_id=visit.visitor_id)
        key = (visit.visitor_id, shorten_session_id(visit.session_id))
        self._visits[key] = self._visits.pop(key)
        return other

    def mint_chat(self, story: Story, *, now_ms: int, began_ms: int | None = None) -> Chat:
        """Begin a fresh chat that nobody else watches, with a fresh visit where its story has one."""
        chat_id, visitor_id, session_id = (make(self._rng) for make in (make_chat_id, make_visitor_id, make_session_id))
        return self._open(story, ids=(chat_id, visitor_id, session_id), now_ms=now_ms, began_ms=began_ms)

    def find_visit(self, visitor_id: str, session_id: str, *, now_ms: int) -> Visit | None:
        """The visit as it is now; None where it never was, has ended or is older than LivePerson remembers."""
        visit = self._visits.get((visitor_id, shorten_session_id(session_id)))
        if visit is None or self._is_forgotten(visit, now_ms):
            return None
        visit.advance(now_ms)
        return visit

    def sessions_of(self, visitor_id: str, *, now_ms: int) -> list[Visit]:
        """The visitor's sessions that are still remembered, newest first."""
        sessions = [session for visitor, session in self._visits if visitor == visitor_id]
        found = (self.find_visit(visitor_id, session, now_ms=now_ms) for session in reversed(sessions))
        return [visit for visit in found if visit is not None]

    def newest_visit_of(self, visitor_id: str, *, now_ms: int) -> Visit | None:
        """The visitor's newest session that is still remembered."""
        return next(iter(self.sessions_of(visitor_id, now_ms=now_ms)), None)

    def end_visit(self, visit: Visit) -> None:
        """Forget the visit, as LivePerson does some time after the visitor has left."""
        self._visits.pop((visit.visitor_id, shorten_session_id(visit.session_id)), None)

    def all_visits(self) -> tuple[Visit, ...]:
        return tuple(self._visits.values())

    def find_agent_session(self, session_id: str, *, now_ms: int) -> AgentSession | None:
        """The agent session; None where it never was or its login has ended."""
        session = self.chats.find_session(session_id)
        if session is None or session.bearer is None or self.logins.knows(session.bearer, now_ms=now_ms):
            return session
        self.chats.forget_session(session)
        return None

    def _open(
        self, story: Story, *, ids: tuple[str, str | None, str | None], now_ms: int, began_ms: int | None = None
    ) -> Chat:
        chat_id, visitor_id, session_id = ids
        if story.world is None or visitor_id is None or session_id is None:
            visitor_id = session_id = None
        else:
            self._begin(WORLDS[story.world], visitor_id=visitor_id, session_id=session_id, now_ms=now_ms)
        chat = Chat(
            story=story,
            chat_id=chat_id,
            visitor_id=visitor_id,
            session_id=session_id,
            began_ms=now_ms - int(story.minutes_before * 60_000) if began_ms is None else began_ms,
            seed=self._seed,
        )
        self.chats.add(chat)
        return chat

    def _begin(self, world: World, *, visitor_id: str, session_id: str, now_ms: int) -> Visit:
        visit = Visit(
            world=world,
            visitor_id=visitor_id,
            session_id=session_id,
            began_ms=now_ms - int(world.minutes_before * 60_000),
            seed=self._seed,
        )
        self._visits[(visitor_id, shorten_session_id(session_id))] = visit
        self._forget_old_visits(now_ms)
        return visit

    def _forget_old_visits(self, now_ms: int) -> None:
        """Those nobody can ask for any more, oldest first; a visit begins at most minutes before the one after it."""
        while self._visits:
            key, oldest = next(iter(self._visits.items()))
            if len(self._visits) <= VISITS_KEPT and not self._is_forgotten(oldest, now_ms):
                return
            del self._visits[key]

    def _is_forgotten(self, visit: Visit, now_ms: int) -> bool:
        return now_ms - visit.began_ms > self._choices.session_seconds * 1000
