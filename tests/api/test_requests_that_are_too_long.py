"""Django's own limit, for whoever serves it without the intake: JSON, no page, no traceback."""

from __future__ import annotations

import logging

import pytest
from django.test import Client

from lpcontext.accounts.integration_keys import issue_key
from lpcontext.accounts.models import Account


@pytest.mark.django_db
def test_a_body_over_djangos_limit_is_refused_in_json(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    key = issue_key(Account.objects.create(id="71820394", name="Shop"), name="CRM")
    bearer = {"Authorization": f"Bearer {key}"}

    with caplog.at_level(logging.DEBUG):
        answer = client.post("/api/v1/tickets", b"x" * 3_000_000, content_type="application/json", headers=bearer)

    assert answer.status_code == 413
    assert (answer.json()["detail"], answer.json()["error"]) == ("The request is larger than 64 KB.",) * 2
    assert not [record for record in caplog.records if record.exc_info]
