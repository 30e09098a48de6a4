"""The look-up form, used too often by one agent: a page that says so; other agents go on."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from tests.limits.conftest import HTML, MOST, count_until_refused, sign_in


@pytest.fixture(autouse=True)
def _low_limit(settings: Settings) -> None:
    settings.LIMIT_PER_AGENT = MOST


def test_an_agent_looks_up_so_often(agent: Client) -> None:
    answers = [agent.get("/", headers=HTML) for _ in range(MOST + 2)]

    assert count_until_refused([answer.status_code for answer in answers]) == MOST
    assert 0 < int(answers[-1]["Retry-After"]) <= 60 / MOST
    assert "Wait a moment, then try again." in answers[-1].text
    assert sign_in("bob").get("/", headers=HTML).status_code == 200
