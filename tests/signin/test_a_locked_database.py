"""Nobody can be signed in while the database takes no write: that is said, and is no fault of ours."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from tests.signin.provider_flow import agree, begin
from tests.support.locked_database import refuse_writes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("memory")]
SENTENCE = "the database does not answer"


def test_a_password_is_asked_for_again_in_a_moment(client: Client) -> None:
    User.objects.create_user("agent", password="a good one")
    sent = {"username": "agent", "password": "a good one"}

    with connection.execute_wrapper(refuse_writes):
        answer = client.post("/login/", sent)
    again = client.post("/login/", sent)

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert SENTENCE in answer.text
    assert again.status_code == 302


@pytest.mark.usefixtures("issuer")
def test_the_providers_answer_is_kept_for_nobody(client: Client) -> None:
    back = agree(begin(client), "maren@example.com")

    with connection.execute_wrapper(refuse_writes):
        answer = client.get(back)

    assert answer.status_code == 503
    assert SENTENCE in answer.text
