"""Who could take a chat: agents, their availability and skills (contract 7.5 to 7.7)."""

from __future__ import annotations

from lpcontext.chats.codes import PRESENCES
from lpcontext.chats.model import AgentInfo, AgentSession, Availability, AvailableAgent, AvailableAgents, Skill
from lpcontext.chats.parsing.links import read_links
from lpcontext.reading import LINE_LIMIT, Reader

AGENT_FIELDS = frozenset({"agentName", "displayName", "loginName"})
AVAILABILITY_FIELDS = frozenset({"chat", "voice"})

_NO_AVAILABILITY = Availability()
_NO_SKILL = Skill()
_MOST_SKILLS = 1_000


def read_availability(told: Reader, *, chat: str = "chat", voice: str = "voice") -> Availability:
    """Chat and voice by these names, and the reason for being away where it is told beside them."""
    return Availability(
        chat=_read_presence(told, chat), voice=_read_presence(told, voice), reason_id=told.text("chatReasonId")
    )


def read_agent_info(info: Reader) -> AgentInfo:
    availability = read_availability(info.inside("availability"))
    if reason_id := info.text("chatReasonId"):
        availability = Availability(chat=availability.chat, voice=availability.voice, reason_id=reason_id)
    return AgentInfo(
        id=info.text("id"),
        agent_name=info.text("agentName", limit=LINE_LIMIT),
        display_name=info.text("displayName", limit=LINE_LIMIT),
        login_name=info.text("loginName", limit=LINE_LIMIT),
        max_chats=info.whole("maxChats"),
        availability=availability if availability != _NO_AVAILABILITY else None,
        skills=_read_skills(info),
    )


def read_agent_session(session: Reader) -> AgentSession:
    """The doors of an agent session; its ringing chats are spelled with a hyphen here, and without it elsewhere."""
    info = session.part("info")
    ringing = session.part("incoming-requests") or session.inside("incomingRequests")
    return AgentSession(
        links=read_links(session),
        agent=read_agent_info(info) if info else None,
        ringing_count=ringing.whole("ringingCount"),
    )


def read_available_agents(told: Reader) -> AvailableAgents:
    agents = told.inside("agents").parts("agent")
    return AvailableAgents(agents=tuple(_read_agent(agent) for agent in agents), links=read_links(told))


def read_transfer_skills(transfer: Reader) -> tuple[Skill, ...]:
    found = (_read_skill(skill) for skill in transfer.parts("skill", most=_MOST_SKILLS))
    return tuple(skill for skill in found if skill != _NO_SKILL)


def _read_agent(agent: Reader) -> AvailableAgent:
    return AvailableAgent(
        id=agent.text("id"),
        user_name=agent.text("userName", limit=LINE_LIMIT),
        nickname=agent.text("nickname", limit=LINE_LIMIT),
        email=agent.text("email", limit=LINE_LIMIT),
        privilege_group=agent.text("privilegeGroup", limit=LINE_LIMIT),
        availability=read_availability(agent, chat="chatState", voice="voiceState"),
        max_chats=agent.whole("maxChats"),
        chat_count=agent.whole("chats"),
        skills=_read_skills(agent),
        group_id=agent.text("agentGroupId"),
        group_name=agent.text("agentGroupName", limit=LINE_LIMIT),
        elapsed_in_state=agent.number("elapsedTimeInState"),
    )


def _read_presence(told: Reader, name: str) -> str | None:
    """Online, Away …, which one resource tells as a word and another as a code; unknown codes stay codes."""
    presence = told.text(name)
    return PRESENCES.get(presence, presence) if presence else None


def _read_skills(agent: Reader) -> tuple[Skill, ...]:
    """The skills with their names where these are told, then any that is told by its id alone."""
    named = tuple(
        skill
        for item in agent.inside("skillsInfo").parts("skillInfo", most=_MOST_SKILLS)
        if (skill := _read_skill(item)) != _NO_SKILL
    )
    known = {skill.id for skill in named}
    ids = agent.inside("skills").texts("skill", most=_MOST_SKILLS)
    return named + tuple(Skill(id=id_) for id_ in ids if id_ not in known)


def _read_skill(skill: Reader) -> Skill:
    return Skill(
        id=skill.text("id"), name=skill.text("name", limit=LINE_LIMIT), online_agents=skill.whole("onlineAgents")
    )
