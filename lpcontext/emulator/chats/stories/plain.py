"""Chats that differ in who is in them: one nobody monitors, and one whose visitor has signed in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from random import Random

from ...caller import Caller
from ..agents import BILLING, LENDING, MEI, ROSALIND
from ..chat import Chat, Story
from .story_dsl import queue_up, write_line

TALK = (
    ("visitor", "My last invoice has the meter reading of somebody else."),
    ("agent", "That should not happen. Which number is on your meter?"),
    ("visitor", "4 711 028, and the invoice says 4 711 082"),
    ("agent", "Two digits swapped. I correct it; a new invoice comes by e-mail today."),
    ("visitor", "Could you stay for a moment? I want to see it arrive."),
    ("agent", "Of course."),
)


def run_unmonitored(chat: Chat, rng: Random) -> Iterator[float]:
    """Accepted after eight seconds; then they talk, slower and slower."""
    queue_up(chat)
    yield 8
    chat.accept(MEI)
    yield 2
    for side, text in TALK:
        yield from write_line(chat, "agent" if side == "agent" else "visitor", text, seconds=rng.uniform(5, 9))
    for text in cycle(("Still nothing.", "One more minute, the mail system takes its time.")):
        yield 30
        yield from write_line(chat, "visitor" if text.startswith("Still") else "agent", text)


def run_authenticated(chat: Chat, rng: Random) -> Iterator[float]:
    """A bank customer asks his bank why."""
    queue_up(chat)
    yield 3
    chat.accept(ROSALIND)
    yield from write_line(chat, "agent", "Good morning Mr Reyes-Whitfield. You have signed in, so we can talk freely.")
    yield from write_line(chat, "visitor", "Why was HL-77120 refused? I have banked with you since 2009.", seconds=8)
    yield from write_line(chat, "agent", "The system decided; let me see whether a person may look again.", seconds=8)
    chat.set_typing("agent")
    yield 45
    chat.say("agent", "A colleague will ring you within the hour.")


UNMONITORED = Story(
    name="unmonitored",
    summary="a chat from a page nobody monitors: no shark ids, no visit",
    script=run_unmonitored,
    world=None,
    skill=BILLING,
    visitor_name="visitor",
    caller=Caller(
        name="Henrike Vos",
        phone="+31 20 555 0173",
        about="Wrong invoice, chats in the app",
        email="henrike@vos.example",
        customer_id="EN-88120",
        city="Utrecht, Netherlands",
        notes="Her chat began in an app that LivePerson does not monitor: there is a chat, but no visit behind it.",
    ),
)
AUTHENTICATED = Story(
    name="authenticated",
    summary="a visitor who has signed in: participantId and who that is",
    script=run_authenticated,
    world="bank",
    skill=LENDING,
    visitor_name="Tomás",
    language="en-GB",
    participant={
        "authenticatedParticipantInfo": {
            "isUserAuthenticated": True,
            "balance": -412.55,
            "registrationDate": {"year": 2009, "month": 2, "day": 3},
            "lastPaymentDate": {"year": 2025, "month": 10, "day": 28},
            "customerId": "HSB-0093-4471",
            "customerStatus": "active",
            "customerType": "premier",
            "socialId": "11256324780",
            "imei": "3543546543545688",
            "userName": "treyes73",
            "companySize": 12,
            "accountName": "Current account ••4471",
            "role": "account holder",
        },
        "authenticatedPersonalInfo": {
            "name": "Tomás",
            "surname": "Reyes-Whitfield",
            "contacts": [{"email": "t.reyes@post.example", "phone": "+44 20 7946 0182"}],
        },
    },
)
