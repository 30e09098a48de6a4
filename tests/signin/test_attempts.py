"""How often a password may be tried, and what is left of those who try."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings

from lpcontext.signin.attempts import ATTEMPTS, WRONG_AN_HOUR
from lpcontext.snapshots.memory import connect, forget_connection

PASSWORD = "correct horse battery"


@pytest.fixture
def agent(db: None, memory: None) -> User:
    return User.objects.create_user("agent", password=PASSWORD)


@pytest.fixture
def sign_in(agent: User, client: Client) -> Callable[..., int]:
    """Tries once, and says with which status that ended."""

    def attempt_once(password: str, *, name: str = "agent", path: str = "/login/", **headers: Any) -> int:
        return client.post(path, {"username": name, "password": password}, **headers).status_code

    return attempt_once


def test_thirty_wrong_passwords_are_not_all_looked_at(sign_in: Callable[..., int]) -> None:
    statuses = [sign_in("wrong") for _ in range(30)]

    assert statuses == [200] * ATTEMPTS + [429] * (30 - ATTEMPTS)


def test_the_operators_sign_in_is_no_way_around(sign_in: Callable[..., int]) -> None:
    tried = [sign_in("wrong", path=path) for path in ("/login/", "/admin/login/") * ATTEMPTS]

    assert tried.count(200) == ATTEMPTS


@pytest.mark.parametrize("name", [" agent", "agent ", "AGENT", "\uff41gent"])
def test_another_spelling_of_a_name_is_no_way_around(sign_in: Callable[..., int], name: str) -> None:
    for _ in range(ATTEMPTS):
        sign_in("wrong")

    assert sign_in("wrong", name=name) == 429


def test_who_tried_too_often_is_refused_in_a_sentence_and_when_to_come_back(
    sign_in: Callable[..., int], client: Client
) -> None:
    for _ in range(ATTEMPTS):
        sign_in("wrong")

    answer = client.post("/login/", {"username": "agent", "password": PASSWORD})

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "300")
    assert "Too many wrong passwords. Wait 5 minutes, then sign in again." in answer.text
    assert "_auth_user_id" not in client.session


def test_others_are_not_shut_out_with_them(sign_in: Callable[..., int]) -> None:
    for _ in range(ATTEMPTS + 1):
        sign_in("wrong", REMOTE_ADDR="192.0.2.7")

    assert sign_in(PASSWORD, REMOTE_ADDR="192.0.2.8") == 302
    assert sign_in("wrong", name="other", REMOTE_ADDR="192.0.2.7") == 200


def test_a_right_password_takes_no_attempt_away(sign_in: Callable[..., int]) -> None:
    assert {sign_in(PASSWORD) for _ in range(ATTEMPTS + 5)} == {302}


def test_a_household_has_one_address_of_ipv6(sign_in: Callable[..., int]) -> None:
    tried = [sign_in("wrong", REMOTE_ADDR=f"2001:db8::{number:x}") for number in range(1, ATTEMPTS + 2)]

    assert tried[-1] == 429


def test_behind_a_proxy_the_address_it_saw_counts(sign_in: Callable[..., int], settings: Settings) -> None:
    settings.BEHIND_PROXY = True
    made_up = [
        sign_in("wrong", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}, 198.51.100.1") for number in range(ATTEMPTS + 1)
    ]

    assert made_up[-1] == 429
    assert sign_in(PASSWORD, HTTP_X_FORWARDED_FOR="198.51.100.2") == 302


def test_an_attempt_is_kept_under_a_name_that_discloses_nothing_and_has_an_end(sign_in: Callable[..., int]) -> None:
    sign_in("wrong", REMOTE_ADDR="192.0.2.7")
    keys = list(connect().scan_iter("*try:*"))

    assert len(keys) == 1
    assert not [text for text in (b"agent", b"192.0.2.7") if text in keys[0]]
    assert 0 < connect().ttl(keys[0]) <= 300


def test_with_memory_gone_an_operator_still_gets_in(agent: User, client: Client, settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    forget_connection()

    assert client.post("/login/", {"username": "agent", "password": PASSWORD}).status_code == 302


def test_looking_at_the_sign_in_page_leaves_no_session(db: None, client: Client) -> None:
    for _ in range(3):
        assert client.get("/login/").status_code == 200
    client.post("/login/", {"username": "nobody", "password": "wrong"})

    assert Session.objects.count() == 0


def guess_from_everywhere(sign_in: Callable[..., int], most: int) -> list[int]:
    """Each from a network of its own."""
    return [sign_in("wrong", REMOTE_ADDR=f"198.51.{number // 200}.{number % 200}") for number in range(most)]


def test_a_name_is_guessed_so_often_an_hour_from_however_many_networks(sign_in: Callable[..., int]) -> None:
    statuses = guess_from_everywhere(sign_in, WRONG_AN_HOUR + 3)

    assert statuses == [200] * WRONG_AN_HOUR + [429] * 3
    assert sign_in(PASSWORD, REMOTE_ADDR="192.0.2.8") == 429
    assert sign_in("wrong", name="other", REMOTE_ADDR="192.0.2.8") == 200


def test_an_agent_gets_in_where_they_signed_in_before_whoever_guesses_elsewhere(sign_in: Callable[..., int]) -> None:
    sign_in(PASSWORD, REMOTE_ADDR="192.0.2.7")
    guess_from_everywhere(sign_in, WRONG_AN_HOUR + 3)

    assert sign_in(PASSWORD, REMOTE_ADDR="192.0.2.7") == 302


def test_elsewhere_they_are_told_when_to_come_back(sign_in: Callable[..., int], client: Client) -> None:
    guess_from_everywhere(sign_in, WRONG_AN_HOUR)

    answer = client.post("/login/", {"username": "agent", "password": PASSWORD})

    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 3600 / WRONG_AN_HOUR


def test_one_password_for_many_names_is_soon_refused_from_its_network(
    sign_in: Callable[..., int], settings: Settings
) -> None:
    settings.LIMIT_UNPROVEN = 25
    statuses = [sign_in("wrong", name=f"name{number}") for number in range(8)]

    assert statuses == [200] * 5 + [429] * 3
    assert sign_in(PASSWORD) == 429
    assert sign_in(PASSWORD, REMOTE_ADDR="192.0.2.8") == 302
