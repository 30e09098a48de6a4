"""What lies about outside a process tells nothing of a visitor: Redis with its queues, the log, the metrics."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import redis
import requests

from tests.support.running_stack import RunningStack
from tests.support.waiting import PATIENCE_SECONDS


def read_everything(url: str) -> bytes:
    """Every key, value and queued task, as an attacker with the dump would read it."""
    memory: Any = redis.Redis.from_url(url)
    read = {
        b"string": memory.get,
        b"hash": lambda key: b"".join(part for pair in memory.hgetall(key).items() for part in pair),
        b"list": lambda key: b"".join(memory.lrange(key, 0, -1)),
        b"set": lambda key: b"".join(memory.smembers(key)),
        b"zset": lambda key: b"".join(memory.zrange(key, 0, -1)),
    }
    everything = b"".join(
        key + (read[memory.type(key)](key) or b"") for key in memory.scan_iter() if memory.exists(key)
    )
    memory.close()
    return everything


def test_redis_log_and_metrics_tell_no_name_address_or_id(stack: RunningStack) -> None:
    subject, chat = stack.create_visit("documented"), stack.create_chat("documented")
    for each in (subject, chat):
        look = stack.open_panel(each, agent={"id": "a-17", "name": "Ann Agent"})
        stack.tick_until(look, lambda now: now.state == "live")
        stack.tick(look.token)
    stack.http.get(
        f"{stack.url}/visits/71820394/{subject.visitor_id}/?sid={subject.session_id}", timeout=PATIENCE_SECONDS
    )
    running = Path(stack.environment["LPCONTEXT_VAR_DIR"], "running.env").read_text()
    url = next(line.partition("=")[2] for line in running.splitlines() if line.startswith("LPCONTEXT_REDIS_URL="))

    dump = read_everything(url)
    metrics = requests.get(f"{stack.url}/metrics", timeout=PATIENCE_SECONDS)
    outside = dump + stack.log().encode() + metrics.content

    assert metrics.status_code == 200
    assert len(dump) > 2000
    secrets = [subject.visitor_id, subject.session_id, chat.chat_id, chat.visitor_id, chat.session_id]
    secrets += ["John", "Doe", "myname@example.com", "788-8877", "138766AC", "195.62.30.20", "Ann Agent", look.token]
    assert [secret for secret in secrets if secret and secret.encode() in outside] == []


def test_counters_of_what_was_odd_are_on_the_metrics_page(stack: RunningStack) -> None:
    subject = stack.create_visit_apart("documented")
    stack.fault("odd-field", subject, path="appSessions[].geo.city", value={"not": "a city"})
    stack.wait_for(stack.open_panel(subject), "live")

    metrics = requests.get(f"{stack.url}/metrics", timeout=PATIENCE_SECONDS).text

    assert "appSessions[].geo.city" in metrics
