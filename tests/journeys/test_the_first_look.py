"""How a look travels (docs/architecture.md), every part real: a ticket, who opens it, a panel that stays young."""

from __future__ import annotations

import re
import time

import pytest

from tests.support.running_stack import RunningStack
from tests.support.stack_subjects import ACCOUNT, VisitSubject
from tests.support.waiting import PATIENCE_SECONDS

pytestmark = pytest.mark.concurrent

# Well below what a call may take here (READ_SECONDS), and well above what opening a panel takes.
SLOW_SECONDS = 3.0


def open_page(stack: RunningStack, subject: VisitSubject, title: str) -> None:
    """The visitor goes to another page."""
    page = {"url": "https://shop.example/help", "title": title}
    stack.control("POST", f"visits/{subject.visitor_id}/events", {"page": page})


def test_a_ticket_opens_a_panel_that_becomes_live(stack: RunningStack) -> None:
    look = stack.open_panel(stack.create_visit("documented"))
    live = stack.wait_for(look, "live")

    assert look.status == 200
    assert look.state in {"waiting", "live"}
    assert "John Doe" in live.text
    assert "Expiration date missing" in live.text


def test_a_cold_panel_says_that_it_waits(stack: RunningStack) -> None:
    subject = stack.create_visit_apart("documented")
    stack.fault("slow", subject, seconds=SLOW_SECONDS)

    look = stack.open_panel(subject)
    waiting = stack.tick(look.token)

    assert (look.state, waiting.state) == ("waiting", "waiting")
    assert "appears here by itself" in look.text
    assert int(waiting.headers["X-LPContext-Next"]) <= 1000


def test_a_warm_ticket_gives_a_complete_page_in_one_response(stack: RunningStack) -> None:
    subject = stack.create_visit("documented")
    stack.wait_for(stack.open_panel(subject), "live")

    look = stack.open_panel(subject)

    assert look.state == "live"
    assert "John Doe" in look.text


def test_the_command_line_prints_a_ticket_that_opens(stack: RunningStack) -> None:
    subject = stack.create_visit("documented")

    url = stack.run(
        "ticket", "--account", ACCOUNT, "--visitor", subject.visitor_id, "--session", subject.session_id
    ).strip()

    assert stack.wait_for(stack.open(url), "live").version
    assert subject.visitor_id not in url


def test_an_unchanged_visit_answers_204_with_its_freshness(stack: RunningStack) -> None:
    look = stack.open_panel(stack.create_visit("documented"))
    live = stack.wait_for(look, "live")

    again = stack.tick(look.token, seen=live.version)

    assert (again.status, again.html) == (204, "")
    assert again.headers["X-LPContext-State"] == "live"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", again.headers["X-LPContext-As-Of"])
    assert int(again.headers["X-LPContext-Next"]) > 0


def test_as_of_moves_on_while_the_version_stays(stack: RunningStack) -> None:
    look = stack.open_panel(stack.create_visit("documented"))
    live = stack.wait_for(look, "live")
    first = live.headers["X-LPContext-As-Of"]

    later = stack.tick_until(look, lambda now: now.headers["X-LPContext-As-Of"] > first)

    assert later.version == live.version


def test_time_ticking_on_the_current_page_is_no_change(stack: RunningStack) -> None:
    """Of a visitor who reads on and does nothing else."""
    subject = stack.create_visit("empty", frozen=False)
    open_page(stack, subject, "Returns")
    look = stack.open_panel(subject)
    live = stack.tick_until(look, lambda now: now.state == "live" and "Returns" in now.text)
    calls = stack.calls(subject)

    stack.tick_until(look, lambda _: stack.calls(subject) >= calls + 2)

    assert stack.tick(look.token, seen=live.version).status == 204


def test_what_the_visitor_does_arrives_in_the_panel(stack: RunningStack) -> None:
    subject = stack.create_visit("checkout")
    look = stack.open_panel(subject)
    stack.wait_for(look, "live")

    open_page(stack, subject, "Where is my order?")

    assert stack.tick_until(look, lambda now: "Where is my order?" in now.text).state == "live"


def test_refresh_now_asks_before_the_next_tick_is_due(stack: RunningStack) -> None:
    subject = stack.create_visit("documented")
    look = stack.open_panel(subject)
    stack.wait_for(look, "live")
    stack.fault("not-found", subject, count=1)
    stack.wait_for(look, "ended")

    assert stack.tick(look.token, now=True).status == 200
    assert stack.wait_for(look, "live").state == "live"


def test_a_launch_that_came_too_early_is_no_no_for_ever(stack: RunningStack) -> None:
    """LivePerson knows the visit by the second launch, and needs a while to say so: that panel ticks until it does."""
    subject = stack.create_visit_apart("documented")
    unknown = stack.fault("not-found", subject)
    early = stack.open_panel(subject)
    refused = stack.wait_for(early, "not-found")
    assert "X-LPContext-Next" not in refused.headers
    time.sleep(1.5)  # a no that was just said is believed for a second
    stack.lift_fault(unknown)
    slow = stack.fault("slow", subject, seconds=SLOW_SECONDS)

    look = stack.open_panel(subject)
    first = stack.tick(look.token)

    assert (look.state, first.state) == ("waiting", "waiting")
    assert int(first.headers["X-LPContext-Next"]) <= 1000
    stack.lift_fault(slow)
    assert stack.wait_for(look, "live").state == "live"


def test_both_forms_of_a_session_id_are_one_subject(stack: RunningStack) -> None:
    subject = stack.create_visit("documented")
    stack.wait_for(stack.open_panel(subject), "live")

    long_form = type(subject)(subject.visitor_id, subject.session_id + ".c524460e4432e9f93cf700af590f16ef181f20e6")

    assert stack.open_panel(long_form).state == "live"


def test_nobody_watching_means_nothing_is_fetched(stack: RunningStack) -> None:
    subject = stack.create_visit("documented")
    stack.wait_for(stack.open_panel(subject), "live")
    deadline = time.monotonic() + PATIENCE_SECONDS

    while True:
        before = stack.calls(subject)
        time.sleep(2.5)  # two and a half intervals without a tick
        if stack.calls(subject) == before:
            break
        assert time.monotonic() < deadline, "still fetching, though nobody has looked for long"
