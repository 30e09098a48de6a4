"""What an account's chats say (contract 7): one method for each thing we want to know, and none that acts on a chat."""

from __future__ import annotations

from collections.abc import Mapping

from lpcontext.liveperson.auth.shared_agent_session import SharedAgentSession
from lpcontext.liveperson.errors import ChatNotFound, RequestRejected
from lpcontext.liveperson.http.encoding import encode_segment, encode_value
from lpcontext.liveperson.reasons import Reason
from lpcontext.liveperson.responses.reading import ResponseBody

# So many keys of some 60 characters, with their numbers, stay well below what servers take as an address.
CHATS_AT_ONCE = 50


class ChatAgentClient:
    """What comes back is not looked into: decoded JSON of either key style (7.2), or XML where LivePerson insists.

    Every method raises LivePersonError. Those that name a chat raise ChatNotFound also, unasked, for an id that fits in
    no address. The agent session it takes is started when it is needed and shared by all workers.
    """

    def __init__(self, session: SharedAgentSession) -> None:
        self._session = session

    def chat(self, chat_id: str, *, from_event: int | None = None) -> ResponseBody:
        """Links, events and info of one chat (resource 11), its events from the `from_event`-th on, and that one."""
        return self._ask("chat", _path_of("chat", chat_id), {} if from_event is None else {"from": str(from_event)})

    def chats(self, from_events: Mapping[str, int | None]) -> ResponseBody:
        """The same of several chats (resource 12): the id of each, and its first event wanted, None for all.

        Of CHATS_AT_ONCE at most: raises ValueError for more, and for none. What becomes of the others when one of them
        is unknown is not documented: it may be left out of the answer, or be the ChatNotFound of all.
        """
        if not 0 < len(from_events) <= CHATS_AT_ONCE:
            raise ValueError(f"one to {CHATS_AT_ONCE} chats can be asked for at once")
        keys = [_encode_id("chats", chat_id) for chat_id in from_events]
        firsts = [str(first or 0) for first in from_events.values()]
        return self._ask("chats", "chat", {"chatSessionKeys": ",".join(keys), "fromEventIds": ",".join(firsts)})

    def survey(self, chat_id: str) -> ResponseBody:
        """The agent survey's structure and last known answers (resource 22), documented in XML only."""
        return self._ask("survey", f"{_path_of('survey', chat_id)}/survey")

    def available_agents(self, skill: str | None = None) -> ResponseBody:
        """Every enabled agent, of a skill by its name where one is given, online or not (resource 5)."""
        return self._ask("available agents", "availableAgents", _skill_query("available agents", skill))

    def available_slots(self, skill: str | None = None) -> ResponseBody:
        """How many more chats would be taken at once (resource 6); -1 is any number."""
        query = {**_skill_query("available slots", skill), "maxWaitTime": "0"}
        return self._ask("available slots", "chat/availableSlots", query)

    def participant(self, participant_id: str) -> ResponseBody:
        """What an SSO provider has said of a visitor (resource 24); the id is in the chat's info where there is one."""
        segment = encode_segment(participant_id)
        if segment is None:
            raise _not_sendable("participant")
        return self._ask("participant", f"participantExtendedInfo/{segment}")

    def leave(self) -> None:
        """To be called when nobody has watched a chat for a while: forgets the agent session, and logs out.

        Both are forgotten even when LivePersonError is raised; the next request begins anew.
        """
        self._session.leave()

    def _ask(self, operation: str, path: str, query: Mapping[str, str] | None = None) -> ResponseBody:
        return self._session.ask(operation, path, query or {})


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
