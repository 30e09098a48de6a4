"""Who of the agents could take a chat now."""

from __future__ import annotations

from collections.abc import Iterable

from lpcontext.chats.model import AvailableAgent

_ONLINE = "Online"


def find_online_agents(
    agents: Iterable[AvailableAgent], *, skill_id: str | None = None, skill_name: str | None = None
) -> tuple[AvailableAgent, ...]:
    """The agents online, and with this skill where one is given: LivePerson lists every enabled agent (contract 7.6).

    Occupied agents are none of them, for they take only transferred chats.
    """
    return tuple(
        agent
        for agent in agents
        if agent.availability.chat == _ONLINE and _has_skill(agent, skill_id=skill_id, skill_name=skill_name)
    )


def _has_skill(agent: AvailableAgent, *, skill_id: str | None, skill_name: str | None) -> bool:
    if skill_id is None and skill_name is None:
        return True
    return any(
        (skill_id is not None and skill.id == skill_id) or (skill_name is not None and skill.name == skill_name)
        for skill in agent.skills
    )
