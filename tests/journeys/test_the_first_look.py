"""The walk of DESIGN 4, every part real: a server asks for a ticket, an agent opens it, the panel stays young."""

from __future__ import annotations

import re
import time

from tests.support.house import ACCOUNT, House


def test_a_ticket_opens_a_panel_that_becomes_live(house: House) -> None:
    look = house.open_panel(house.mint("documented"))
    live = house.wait_for(look, "live")

    assert look.status == 200
    assert look.state in {"waiting", "live"}
    assert "John Doe" in live.text
    assert "Expiration date missing" in live.text


def test_a_cold_panel_says_that_it_waits(house: House) -> None:
    subject = house.mint_apart("documented")
    house.fault("slow", subject, seconds=1)

    look = house.open_panel(subject)
    waiting = house.tick(look.token)

    assert (look.state, waiting.state) == ("waiting", "waiting")
    assert "appears here by itself" in look.text
    assert int(waiting.headers["X-LPContext-Next"]) <= 1000


def test_a_warm_ticket_gives_a_complete_page_in_one_response(house: House) -> None:
    subject = house.mint("documented")
    house.wait_for(house.open_panel(subject), "live")

    look = house.open_panel(subject)

    assert look.state == "live"
    assert "John Doe" in look.text


def test_the_command_line_prints_a_ticket_that_opens(house: House) -> None:
    subject = house.mint("documented")

    url = house.run(
        "ticket", "--account", ACCOUNT, "--visitor", subject.visitor_id, "--session", subject.session_id
    ).strip()

    assert house.wait_for(house.open(url), "live").version
    assert subject.visitor_id not in url


def test_an_unchanged_visit_answers_204_with_its_freshness(house: House) -> None:
    look = house.open_panel(house.mint("documented"))
    live = house.wait_for(look, "live")

    again = house.tick(look.token, seen=live.version)

    assert (again.status, again.html) == (204, "")
    assert again.headers["X-LPContext-State"] == "live"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", again.headers["X-LPContext-As-Of"])
    assert int(again.headers["X-LPContext-Next"]) > 0


def test_as_of_moves_on_while_the_version_stays(house: House) -> None:
    look = house.open_panel(house.mint("documented"))
    live = house.wait_for(look, "live")
    first = live.headers["X-LPContext-As-Of"]

    later = house.tick_until(look, lambda now: now.headers["X-LPContext-As-Of"] > first)

    assert later.version == live.version


def test_time_ticking_on_the_current_page_is_no_change(house: House) -> None:
    subject = house.mint("checkout", frozen=True)
    look = house.open_panel(subject)
    live = house.wait_for(look, "live")
    calls = house.calls(subject)

    house.tick_until(look, lambda _: house.calls(subject) >= calls + 2)

    assert house.tick(look.token, seen=live.version).status == 204


def test_what_the_visitor_does_arrives_in_the_panel(house: House) -> None:
    subject = house.mint("checkout")
    look = house.open_panel(subject)
    house.wait_for(look, "live")

    house.control(
        "POST",
        f"visits/{subject.visitor_id}/events",
        {"page": {"url": "https://shop.example/help", "title": "Where is my order?"}},
    )

    assert house.tick_until(look, lambda now: "Where is my order?" in now.text).state == "live"


def test_refresh_now_asks_before_the_next_tick_is_due(house: House) -> None:
    subject = house.mint("documented")
    look = house.open_panel(subject)
    house.wait_for(look, "live")
    house.fault("not-found", subject, count=1)
    house.wait_for(look, "ended")

    assert house.tick(look.token, now=True).status == 200
    assert house.wait_for(look, "live").state == "live"


def test_a_launch_that_came_too_early_is_no_no_for_ever(house: House) -> None:
    """LivePerson knows the visit by the second launch, and needs a while to say so: that panel ticks until it does."""
    subject = house.mint_apart("documented")
    house.fault("not-found", subject)
    early = house.open_panel(subject)
    told = house.wait_for(early, "not-found")
    assert "X-LPContext-Next" not in told.headers
    time.sleep(1.5)  # a no that was just said is believed for a second
    house.clear_faults()
    house.fault("slow", subject, seconds=1)

    look = house.open_panel(subject)
    first = house.tick(look.token)

    assert (look.state, first.state) == ("waiting", "waiting")
    assert int(first.headers["X-LPContext-Next"]) <= 1000
    house.clear_faults()
    assert house.wait_for(look, "live").state == "live"


def test_both_forms_of_a_session_id_are_one_subject(house: House) -> None:
    subject = house.mint("documented")
    house.wait_for(house.open_panel(subject), "live")

    long_form = type(subject)(subject.visitor_id, subject.session_id + ".c524460e4432e9f93cf700af590f16ef181f20e6")

    assert house.open_panel(long_form).state == "live"


def test_nobody_watching_means_nothing_is_fetched(house: House) -> None:
    subject = house.mint("documented")
    house.wait_for(house.open_panel(subject), "live")
    deadline = time.monotonic() + 40

    while True:
        before = house.calls(subject)
        time.sleep(2.5)  # two and a half intervals without a tick
        if house.calls(subject) == before:
            break
        assert time.monotonic() < deadline, "still fetching, though nobody has looked for 40 s"
