"""Who could take a chat: agents, their availability and skills (contract 7.6)."""

from __future__ import annotations

from lpcontext.chats.codes import PRESENCES
from lpcontext.chats.model import Availability, AvailableAgent, Skill
from lpcontext.reading import SHORT_TEXT_LIMIT, Reader

_NO_SKILL = Skill()
_MOST_SKILLS = 1_000


def read_available_agents(response: Reader) -> tuple[AvailableAgent, ...]:
    return tuple(_read_agent(agent) for agent in response.child_or_empty("agents").children("agent"))


def _read_agent(agent: Reader) -> AvailableAgent:
    return AvailableAgent(
        id=agent.text("id"),
        user_name=agent.text("userName", limit=SHORT_TEXT_LIMIT),
        nickname=agent.text("nickname", limit=SHORT_TEXT_LIMIT),
        email=agent.text("email", limit=SHORT_TEXT_LIMIT),
        privilege_group=agent.text("privilegeGroup", limit=SHORT_TEXT_LIMIT),
        availability=Availability(chat=_read_presence(agent, "chatState"), voice=_read_presence(agent, "voiceState")),
        max_chats=agent.integer("maxChats"),
        chat_count=agent.integer("chats"),
        skills=_read_skills(agent),
        group_id=agent.text("agentGroupId"),
        group_name=agent.text("agentGroupName", limit=SHORT_TEXT_LIMIT),
        elapsed_in_state=agent.number("elapsedTimeInState"),
    )


def _read_presence(agent: Reader, name: str) -> str | None:
    """Online, Away …, which LivePerson sends as a word or as a code; unknown codes stay codes."""
    presence = agent.text(name)
    return PRESENCES.get(presence, presence) if presence else None


def _read_skills(agent: Reader) -> tuple[Skill, ...]:
    """The skills that come with their names, then any that comes by its id alone."""
    named = tuple(
        skill
        for item in agent.child_or_empty("skillsInfo").children("skillInfo", most=_MOST_SKILLS)
        if (skill := _read_skill(item)) != _NO_SKILL
    )
    known = {skill.id for skill in named}
    ids = agent.child_or_empty("skills").texts("skill", most=_MOST_SKILLS)
    return named + tuple(Skill(id=id_) for id_ in ids if id_ not in known)


def _read_skill(skill: Reader) -> Skill:
    return Skill(id=skill.text("id"), name=skill.text("name", limit=SHORT_TEXT_LIMIT))
