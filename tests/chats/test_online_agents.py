"""Who of the agents could take a chat now."""

from __future__ import annotations

from lpcontext.chats.model import Availability, AvailableAgent, Skill
from lpcontext.chats.online_agents import find_online_agents
from tests.chats.responses import parse_documented


def agent(id_: str, presence: str | None, *skills: Skill) -> AvailableAgent:
    return AvailableAgent(id=id_, availability=Availability(chat=presence), skills=skills)


SALES, BILLING = Skill(id="1", name="Sales"), Skill(id="2")
AGENTS = (
    agent("a", "Online", SALES),
    agent("b", "Online", BILLING),
    agent("c", "Occupied", SALES),
    agent("d", "Away", SALES),
    agent("e", None, SALES),
    agent("f", "Online"),
)


def ids(agents: tuple[AvailableAgent, ...]) -> list[str | None]:
    return [found.id for found in agents]


def test_only_agents_online_could_take_a_chat() -> None:
    assert ids(find_online_agents(AGENTS)) == ["a", "b", "f"]


def test_a_skill_is_known_by_its_id_or_its_name() -> None:
    assert ids(find_online_agents(AGENTS, skill_id="1")) == ["a"]
    assert ids(find_online_agents(AGENTS, skill_name="Sales")) == ["a"]
    assert ids(find_online_agents(AGENTS, skill_id="2", skill_name="Sales")) == ["a", "b"]
    assert ids(find_online_agents(AGENTS, skill_name="Support")) == []


def test_of_the_documented_agents_one_is_online() -> None:
    agents = parse_documented("available-agents-mixed-shapes-doc.json")

    assert ids(find_online_agents(agents, skill_name="Billing")) == ["25025413"]
