"""A trouble ends with its cause: a visit LivePerson did not know yet, credentials that were wrong."""

from __future__ import annotations

import json
import time

import pytest

from tests.support.panels import Panels, now_ms
from tests.support.running_stack import RunningStack
from tests.support.stack_subjects import VisitSubject

pytestmark = pytest.mark.concurrent

ACCOUNT = "40000001"
# However often an account's state is looked at, LivePerson is asked again only so long after it was asked.
ASKED_AGAIN_SECONDS = 1.0


def test_a_launch_before_liveperson_knows_the_visit_is_no_verdict_on_the_next(stack: RunningStack) -> None:
    subject = stack.create_visit_apart("documented")
    stack.fault("not-found", subject, count=1)
    stack.wait_for(stack.open_panel(subject), "not-found")
    time.sleep(ASKED_AGAIN_SECONDS)

    assert "John" in stack.wait_for(stack.open_panel(subject), "live").text


def test_refresh_now_asks_again_too(stack: RunningStack) -> None:
    subject = stack.create_visit_apart("documented")
    stack.fault("not-found", subject, count=1)
    look = stack.open_panel(subject)
    stack.wait_for(look, "not-found")

    stack.tick_until(look, lambda now: stack.tick(look.token, now=True).state == "live")


def test_new_credentials_are_live_within_two_ticks(stack: RunningStack) -> None:
    good = stack.control("POST", "accounts", {"account": ACCOUNT})["credentials"]
    wrong = {"kind": "oauth1", **dict.fromkeys(("app_key", "secret", "access_token", "access_token_secret"), "wrong")}
    stack.run("add-account", ACCOUNT, "--credentials", "-", input=json.dumps(wrong))
    key = stack.run("integration-key", "--account", ACCOUNT, "--name", "tests").strip()
    created = stack.control("POST", "visits", {"world": "documented", "frozen": True, "account": ACCOUNT, "count": 6})
    subjects = [VisitSubject(each["visitorId"], each["sessionId"], ACCOUNT, key) for each in created]

    with Panels(stack, subjects) as panels:
        panels.wait_until(lambda: [result.state for result in panels.last()] == ["unauthorized"] * 6)
        stack.run("add-account", ACCOUNT, "--credentials", "-", input=json.dumps(good))
        changed_ms = now_ms()
        panels.wait_until_live()
        ticks = panels.results_since(changed_ms)

    assert len([tick for tick in ticks if tick.state != "live"]) <= 2 * len(subjects)
