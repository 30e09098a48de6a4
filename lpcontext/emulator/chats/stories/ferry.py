"""A passenger whose ferry is cancelled, and who wants the evening one with a dog-friendly cabin."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from types import MappingProxyType

from ...caller import Caller
from ..agents import BOOKINGS, IDRIS, NATALIE, SALES
from ..chat import Chat, Story
from ..survey import ask_in_survey, make_survey
from .story_dsl import hang_up, queue_up, transfer, write_line

RATES = (
    "<div dir='ltr' style='direction:ltr;text-align:left;'>The 20:30 has two of them left: <b>Deck 6, outside</b> at "
    "<i>NOK 1,140</i> or <u>Deck 5, inside</u> at NOK 890.<br/>The rules for dogs are "
    "<a href='https://www.fjordline.example/dogs' target='_blank'>here</a>.</div>"
)


def run_story(chat: Chat, rng: Random) -> Iterator[float]:
    """Fifteen seconds in the queue, Natalie, then Idris from Bookings, and a new cabin after two and a half minutes."""
    queue_up(chat)
    yield 15
    chat.accept(NATALIE)
    yield 3
    yield from write_line(
        chat, "agent", "Good afternoon Sigrun, this is Natalie. I see the 13:00 was cancelled. Sorry!"
    )
    yield from write_line(chat, "visitor", "hi! yes, got the text message 10 min ago", seconds=5)
    yield from write_line(chat, "visitor", "can we get on the 20:30 instead? two adults and a dog", seconds=6)
    yield 4
    yield from write_line(chat, "agent", "Let me look. Is FJ-20771 the booking?", seconds=3)
    yield from write_line(chat, "visitor", "that’s the one 🐕", seconds=3)
    yield 6
    yield from write_line(chat, "agent", RATES, seconds=8, text_type="html")
    yield from write_line(
        chat, "visitor", "Deck 6 please. But the page wants NOK 1,140 from me, and you cancelled?", seconds=9
    )
    yield from _hand_over(chat)
    yield from write_line(chat, "visitor", "Perfect. I have somebody on the phone now too, never mind them", seconds=7)
    yield from write_line(chat, "agent", "Then I leave you to it. Have a good crossing, all three of you.", seconds=5)
    yield 4
    hang_up(chat)


def _hand_over(chat: Chat) -> Iterator[float]:
    """What the visitor does not see: why the chat goes to Bookings."""
    yield from write_line(
        chat,
        "agent",
        "Idris: 13:00 cancelled by us, waive the NOK 1,140, fare code DOG6. She is a Blue member.",
        sub_type="ONLY_TO_REP",
        seconds=6,
    )
    yield from write_line(chat, "agent", "My colleague can take that off for you, one moment.", seconds=3)
    yield from transfer(chat, IDRIS, BOOKINGS)
    yield from write_line(chat, "agent", "Idris here. Deck 6 is yours, nothing to pay.", seconds=9)
    yield from write_line(chat, "agent", "New booking: FJ-20964, 20:30 from Bergen, cabin 6114.", seconds=5)


SURVEY = make_survey(
    "41108",
    ask_in_survey("16148804", "Booking number", mandatory=True, answer="FJ-20771"),
    ask_in_survey("6416182", "E-mail address", order=1, validation="email", answer="sigrun@post.example"),
    ask_in_survey(
        "26386685",
        "Was it resolved?",
        "Yes, it was resolved",
        "No, it was not",
        order=2,
        kind="Radio Button",
        mandatory=True,
        shows=MappingProxyType({"No, it was not": "4"}),
    ),
    ask_in_survey("4291707", "What is missing?", "A refund", "A cabin", "An answer", order=3, kind="Dropdown Box"),
)

CHATTING = Story(
    name="chatting",
    summary="waits 15 s, Natalie, html and agents-only lines, transferred to Idris, ends after two and a half minutes",
    script=run_story,
    world="ferry",
    skill=SALES,
    visitor_name="Sigrun",
    language="nb-NO",
    survey=SURVEY,
    caller=Caller(
        name="Sigrun Halvorsen",
        phone="+47 400 00 217",
        about="Rebooking, and is in a chat",
        email="sigrun@post.example",
        customer_id="BLUE-55018",
        since="May 2018",
        city="Bergen, Norway",
        notes="Blue member. Rang us while she was still waiting in the chat.",
    ),
)
