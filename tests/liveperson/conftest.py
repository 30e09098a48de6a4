"""A loopback server with a script, and the emulator with a clock moved by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lpcontext.emulator import Emulator
from tests.support.manual_clock import ManualClock
from tests.support.scripted_server import ScriptedServer


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        yield running


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def emulator(clock: ManualClock) -> Iterator[Emulator]:
    with Emulator(clock=clock) as running:
        yield running
