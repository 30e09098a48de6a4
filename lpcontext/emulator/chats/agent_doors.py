"""The agent's own resources: the session, availability, colleagues, slots, participants (contract 7.4 to 7.8, 7.15)."""

from __future__ import annotations

from typing import Any

from ..messages import Answer
from ..refusals import refuse
from ..stage import Ask
from .gate import COOKIE, Seat, check_in, locate, read_bearer, seated
from .markup import present, present_xml, wants_xml
from .shape import link
from .staff import OFFLINE, SKILLS, STATES, Agent, find_agents, sum_slots

Document = dict[str, Any]

AVAILABILITY = {"chat": "Away", "voice": "Offline"}
LONGEST_WAIT_SECONDS = 86_400


def start_session(ask: Ask) -> Answer:
    """Resource 1: 201 with the session's address; a cookie for this session alone, unless the request was signed."""
    site = check_in(ask)
    if isinstance(site, Answer):
        return site
    body = ask.document()
    if not isinstance(body, dict) or not isinstance(body.get("loginData"), (str, dict)):
        return refuse(33, choices=ask.choices, now_ms=ask.now_ms, message="loginData")
    session = site.chats.start_session(bearer=read_bearer(ask))
    document = {"agentSessionLocation": {"link": link(locate(ask, session), "location")}}
    answer = present(ask.request, document, choices=ask.choices, status=201)
    # LivePerson's cookie is Secure as well; over plain http on loopback no client would send it back.
    cookie = f"{COOKIE}={session.cookie}; Path=/api/account/{ask.account_id}/agentSession; HttpOnly"
    headers = (("Set-Cookie", cookie),) if session.cookie else ()
    return Answer(status=201, body=answer.body, content_type=answer.content_type, headers=headers)


@seated
def tell_resources(seat: Seat) -> Answer:
    """Resource 2: the links; with `data=true` the agent and what rings as well."""
    rels = {
        "": "self",
        "/availability": "availability",
        "/incomingRequests": "incoming-requests",
        "/info": "info",
        "/availableAgents": "available-agents",
        "/chat/availableSlots": "chat-available-slots",
        "/chatSessions": "chat-sessions",
    }
    content: Document = {"link": [link(f"{seat.href}{path}", rel) for path, rel in rels.items()]}
    if seat.ask.request.parameter("data") == "true":
        content |= {"info": _describe_self(seat), "incoming-requests": {"ringingCount": "0"}}
    return seat.tell("agentSessionId", content)


@seated
def tell_availability(seat: Seat) -> Answer:
    """Resource 3: nobody chats under the panel's own login."""
    return seat.tell("availability", AVAILABILITY)


@seated
def tell_agents(seat: Seat) -> Answer:
    """Resource 5: every agent, or those with the skill and in the states asked for. Later polls are no deltas."""
    ask, now_ms = seat.ask, seat.ask.now_ms
    wanted = [ask.request.parameter(name) for name in ("chatState", "voiceState")]
    if any(word is not None and word not in STATES for word in wanted):
        return seat.refuse(33, "chatState, voiceState")
    chat_state, voice_state = (STATES.get(word or "") for word in wanted)
    agents = [
        _describe_agent(agent, now_ms)
        for agent in find_agents(skill=ask.request.parameter("skill"))
        if chat_state in (None, agent.state_at(now_ms)) and voice_state in (None, OFFLINE)
    ]
    onwards = link(f"{seat.href}/availableAgents?timeStamp={now_ms}", "next")
    return seat.tell("availableAgents", {"agents": {"agent": agents}, "link": onwards})


@seated
def tell_slots(seat: Seat) -> Answer:
    """Resource 6: how many more chats the skill, or the agent, could take."""
    request, now_ms = seat.ask.request, seat.ask.now_ms
    patience, agent_id = request.parameter("maxWaitTime") or "0", request.parameter("agent")
    if not (patience.isascii() and patience.isdigit()) or int(patience) > LONGEST_WAIT_SECONDS:
        return seat.refuse(33, "maxWaitTime")
    agents = find_agents(skill=request.parameter("skill"))
    asked = tuple(agent for agent in agents if agent_id in (None, str(agent.id)))
    return seat.tell("availableSlots", sum_slots(asked, now_ms))


@seated
def tell_self(seat: Seat) -> Answer:
    """Resource 7: who this agent session is."""
    return seat.tell("info", _describe_self(seat))


@seated
def tell_incoming(seat: Seat) -> Answer:
    """Resource 8: nothing rings, ever; hence no link."""
    return seat.tell("incomingRequests", {"ringingCount": "0"})


@seated
def tell_participant(seat: Seat) -> Answer:
    """Resource 24: who signed in under this id."""
    chat = seat.site.chats.find_participant(seat.ask.names["participant"])
    if chat is None or chat.story.participant is None:
        return seat.refuse(seat.ask.choices.unknown_chat_code, "Participant not found")
    known = chat.story.participant
    info = {"participantId": chat.participant_id} | known["authenticatedParticipantInfo"]
    document = known | {"authenticatedParticipantInfo": info}
    if wants_xml(seat.ask.request):  # of which no form is printed; a root it must have
        return present_xml({"participantExtendedInfo": document})
    return present(seat.ask.request, document, choices=seat.ask.choices)


def _describe_self(seat: Seat) -> Document:
    name = seat.site.account.username
    return {
        "link": link(f"{seat.href}/info", "self"),
        "agentName": name,
        "displayName": name,
        "loginName": name,
        "id": "25025414",
        "maxChats": "0",
        "availability": AVAILABILITY,
        "skillsInfo": {"skillInfo": [{"id": str(skill.id), "name": skill.name} for skill in SKILLS]},
    }


def _describe_agent(agent: Agent, now_ms: int) -> Document:
    """Numbers as strings, as printed; skills are an array, one word, or null."""
    group_id, group_name = agent.group
    skills = [str(skill.id) for skill in agent.skills]
    infos = [{"id": str(skill.id), "name": skill.name} for skill in agent.skills]
    return {
        "@id": str(agent.id),
        "@chatState": str(agent.state_at(now_ms)),
        "@voiceState": str(OFFLINE),
        "@maxChats": str(agent.max_chats),
        "userName": agent.name,
        "nickname": agent.nickname,
        "email": f"{agent.nickname.lower()}@desk.example",
        "privilegeGroup": "agents",
        "skills": {"skill": skills} if skills else None,
        "chats": agent.chats,
        "skillsInfo": {"skillInfo": infos} if infos else None,
        "agentGroupName": group_name,
        "agentGroupId": str(group_id),
        "elapsedTimeInState": str(agent.elapsed_ms(now_ms)),
    }
