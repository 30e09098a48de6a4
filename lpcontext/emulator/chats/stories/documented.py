"""The chat and the survey LivePerson prints in its own documentation, exactly, and for ever."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Any, Final

from ..chat import Chat, Story
from ..survey import ask_in_survey, make_survey

BODY: Final = Path(__file__).with_name("documented.json")
CHAT_ID: Final = "H2170755172687460894-b7d761017809489ea1a257461eb373eeK8457415"
IDS: Final = (CHAT_ID, "QzZDNhYTViMjA1OTJjN2Y5", "ttJpjOmRQ0adbOusBi5UlA")
OWN: Final = ("chatSessionKey", "sharkVisitorId", "sharkSessionId", "state", "agentTyping", "visitorTyping")


def read_documented() -> dict[str, Any]:
    """Events and info of "Retrieve Chat Resources, Events and Information"."""
    document: dict[str, Any] = json.loads(BODY.read_text(encoding="utf-8"))
    return document


def run_story(chat: Chat, rng: Random) -> Iterator[float]:
    """It is all there at once, with the times of 2018; a fresh copy has ids of its own."""
    sample = read_documented()
    for event in sample["events"]:
        chat.add_event(event)
    chat.state = "chatting"
    chat.facts = {name: value for name, value in sample["info"].items() if name not in OWN}
    yield from ()


RESOLVED: Final = "Was the issue the customer contacted you about resolved during this engagement?"
SURVEY: Final = make_survey(
    "41108",
    ask_in_survey("16148804", "Order Total for Internal Orders ONLY", mandatory=True, logic="1", answer="666"),
    ask_in_survey("6416182", "Email Address", order=1, logic="4", validation="email"),
    ask_in_survey(
        "26386685",
        RESOLVED,
        "Yes, the issue was resolved",
        "No, the issue was not resolved",
        order=2,
        logic="5",
        mandatory=True,
        kind="Radio Button",
        shows=MappingProxyType({"Yes, the issue was resolved": "6"}),
    ),
    ask_in_survey(
        "4291707", "On which Product?", "Telephone", "Fax Machine", "Scanner", order=3, logic="6", kind="Dropdown Box"
    ),
    header="Agent Survey Example",
)

DOCUMENTED: Final = Story(
    name="documented",
    summary="LivePerson's documented chat, frozen",
    script=run_story,
    world="documented",
    survey=SURVEY,
    ids=IDS,
)
