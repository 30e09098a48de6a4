"""The processes of a running house, and its memory, for tests that harm them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import redis
import requests

from tests.cli.launched import Launched
from tests.support.house import House


def parts_of(house: House) -> Launched:
    """Its processes by name, as `tests/cli` finds them."""
    return Launched(
        process=house.process,
        url=house.url,
        emulator_url=house.emulator_url,
        log=house.log_file,
        temporary=house.log_file.parent,
    )


@contextmanager
def memory_of(house: House) -> Iterator[Any]:
    """A client of the house's Valkey, of the test's own."""
    with redis.Redis.from_url(house.running()["LPCONTEXT_REDIS_URL"], decode_responses=True) as memory:
        yield memory


def readiness(house: House) -> dict[str, str]:
    """What /readyz says, and its status as `code`; nothing while the web server is away."""
    try:
        answer = requests.get(f"http://127.0.0.1:{urlsplit(house.url).port}/readyz", timeout=10)
    except requests.RequestException:
        return {}
    return {**json.loads(answer.text), "code": str(answer.status_code)}
