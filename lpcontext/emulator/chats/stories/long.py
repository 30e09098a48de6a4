"""A chat that has been going on for far too long: ten thousand lines, one of them a hundred thousand letters."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from random import Random
from typing import Final

from ..agents import NATALIE, SALES
from ..chat import Chat, Story
from .story_dsl import queue_up

LINES: Final = 10_000
SECONDS_BETWEEN: Final = 0.25
LONG_LETTERS: Final = 100 * 1024
LONG_PLACE: Final = 9_990


def run_story(chat: Chat, rng: Random) -> Iterator[float]:
    """All of it is there before anybody looks; then a line every five seconds."""
    queue_up(chat)
    yield 2
    chat.accept(NATALIE)
    yield 1
    for number in range(1, LINES + 1):
        _say(chat, number, "word " * (LONG_LETTERS // 5) if number == LONG_PLACE else f"Line {number} of a long chat")
        yield SECONDS_BETWEEN
    for number in count(LINES + 1):
        _say(chat, number, f"Line {number}, still here")
        yield 5


def _say(chat: Chat, number: int, text: str) -> None:
    chat.say("agent" if number % 2 else "visitor", text)


LONG = Story(
    name="long",
    summary="10,000 lines, one of 100 KB, and a new one every 5 s",
    script=run_story,
    world="giant",
    skill=SALES,
    minutes_before=LINES * SECONDS_BETWEEN / 60 + 0.2,
)
