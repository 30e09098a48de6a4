"""A signature opens once also when memory was emptied or is away: what may have been used does not open again."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from lpcontext.accounts.models import LaunchHost, LaunchKey
from lpcontext.snapshots.memory import connect, forget_connection
from tests.launch.hosts.conftest import MakeKey, assert_opened, begin_memory, find_failed_check
from tests.launch.hosts.test_signed_post import BODY, SECRET, compute


@pytest.fixture
def key(make_key: MakeKey) -> LaunchKey:
    return make_key(LaunchHost.SIGNED_POST, SECRET)


def sign_form(*, age: int = 0) -> str:
    body, timestamp = json.dumps(BODY), str(int(time.time()) - age)
    return urlencode({"payload": body, "timestamp": timestamp, "signature": compute(body, timestamp).hex()})


def post(client: Client, key: LaunchKey, form: str) -> Any:
    return client.post(f"/launch/signed/{key.slug}", form, content_type="application/x-www-form-urlencoded")


def test_a_used_signature_stays_used_when_memory_was_emptied(client: Client, key: LaunchKey) -> None:
    form = sign_form(age=30)
    assert_opened(post(client, key, form))
    connect().flushall()
    begin_memory(seconds_ago=10)

    answer = post(client, key, form)

    assert answer.status_code == 410
    assert find_failed_check() == "older than memory"


def test_a_server_is_told_to_sign_again(client: Client, key: LaunchKey) -> None:
    body, timestamp = json.dumps(BODY), str(int(time.time()) - 30)
    begin_memory(seconds_ago=10)

    sent: dict[str, Any] = {
        "X-LPContext-Timestamp": timestamp,
        "X-LPContext-Signature": compute(body, timestamp).hex(),
    }
    answer: Any = client.post(f"/launch/signed/{key.slug}", body, content_type="application/json", headers=sent)

    assert answer.status_code == 410
    assert "sign it again" in answer.json()["error"]


def test_what_came_while_memory_was_away_opens_afterwards(client: Client, key: LaunchKey, settings: Any) -> None:
    form, address = sign_form(), settings.REDIS_URL
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    forget_connection()

    away = post(client, key, form)

    settings.REDIS_URL = address
    forget_connection()
    assert away.status_code == 200
    assert 'data-state="memory-down"' in away.text
    assert_opened(post(client, key, form))
