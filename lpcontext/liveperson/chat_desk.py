"""What an account's chats say (contract 7): one method for each thing we want to know, and none that acts on a chat."""

from __future__ import annotations

from collections.abc import Mapping

from lpcontext.liveperson.agent_session import AgentSessionDesk
from lpcontext.liveperson.answers import Told
from lpcontext.liveperson.chat_links import read_next
from lpcontext.liveperson.errors import ChatNotFound, RequestRejected
from lpcontext.liveperson.paths import encode_segment, encode_value
from lpcontext.liveperson.reasons import Reason

# So many keys of some 60 characters, with their numbers, stay well below what servers take as an address.
CHATS_AT_ONCE = 50


class ChatDesk:
    """What is told is not looked into: decoded JSON of either key style (7.2), or XML where LivePerson insists on it.

    Every method raises LivePersonError. Those that name a chat raise ChatNotFound also, unasked, for an id that fits in
    no address. The agent session it takes is started when it is needed and shared by all workers.
    """

    def __init__(self, account_id: str, *, sessions: AgentSessionDesk) -> None:
        self._account_id = account_id
        self._sessions = sessions

    def chat(self, chat_id: str, *, from_event: int | None = None, next_href: str | None = None) -> Told:
        """Links, events and info of one chat (resource 11), its events from the `from_event`-th on, which is included.

        A `next_href` that leads to this chat goes before (7.10); of any other nothing is taken.
        """
        return self._ask("chat", _path_of("chat", chat_id), self._paging(chat_id, from_event, next_href))

    def chats(self, from_events: Mapping[str, int | None]) -> Told:
        """The same of several chats (resource 12): the id of each, and its first event wanted, None for all.

        Of CHATS_AT_ONCE at most: raises ValueError for more, and for none. What becomes of the others when one of them
        is unknown is not documented: it may be left out of the answer, or be the ChatNotFound of all.
        """
        if not 0 < len(from_events) <= CHATS_AT_ONCE:
            raise ValueError(f"one to {CHATS_AT_ONCE} chats can be asked for at once")
        keys = [_encode_id("chats", chat_id) for chat_id in from_events]
        firsts = [str(first or 0) for first in from_events.values()]
        return self._ask("chats", "chat", {"chatSessionKeys": ",".join(keys), "fromEventIds": ",".join(firsts)})

    def chat_events(self, chat_id: str, *, from_event: int | None = None, next_href: str | None = None) -> Told:
        """Only the events (resource 13); see `chat`."""
        path = f"{_path_of('chat events', chat_id)}/events"
        return self._ask("chat events", path, self._paging(chat_id, from_event, next_href))

    def chat_info(self, chat_id: str) -> Told:
        """Only the info (resource 15), which `sharkVisitorId` and `sharkSessionId` are part of."""
        return self._ask("chat info", f"{_path_of('chat info', chat_id)}/info")

    def survey(self, chat_id: str) -> Told:
        """The agent survey's structure and last known answers (resource 22), documented in XML only."""
        return self._ask("survey", f"{_path_of('survey', chat_id)}/survey")

    def available_agents(self, skill: str | None = None) -> Told:
        """Every enabled agent, of a skill by its name where one is told, online or not (resource 5)."""
        return self._ask("available agents", "availableAgents", _skill_query("available agents", skill))

    def available_slots(self, skill: str | None = None) -> Told:
        """How many more chats would be taken at once (resource 6); -1 is any number."""
        query = {**_skill_query("available slots", skill), "maxWaitTime": "0"}
        return self._ask("available slots", "chat/availableSlots", query)

    def agent_info(self) -> Told:
        """Who we are to the chat engine (resource 7)."""
        return self._ask("agent info", "info")

    def availability(self) -> Told:
        """Whether we are online ourselves (resource 3)."""
        return self._ask("availability", "availability")

    def participant(self, participant_id: str) -> Told:
        """What an SSO provider has said of a visitor (resource 24); the id is in the chat's info where there is one."""
        segment = encode_segment(participant_id)
        if segment is None:
            raise _not_sendable("participant")
        return self._ask("participant", f"participantExtendedInfo/{segment}")

    def leave(self) -> None:
        """To be called when nobody has watched a chat for a while: forgets the agent session, and logs out.

        Both are forgotten even when LivePersonError is raised; the next question begins anew.
        """
        self._sessions.leave()

    def _paging(self, chat_id: str, from_event: int | None, next_href: str | None) -> Mapping[str, str]:
        told = read_next(next_href, account_id=self._account_id, chat_id=chat_id) if next_href else None
        return told or ({} if from_event is None else {"from": str(from_event)})

    def _ask(self, operation: str, path: str, query: Mapping[str, str] | None = None) -> Told:
        return self._sessions.ask(operation, path, query or {})


def _path_of(operation: str, chat_id: str) -> str:
    return f"chat/{_encode_id(operation, chat_id)}"


def _encode_id(operation: str, chat_id: str) -> str:
    segment = encode_segment(chat_id)
    if segment is None or ("," in chat_id and operation == "chats"):
        raise ChatNotFound(operation=operation, service="agentVep")
    return segment


def _skill_query(operation: str, skill: str | None) -> dict[str, str]:
    name = encode_value(skill) if skill else ""
    if name is None:
        raise _not_sendable(operation)
    return {"skill": name} if name else {}


def _not_sendable(operation: str) -> RequestRejected:
    return RequestRejected(operation=operation, service="agentVep", reason=Reason.NOT_SENDABLE)
