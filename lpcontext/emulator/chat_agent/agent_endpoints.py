"""The agent's own resources: the session, availability, colleagues, slots, participants (contract 7.4 to 7.8, 7.15)."""

from __future__ import annotations

from typing import Any

from ..call import Call
from ..chats.agents import OFFLINE, SKILLS, STATES, Agent, find_agents, sum_slots
from ..error_responses import refuse
from ..messages import Response
from .agent_call import COOKIE, AgentCall, authorize_account, build_session_url, read_bearer, requires_agent_session
from .chat_document import link
from .representation import render_document, render_xml, wants_xml

Document = dict[str, Any]

AVAILABILITY = {"chat": "Away", "voice": "Offline"}
LONGEST_WAIT_SECONDS = 86_400


def start_session(call: Call) -> Response:
    """Resource 1: 201 with the session's address; a cookie for this session alone, unless the request was signed."""
    site = authorize_account(call)
    if isinstance(site, Response):
        return site
    body = call.document()
    if not isinstance(body, dict) or not isinstance(body.get("loginData"), (str, dict)):
        return refuse(33, choices=call.choices, now_ms=call.now_ms, message="loginData")
    session = site.chats.start_session(bearer=read_bearer(call))
    document = {"agentSessionLocation": {"link": link(build_session_url(call, session), "location")}}
    response = render_document(call.request, document, choices=call.choices, status=201)
    # LivePerson's cookie is Secure as well; over plain http on loopback no client would send it back.
    cookie = f"{COOKIE}={session.cookie}; Path=/api/account/{call.account_id}/agentSession; HttpOnly"
    headers = (("Set-Cookie", cookie),) if session.cookie else ()
    return Response(status=201, body=response.body, content_type=response.content_type, headers=headers)


@requires_agent_session
def get_resources(agent_call: AgentCall) -> Response:
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
    content: Document = {"link": [link(f"{agent_call.href}{path}", rel) for path, rel in rels.items()]}
    if agent_call.request.parameter("data") == "true":
        content |= {"info": _describe_self(agent_call), "incoming-requests": {"ringingCount": "0"}}
    return agent_call.respond("agentSessionId", content)


@requires_agent_session
def get_availability(agent_call: AgentCall) -> Response:
    """Resource 3: nobody chats under the panel's own login."""
    return agent_call.respond("availability", AVAILABILITY)


@requires_agent_session
def get_available_agents(agent_call: AgentCall) -> Response:
    """Resource 5: every agent, or those with the skill and in the states asked for. Later polls are no deltas."""
    call, now_ms = agent_call.call, agent_call.now_ms
    wanted = [call.request.parameter(name) for name in ("chatState", "voiceState")]
    if any(word is not None and word not in STATES for word in wanted):
        return agent_call.refuse(33, "chatState, voiceState")
    chat_state, voice_state = (STATES.get(word or "") for word in wanted)
    agents = [
        _describe_agent(agent, now_ms)
        for agent in find_agents(skill=call.request.parameter("skill"))
        if chat_state in (None, agent.state_at(now_ms)) and voice_state in (None, OFFLINE)
    ]
    onwards = link(f"{agent_call.href}/availableAgents?timeStamp={now_ms}", "next")
    return agent_call.respond("availableAgents", {"agents": {"agent": agents}, "link": onwards})


@requires_agent_session
def get_available_slots(agent_call: AgentCall) -> Response:
    """Resource 6: how many more chats the skill, or the agent, could take."""
    request, now_ms = agent_call.request, agent_call.now_ms
    patience, agent_id = request.parameter("maxWaitTime") or "0", request.parameter("agent")
    if not (patience.isascii() and patience.isdigit()) or int(patience) > LONGEST_WAIT_SECONDS:
        return agent_call.refuse(33, "maxWaitTime")
    agents = find_agents(skill=request.parameter("skill"))
    asked = tuple(agent for agent in agents if agent_id in (None, str(agent.id)))
    return agent_call.respond("availableSlots", sum_slots(asked, now_ms))


@requires_agent_session
def get_agent_info(agent_call: AgentCall) -> Response:
    """Resource 7: who this agent session is."""
    return agent_call.respond("info", _describe_self(agent_call))


@requires_agent_session
def get_incoming_requests(agent_call: AgentCall) -> Response:
    """Resource 8: nothing rings, ever; hence no link."""
    return agent_call.respond("incomingRequests", {"ringingCount": "0"})


@requires_agent_session
def get_participant(agent_call: AgentCall) -> Response:
    """Resource 24: who signed in under this id."""
    chat = agent_call.site.chats.find_participant(agent_call.call.names["participant"])
    if chat is None or chat.story.participant is None:
        return agent_call.refuse(agent_call.choices.unknown_chat_code, "Participant not found")
    known = chat.story.participant
    info = {"participantId": chat.participant_id} | known["authenticatedParticipantInfo"]
    document = known | {"authenticatedParticipantInfo": info}
    if wants_xml(agent_call.request):  # of which no form is printed; a root it must have
        return render_xml({"participantExtendedInfo": document})
    return render_document(agent_call.request, document, choices=agent_call.choices)


def _describe_self(agent_call: AgentCall) -> Document:
    name = agent_call.site.account.username
    return {
        "link": link(f"{agent_call.href}/info", "self"),
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
