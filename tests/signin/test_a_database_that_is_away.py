"""Nobody is signed in or out while the database takes no write: that is said, and is no fault of ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.test import Client

from tests.signin.provider_flow import START, agree, begin
from tests.support.locked_database import refuse_writes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("memory")]


@pytest.fixture
def client() -> Client:
    """Shown what a browser would be."""
    User.objects.create_user("agent", password="a good one")
    return Client(raise_request_exception=False)


def assert_away(answer: Any) -> None:
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "The database does not answer" in answer.text
    assert "fault is on this side" not in answer.text


def test_a_password_is_asked_for_again_in_a_moment(client: Client) -> None:
    sent = {"username": "agent", "password": "a good one"}

    with connection.execute_wrapper(refuse_writes):
        assert_away(client.post("/login/", sent))

    assert client.post("/login/", sent).status_code == 302


def test_a_sign_out_is_not_said_to_be_done(client: Client) -> None:
    client.login(username="agent", password="a good one")

    with connection.execute_wrapper(refuse_writes):
        assert_away(client.post("/logout/"))

    assert client.post("/logout/").status_code == 302


@pytest.mark.usefixtures("issuer")
def test_the_way_to_the_provider_is_not_begun(client: Client) -> None:
    """It is the session's middleware that writes, after the view."""
    with connection.execute_wrapper(refuse_writes):
        assert_away(client.get(START))


@pytest.mark.usefixtures("issuer")
def test_the_providers_answer_is_kept_for_nobody(client: Client) -> None:
    back = agree(begin(client), "maren@example.com")

    with connection.execute_wrapper(refuse_writes):
        assert_away(client.get(back))


def test_pages_for_the_signed_in_wait_for_a_database_that_cannot_be_read(client: Client) -> None:
    client.login(username="agent", password="a good one")

    def refuse(execute: Callable[..., Any], *sql: Any) -> Any:
        raise OperationalError("unable to open database file")

    with connection.execute_wrapper(refuse):
        assert_away(client.get("/"))
