"""What the tests of operations share: a memory nobody answers for."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from lpcontext.snapshots.memory import forget_connection


@pytest.fixture(autouse=True)
def metrics_local(settings: Settings) -> None:
    """This machine may read the metrics, as `lpcontext up` on loopback says."""
    settings.METRICS_LOCAL = True


@pytest.fixture
def no_memory(settings: Settings) -> Iterator[None]:
    """Port 1 of this machine: nothing listens there."""
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    forget_connection()
    yield
    forget_connection()
