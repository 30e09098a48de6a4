"""A client that asks the emulator for chats."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lpcontext.emulator import Emulator
from lpcontext.liveperson import read_credentials
from tests.support.client_harness import ClientHarness
from tests.support.manual_clock import ManualClock


@contextmanager
def ask(
    emulator: Emulator, clock: ManualClock, kind: Any = "login", *, patience: float = 10
) -> Iterator[ClientHarness]:
    account = emulator.account
    credentials = read_credentials(account.credentials(kind))
    with ClientHarness(
        emulator.base_url, credentials, account_id=account.account_id, clock=clock, read_seconds=patience
    ) as harness:
        yield harness
