"""Stacks that are broken and mended, shared by the tests of one process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import redis

from lpcontext.cli.supervisor import Supervisor
from lpcontext.cli.valkey import start_valkey
from tests.faults.redis_faults import redis_to_break
from tests.support.environment import clean_environment
from tests.support.running_stack import RunningStack, run_stack


@pytest.fixture
def breakable_redis(stack: RunningStack) -> Iterator[Any]:
    """A client of the stack's memory, which is well again afterwards."""
    with redis_to_break(stack) as client:
        yield client


@pytest.fixture(scope="session")
def own_broker() -> Iterator[Any]:
    """A client of the broker of `own_broker_stack`."""
    with TemporaryDirectory(prefix="lpc-b-") as folder, Supervisor() as supervisor:
        address = start_valkey(supervisor, folder=Path(folder), environment=clean_environment(folder))
        with redis.Redis.from_url(address, decode_responses=True) as client:
            yield client


@pytest.fixture(scope="session")
def own_broker_stack(own_broker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """A stack whose broker is not its memory."""
    url = "unix://" + own_broker.connection_pool.connection_kwargs["path"]
    with run_stack(tmp_path_factory.mktemp("broker"), BROKER_URL=url) as running:
        yield running
