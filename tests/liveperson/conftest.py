"""A loopback server with a script, and the emulator with a clock moved by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lpcontext.emulator import Emulator
from tests.support.hand_clock import HandClock
from tests.support.scripted_server import ScriptedServer


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        yield running


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def emulator(clock: HandClock) -> Iterator[Emulator]:
    with Emulator(clock=clock) as running:
        yield running
