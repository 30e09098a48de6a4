"""Validate Engagement: only what was offered in this visit is valid (contract 6.4)."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from lpcontext.emulator import Choices, Emulator
from tests.emulator.caller import Bearer, Caller, sign_with


@pytest.fixture
def offered(emulator: Emulator, caller: Caller) -> dict[str, str]:
    """What click-to-call passes on."""
    ids = emulator.mint_visit("checkout", frozen=True)
    engagement = caller.session(ids)["engagements"][0]
    return {
        "visitor": ids[0],
        "session": ids[1],
        "campaign": str(engagement["engagement"]["campaignEntity"]["id"]),
        "engagement": str(engagement["engagement"]["engagementEntity"]["id"]),
        "context": engagement["id"],
    }


def ask(caller: Caller, ids: dict[str, str], *, account: str = "", auth: Any = None) -> requests.Response:
    path = (
        f"/api/account/{account or caller.account.account_id}/monitoring/visitors/{ids['visitor']}/visits/current"
        f"/campaigns/{ids['campaign']}/engagements/{ids['engagement']}/contexts/{ids['context']}"
    )
    query = {"v": "1", "sid": ids["session"]}
    return caller.ask("GET", path, params=query, auth=auth or sign_with(caller.account))


def test_what_was_offered_is_valid(caller: Caller, offered: dict[str, str]) -> None:
    assert ask(caller, offered).status_code == 200


@pytest.mark.parametrize("name", ["campaign", "engagement", "context", "session"])
def test_anything_else_is_not_found(caller: Caller, offered: dict[str, str], name: str) -> None:
    assert ask(caller, offered | {name: "1234567890123456789012"}).status_code == 404


def test_an_unknown_account_is_422(caller: Caller, offered: dict[str, str]) -> None:
    assert ask(caller, offered, account="99999999").status_code == 422


def test_nobody_asks_without_proof(caller: Caller, offered: dict[str, str]) -> None:
    assert ask(caller, offered, auth=Bearer("made up")).status_code == 401


def test_a_session_of_an_account_that_is_loading_names_its_visitor(caller: Caller, emulator: Emulator) -> None:
    emulator.add_fault("loading")
    path = f"/api/account/{caller.account.account_id}/app/engagement/visitors/?v=1.0"

    answer = caller.ask("POST", path, json={"appType": "EXTERNAL"})

    assert (answer.status_code, answer.json()["internalCode"]) == (500, 20)
    assert ", vid: " in answer.json()["message"]
    assert Choices().validate_bearer
