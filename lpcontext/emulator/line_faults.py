"""Faults of the line: the answer is the honest one, and comes late, in pieces, by half, or not at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from .messages import Answer, Drip, DripPart

if TYPE_CHECKING:
    from .faults import Fault, Play, Proceed
    from .stage import Ask

HANG_SECONDS: Final = 3600.0


def slow(fault: Fault, ask: Ask, proceed: Proceed) -> Answer:
    """The answer waits."""
    answer = proceed(ask)
    return replace(answer, wait_seconds=answer.wait_seconds + fault.seconds)


def timeout(fault: Fault, ask: Ask, proceed: Proceed) -> Answer:
    """No answer, and no word of it."""
    return Answer(silent=True, wait_seconds=HANG_SECONDS)


def drop(fault: Fault, ask: Ask, proceed: Proceed) -> Answer:
    """Half of the body, and the connection is closed."""
    return replace(proceed(ask), cut=True)


def reset(fault: Fault, ask: Ask, proceed: Proceed) -> Answer:
    """The connection is reset; what was asked for has been done all the same."""
    return replace(proceed(ask), reset=True)


def drip(part: DripPart) -> Play:
    """The head, or the body, comes byte by byte."""

    def play(fault: Fault, ask: Ask, proceed: Proceed) -> Answer:
        return replace(proceed(ask), drip=Drip(part=part, seconds=fault.seconds, total=fault.total))

    return play


def gzip_of_nothing(fault: Fault, ask: Ask, proceed: Proceed) -> Answer:
    """Bytes keep coming and decode to none."""
    drops = Drip(part="nothing", seconds=fault.seconds, total=fault.total)
    return Answer(headers=(("Content-Encoding", "gzip"),), drip=drops)
