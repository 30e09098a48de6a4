"""/livez and /readyz: what orchestrators learn, in words and status codes."""

import json

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from lpcontext.snapshots import WORKER_LOCK, renew_lock

ADDRESSES = ("/livez", "/readyz", "/metrics")


def _read_status(client: Client) -> tuple[int, dict[str, str]]:
    answer = client.get("/readyz")
    return answer.status_code, json.loads(answer.content)


def test_a_living_process_says_so_with_everything_else_gone(client: Client, no_memory: None) -> None:
    answer = client.get("/livez")  # no database either: this test may not touch it

    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_with_database_memory_and_a_worker_it_is_ready(client: Client, memory: None) -> None:
    renew_lock(WORKER_LOCK, seconds=60)

    assert _read_status(client) == (200, {"status": "ready", "database": "ok", "memory": "ok", "worker": "ok"})


@pytest.mark.django_db
def test_without_a_worker_it_is_not_ready(client: Client, memory: None) -> None:
    assert _read_status(client) == (503, {"status": "not ready", "database": "ok", "memory": "ok", "worker": "down"})


@pytest.mark.django_db
def test_without_memory_it_is_not_ready_and_answers_all_the_same(client: Client, no_memory: None) -> None:
    assert _read_status(client) == (503, {"status": "not ready", "database": "ok", "memory": "down", "worker": "down"})


@pytest.mark.django_db
def test_a_database_that_refuses_is_named_in_one_word(client: Client, memory: None) -> None:
    renew_lock(WORKER_LOCK, seconds=60)
    with connection.execute_wrapper(_refuse):
        assert _read_status(client) == (
            503,
            {"status": "not ready", "database": "down", "memory": "ok", "worker": "ok"},
        )


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_probe_knows_neither_our_host_name_nor_https(
    address: str, client: Client, memory: None, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["panel.example"]
    settings.SECURE_SSL_REDIRECT = True

    answer = client.get(address, headers={"host": "10.0.0.7:8000"})

    assert answer.status_code in (200, 503)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_probe_only_asks(address: str, client: Client) -> None:
    assert client.post(address).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_answer_is_kept_by_anybody(address: str, client: Client, memory: None) -> None:
    assert "no-store" in client.get(address).headers["Cache-Control"]


def _refuse(execute: object, sql: str, *rest: object) -> object:
    from django.db import OperationalError

    raise OperationalError("the server closed the connection")
