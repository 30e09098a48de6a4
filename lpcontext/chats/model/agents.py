"""The agents of an account, and whether they take chats."""

from __future__ import annotations

from lpcontext.chats.model.value import ChatValue

UNLIMITED = -1
"""What LivePerson says of an agent who may take any number of chats, and of slots without end (contract 0.4)."""


class Skill(ChatValue, frozen=True):
    id: str | None = None
    name: str | None = None


class Availability(ChatValue, frozen=True):
    """Whether an agent takes chats and calls: Online, Away, Occupied (only transferred chats), Offline."""

    chat: str | None = None
    voice: str | None = None


class AvailableAgent(ChatValue, frozen=True):
    """One enabled agent, online or not. `max_chats` may be UNLIMITED; `elapsed_in_state` comes without a unit."""

    id: str | None = None
    user_name: str | None = None
    nickname: str | None = None
    email: str | None = None
    privilege_group: str | None = None
    availability: Availability = Availability()
    max_chats: int | None = None
    chat_count: int | None = None
    skills: tuple[Skill, ...] = ()
    group_id: str | None = None
    group_name: str | None = None
    elapsed_in_state: float | None = None
