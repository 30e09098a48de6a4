"""Chats in which the queue is the story: nobody comes, somebody leaves, somebody vanishes."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from ..agents import BILLING, LENDING, MEI, NATALIE, ROSALIND, SALES
from ..chat import TIMEOUT_SECONDS, Chat, Story
from .story_dsl import hang_up, queue_up, write_line


def run_waiting(chat: Chat, rng: Random) -> Iterator[float]:
    """Nobody ever takes it; now and then the queue says so."""
    queue_up(chat)
    while True:
        yield 60
        chat.announce(2, "All our agents are busy. You are still in the queue.")


def run_requeued(chat: Chat, rng: Random) -> Iterator[float]:
    """The agent's connection breaks, the chat waits again, and another agent takes over."""
    queue_up(chat)
    yield 5
    chat.accept(MEI)
    yield from write_line(chat, "visitor", "Where is my refund?", seconds=6)
    yield from write_line(chat, "agent", "I am looking for it …", seconds=8)
    chat.announce(23, "The agent was disconnected. You are back at the head of the queue.")
    chat.agent = None
    chat.enter("waiting")
    yield 12
    chat.accept(NATALIE)
    yield from write_line(chat, "agent", "Hello, I take over from Mei. It left us this morning.", seconds=9)
    yield 20
    hang_up(chat)


def run_lost(chat: Chat, rng: Random) -> Iterator[float]:
    """The visitor's laptop falls asleep in the middle of a word; forty seconds later the chat times out."""
    queue_up(chat)
    yield 4
    chat.accept(ROSALIND)
    yield from write_line(chat, "agent", "Hello, how can I help with your mortgage?", seconds=5)
    chat.set_typing("visitor")
    yield 10
    chat.fall_silent()
    yield TIMEOUT_SECONDS
    chat.announce(6, "The visitor was disconnected unexpectedly.")
    chat.enter("ended")


WAITING = Story(
    name="waiting",
    summary="still in the queue, and stays there",
    script=run_waiting,
    world="checkout",
    skill=SALES,
    visitor_name="Maren",
)
REQUEUED = Story(
    name="requeued",
    summary="the agent's connection breaks, back into the queue, another agent",
    script=run_requeued,
    world="vip",
    skill=BILLING,
)
LOST = Story(
    name="lost",
    summary="the visitor vanishes, and the chat times out after 40 s",
    script=run_lost,
    world="bank",
    skill=LENDING,
)
