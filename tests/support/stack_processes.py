"""The processes of a running stack, and its memory, for tests that break them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import redis
import requests

from tests.cli.launched_demo import Launched
from tests.support.running_stack import RunningStack
from tests.support.waiting import PATIENCE_SECONDS, wait_until


def processes_of(stack: RunningStack) -> Launched:
    """Its processes by name, as `tests/cli` finds them."""
    return Launched(
        process=stack.process,
        url=stack.url,
        emulator_url=stack.emulator_url,
        log=stack.log_file,
        temporary=stack.log_file.parent,
    )


@contextmanager
def redis_of(stack: RunningStack) -> Iterator[Any]:
    """A client of the stack's Valkey, of the test's own."""
    with redis.Redis.from_url(stack.running()["LPCONTEXT_REDIS_URL"], decode_responses=True) as memory:
        yield memory


def read_readiness(stack: RunningStack) -> dict[str, str]:
    """What /readyz says, and its status as `code`; nothing while the web server is away."""
    try:
        answer = requests.get(f"http://127.0.0.1:{urlsplit(stack.url).port}/readyz", timeout=PATIENCE_SECONDS)
    except requests.RequestException:
        return {}
    return {**json.loads(answer.text), "code": str(answer.status_code)}


def wait_for_readiness(stack: RunningStack, code: str) -> float:
    """Until /readyz answers with that status; how long it took, in seconds."""
    return wait_until(lambda: read_readiness(stack).get("code") == code, describe=lambda: read_readiness(stack))
