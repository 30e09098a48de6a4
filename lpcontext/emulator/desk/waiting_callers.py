"""Who waits for an agent, and which visit or chat each of them means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from ..chats import STORIES
from ..fault_kinds import activate_fault
from ..state import EmulatorState
from ..worlds import WORLDS, Caller, fixed_ids

GARBLED_ID: Final = "visitor-id-of-another-kind-" * 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What a call is about. What the web site hands to the CRM (`subject`), and which of it trouble can affect."""

    subject: Mapping[str, str]
    visitor_id: str | None
    chat_id: str | None = None


@dataclass(frozen=True, slots=True)
class WaitingCaller:
    """One person who waits: about a visit in this world, or else about a chat with this story.

    `trouble` says what is wrong with the visit, where something is.
    """

    name: str
    caller: Caller
    world: str = ""
    trouble: Literal["", "gone", "leaving", "garbled", "down"] = ""
    story: str = ""

    @property
    def fault(self) -> str | None:
        """The fault on this caller's visit from the start."""
        return {"leaving": "ended", "down": "503"}.get(self.trouble)


_TROUBLED: Final = (
    WaitingCaller(
        "leaving",
        Caller(
            name="Jonas Weidmann",
            phone="+49 30 5550 0418",
            about="Will close his browser",
            email="jonas@weidmann.example",
            city="Berlin, Germany",
            notes="Trouble on purpose: his session ends after the first look.",
        ),
        "checkout",
        "leaving",
    ),
    WaitingCaller(
        "down",
        Caller(
            name="Aiko Tanabe",
            phone="+81 3 4510 0122",
            about="Calls while LivePerson is down",
            email="aiko@tanabe.example",
            city="Tokyo, Japan",
            notes="Trouble on purpose: LivePerson answers 503 for her.",
        ),
        "vip",
        "down",
    ),
    WaitingCaller(
        "gone",
        Caller(
            name="Inês Valadares",
            phone="+351 213 450 077",
            about="Calls back, session is gone",
            email="ines@valadares.example",
            city="Porto, Portugal",
            notes="Trouble on purpose: LivePerson no longer knows her session.",
        ),
        "checkout",
        "gone",
    ),
    WaitingCaller(
        "garbled",
        Caller(
            name="Priit Tamm",
            phone="+372 5555 0190",
            about="Web site passed a garbled id",
            email="priit@tamm.example",
            city="Tartu, Estonia",
            notes="Trouble on purpose: the visitor id is of another kind.",
        ),
        "checkout",
        "garbled",
    ),
)


def list_callers() -> list[dict[str, Any]]:
    """Everybody waiting, as the desk's page wants to know them."""
    return [
        {"id": waiting.name, "troubled": bool(waiting.trouble), **asdict(waiting.caller)} for waiting in _list_waiting()
    ]


def find_waiting_caller(name: str) -> WaitingCaller | None:
    return next((waiting for waiting in _list_waiting() if waiting.name == name), None)


def place_call(state: EmulatorState, waiting: WaitingCaller, account_id: str) -> Placed:
    """What this call is about; a caller in a chat has just begun it."""
    if waiting.story:
        site = state.sites[account_id]
        with site.lock:
            chat = site.mint_chat(STORIES[waiting.story], now_ms=state.now_ms())
        return Placed(subject={"chatId": chat.chat_id}, visitor_id=chat.visitor_id, chat_id=chat.chat_id)
    visitor_id, session_id = place_ids(state, waiting, account_id)
    return Placed(subject={"visitorId": visitor_id, "sessionId": session_id}, visitor_id=visitor_id)


def place_ids(state: EmulatorState, waiting: WaitingCaller, account_id: str) -> tuple[str, str]:
    """The visitor and session id the web site handed to the call; a visit that has grown too old begins anew."""
    world = WORLDS[waiting.world]
    visitor_id, session_id = fixed_ids(world)
    site, now_ms = state.sites[account_id], state.now_ms()
    if waiting.trouble == "garbled":
        return GARBLED_ID, session_id
    with site.lock:
        if not waiting.trouble and site.find_visit(visitor_id, session_id, now_ms=now_ms):
            return visitor_id, session_id
        if not waiting.trouble and (newest := site.newest_visit_of(visitor_id, now_ms=now_ms)):
            return newest.visitor_id, newest.session_id
        visit = site.mint_visit(world, now_ms=now_ms, visitor_id=None if waiting.trouble else visitor_id)
        if waiting.trouble == "gone":
            site.end_visit(visit)
    if waiting.fault:
        activate_fault(state.faults, waiting.fault, visitor=visit.visitor_id, account=account_id)
    return visit.visitor_id, visit.session_id


def _list_waiting() -> tuple[WaitingCaller, ...]:
    on_visits = [WaitingCaller(world.name, world.caller, world.name) for world in WORLDS.values() if world.caller]
    in_chats = [WaitingCaller(story.name, story.caller, story=story.name) for story in STORIES.values() if story.caller]
    return (*on_visits, *in_chats, *_TROUBLED)
