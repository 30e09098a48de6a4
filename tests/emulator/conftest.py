"""An emulator on a free port with a clock moved by hand, and somebody to ask it."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from lpcontext.emulator import Choices, Emulator
from tests.emulator.agent import Agent
from tests.emulator.caller import Caller
from tests.support.manual_clock import ManualClock


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(time.time())


@pytest.fixture
def emulator(clock: ManualClock) -> Iterator[Emulator]:
    """Takes signatures of any age: the client signs with the real time, the stories go by the other."""
    with Emulator(clock=clock, choices=Choices(timestamp_seconds=None)) as running:
        yield running


@pytest.fixture
def caller(emulator: Emulator) -> Iterator[Caller]:
    with Caller(emulator) as caller:
        yield caller


@pytest.fixture
def agent(emulator: Emulator) -> Iterator[Agent]:
    with Agent(emulator) as agent:
        yield agent
