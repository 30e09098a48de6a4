"""Who works here: invented agents, their skills, and when they are at their desks (contract 7.6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

OFFLINE: Final = 1
ONLINE: Final = 2
OCCUPIED: Final = 3
AWAY: Final = 4
STATES: Final = {"Offline": OFFLINE, "Online": ONLINE, "Occupied": OCCUPIED, "Away": AWAY}
UNLIMITED: Final = -1
SHIFT_MS: Final = 60_000


@dataclass(frozen=True, slots=True)
class Skill:
    """What a chat can be about."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """One agent. `shifts` are states, a minute each, over and over; `chats` is how many they always have."""

    id: int
    name: str
    nickname: str
    skills: tuple[Skill, ...] = ()
    group: tuple[int, str] = (-1, "Main Group")
    max_chats: int = UNLIMITED
    chats: int = 0
    shifts: tuple[int, ...] = (ONLINE,)

    def state_at(self, now_ms: int) -> int:
        """The code of the state they are in."""
        return self.shifts[now_ms // SHIFT_MS % len(self.shifts)]

    def elapsed_ms(self, now_ms: int) -> int:
        """How long they have been in it; one who is always there came at midnight."""
        return now_ms % (SHIFT_MS if len(set(self.shifts)) > 1 else 24 * 60 * SHIFT_MS)

    def free_slots(self, now_ms: int) -> int:
        """How many more chats they could take now, UNLIMITED where nobody counts."""
        if self.state_at(now_ms) != ONLINE:
            return 0
        return UNLIMITED if self.max_chats == UNLIMITED else max(0, self.max_chats - self.chats)


SALES: Final = Skill(25975313, "Sales")
BILLING: Final = Skill(26060413, "Billing")
BOOKINGS: Final = Skill(26077613, "Bookings")
LENDING: Final = Skill(26081113, "Lending")
SKILLS: Final = (SALES, BILLING, BOOKINGS, LENDING)

FRONT: Final = (26432513, "Front desk")

NATALIE: Final = Agent(
    id=25025413, name="Natalie Brandt", nickname="Natalie", skills=(SALES, BOOKINGS), group=FRONT, max_chats=4, chats=2
)
IDRIS: Final = Agent(
    id=26559413, name="Idris Okafor", nickname="Idris", skills=(BOOKINGS,), group=FRONT, max_chats=3, chats=1
)
MEI: Final = Agent(
    id=26621513,
    name="Mei Lindqvist",
    nickname="Mei",
    skills=(BILLING, SALES, LENDING),
    group=FRONT,
    max_chats=3,
    chats=1,
    shifts=(ONLINE, ONLINE, AWAY, ONLINE, OCCUPIED),
)
AUGUSTO: Final = Agent(id=26663513, name="Augusto Prandi", nickname="Augusto", max_chats=0, shifts=(OFFLINE,))
ROSALIND: Final = Agent(id=26699013, name="Rosalind Achterberg", nickname="Roz", skills=(LENDING,), max_chats=UNLIMITED)
AGENTS: Final = (NATALIE, IDRIS, MEI, AUGUSTO, ROSALIND)


def find_agents(*, skill: str | None = None) -> tuple[Agent, ...]:
    """Everybody, or whoever has the skill of that name."""
    return tuple(agent for agent in AGENTS if skill is None or skill in {each.name for each in agent.skills})


def sum_slots(agents: tuple[Agent, ...], now_ms: int) -> int:
    """The free slots of all of them together; one who is unlimited makes it UNLIMITED."""
    slots = [agent.free_slots(now_ms) for agent in agents]
    return UNLIMITED if UNLIMITED in slots else sum(slots)
