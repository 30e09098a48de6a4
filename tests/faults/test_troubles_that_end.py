"""A trouble ends with its cause: a visit LivePerson did not know yet, credentials that were wrong."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest

from tests.support.house import House, Subject, run_house
from tests.support.panels import Panels, now_ms

pytestmark = pytest.mark.timeout(120)

ACCOUNT = "40000001"
# However often an account's state is looked at, LivePerson is asked again only so long after it was asked.
ASKED_AGAIN_SECONDS = 1.0


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with run_house(tmp_path_factory.mktemp("ends"), spare_accounts=4) as running:
        yield running


def test_a_launch_before_liveperson_knows_the_visit_is_no_verdict_on_the_next(house: House) -> None:
    subject = house.mint_apart("documented")
    house.fault("not-found", subject, count=1)
    house.wait_for(house.open_panel(subject), "not-found")
    time.sleep(ASKED_AGAIN_SECONDS)

    assert "John" in house.wait_for(house.open_panel(subject), "live").text


def test_refresh_now_asks_again_too(house: House) -> None:
    subject = house.mint_apart("documented")
    house.fault("not-found", subject, count=1)
    look = house.open_panel(subject)
    house.wait_for(look, "not-found")

    house.tick_until(look, lambda now: house.tick(look.token, now=True).state == "live")


def test_new_credentials_are_live_within_two_ticks(house: House) -> None:
    good = house.control("POST", "accounts", {"account": ACCOUNT})["credentials"]
    wrong = {"kind": "oauth1", **dict.fromkeys(("app_key", "secret", "access_token", "access_token_secret"), "wrong")}
    house.run("add-account", ACCOUNT, "--credentials", "-", input=json.dumps(wrong))
    key = house.run("integration-key", "--account", ACCOUNT, "--name", "tests").strip()
    told = house.control("POST", "visits", {"world": "documented", "frozen": True, "account": ACCOUNT, "count": 6})
    subjects = [Subject(each["visitorId"], each["sessionId"], ACCOUNT, key) for each in told]

    with Panels(house, subjects) as panels:
        panels.wait_until(lambda: [told.state for told in panels.last()] == ["unauthorized"] * 6, seconds=20)
        house.run("add-account", ACCOUNT, "--credentials", "-", input=json.dumps(good))
        changed_ms = now_ms()
        panels.wait_until_live(seconds=30)
        ticks = panels.told_since(changed_ms)

    assert len([told for told in ticks if told.state != "live"]) <= 2 * len(subjects)
