"""Fixtures: a real Valkey for in-process tests, and a whole running stack for journeys."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from lpcontext.cli.supervisor import Supervisor
from lpcontext.cli.valkey import start_valkey
from tests.support.environment import clean_environment
from tests.support.running_stack import RunningStack, run_stack


@pytest.fixture(scope="session")
def valkey_address() -> Iterator[str]:
    """One real Valkey for the whole session, on a unix socket."""
    with tempfile.TemporaryDirectory(prefix="lpc-v-") as folder, Supervisor() as supervisor:
        yield start_valkey(supervisor, folder=Path(folder), environment=clean_environment(folder))


@pytest.fixture
def memory(valkey_address: str, settings: Settings) -> Iterator[None]:
    """An empty memory behind lpcontext.snapshots, in this process."""
    from lpcontext.snapshots.memory import connect, forget_connection

    settings.REDIS_URL = settings.BROKER_URL = valkey_address
    forget_connection()
    connect().flushall()
    yield
    forget_connection()


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """The real parts together: Valkey, worker, web server, emulator; started once, by `lpcontext`'s own code."""
    with run_stack(tmp_path_factory.mktemp("stack")) as running:
        yield running
