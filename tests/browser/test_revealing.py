"""What is hidden is shown for a while to whoever may and says why; nothing else moves, and it hides itself again."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.conftest import record_ticks, wait_for_tick
from tests.browser.test_for_everybody import WCAG
from tests.support.running_stack import RunningStack
from tests.support.stack_processes import processes_of

HIDDEN, SHOWN = "m•••••@mail.example", "maren.okafor@mail.example"
# Lines of a chat are read aloud no sooner one after the other.
LONGEST_PAUSE_MS = 4500
DESK = {"id": "7", "name": "Sam", "role": "Service desk"}


def open_as_desk(page: Page, stack: RunningStack) -> Page:
    page.goto(stack.launch_url(stack.create_visit("checkout"), agent=DESK))
    expect(page.locator("#panel-body")).to_contain_text(HIDDEN)
    return page


@pytest.fixture
def panel(narrow: Page, stack: RunningStack) -> Page:
    """Of an agent of the demo's desk, whose role may reveal."""
    return open_as_desk(narrow, stack)


@pytest.fixture
def troubled(page: Page, stack: RunningStack) -> Page:
    """The same in a page whose console may complain, as of requests that a test lets fail."""
    return open_as_desk(page, stack)


def reveal(page: Page) -> None:
    page.locator("#reveal").dispatch_event("click")  # a click of playwright's would scroll
    expect(page.locator("#reveal-reason")).to_be_focused()
    page.keyboard.type("To call back")
    page.keyboard.press("Enter")
    expect(page.locator("#panel-body")).to_contain_text(SHOWN)


@contextmanager
def paused_memory(stack: RunningStack) -> Iterator[None]:
    """It takes connections and answers none."""
    valkey = processes_of(stack).find("Valkey")
    os.kill(valkey, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(valkey, signal.SIGCONT)


def find_revealing_answer(page: Page) -> str:
    """The body that the panel's next tick would bring, whole."""
    with page.expect_request("**/panel/body*") as tick:
        page.locator("#refresh").dispatch_event("click")
    token = tick.value.headers["x-lpcontext-panel"]
    address = tick.value.url.partition("?")[0]
    answer = page.request.get(address, headers={"X-LPContext-Panel": token, "Sec-Fetch-Site": "same-origin"})
    assert SHOWN in answer.text()
    return answer.text()


def test_a_reason_shows_it_and_a_button_hides_it_again(panel: Page) -> None:
    panel.evaluate("window.scrollTo(0, 300)")
    top = "document.getElementById('part-attention').getBoundingClientRect().top"
    before = panel.evaluate(top)

    reveal(panel)
    expect(panel.locator("#revealed")).to_contain_text("Shown for")
    assert abs(panel.evaluate(top) - before) <= 2
    panel.locator("#hide-again").dispatch_event("click")

    expect(panel.locator("#panel-body")).to_contain_text(HIDDEN)
    expect(panel.locator("#panel-body")).not_to_contain_text(SHOWN)
    expect(panel.locator("#reveal")).to_be_focused()


def test_it_hides_itself_when_its_time_is_over(panel: Page) -> None:
    def shorten(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=json.dumps(answer.json() | {"seconds": 1}))

    panel.route("**/panel/reveal", shorten)
    reveal(panel)

    expect(panel.locator("#revealed")).to_be_hidden()
    expect(panel.locator("#panel-body")).not_to_contain_text(SHOWN)


def test_what_no_masked_body_replaces_is_taken_away(troubled: Page) -> None:
    reveal(troubled)
    troubled.route("**/panel/body*", lambda route: route.abort())

    troubled.locator("#hide-again").dispatch_event("click")

    expect(troubled.locator("#panel-body")).to_be_empty()
    expect(troubled.locator("#said")).to_have_text("Hidden again.")
    assert SHOWN not in troubled.content()
    troubled.unroute("**/panel/body*")
    expect(troubled.locator("#panel-body")).to_contain_text(HIDDEN)


def test_a_panel_whose_time_is_over_keeps_nothing_that_was_revealed(troubled: Page) -> None:
    reveal(troubled)

    troubled.route("**/panel/body*", lambda route: route.fulfill(status=410))

    expect(troubled.locator("#panel")).to_have_attribute("data-state", "refused")
    expect(troubled.locator("#panel-body")).to_be_empty()
    expect(troubled.locator("#revealed")).to_be_hidden()
    assert SHOWN not in troubled.content()


def test_a_memory_that_is_away_keeps_nothing_that_was_revealed_on_the_page(troubled: Page, stack: RunningStack) -> None:
    """The tick's "no change" of then means the body that is there, whatever is in it."""
    reveal(troubled)
    with paused_memory(stack):
        expect(troubled.locator("#panel")).to_have_attribute("data-state", "memory-down")
        assert SHOWN in troubled.content()

        troubled.locator("#hide-again").dispatch_event("click")

        expect(troubled.locator("#said")).to_have_text("Hidden again.")
        assert SHOWN not in troubled.content()
    expect(troubled.locator("#panel-body")).to_contain_text(HIDDEN)


def test_an_answer_that_comes_when_it_is_hidden_already_is_not_shown(troubled: Page) -> None:
    """And no tick behind it hides it again."""
    held: list[Route] = []
    reveal(troubled)
    shown = find_revealing_answer(troubled)
    troubled.route("**/panel/body*", lambda route: route.abort() if held else held.append(route))
    ticks = record_ticks(troubled)
    troubled.locator("#refresh").dispatch_event("click")
    wait_for_tick(troubled, ticks)
    troubled.locator("#hide-again").dispatch_event("click")
    expect(troubled.locator("#panel-body")).to_be_empty()

    with troubled.expect_response("**/panel/body*"):
        held[0].fulfill(status=200, body=shown)
    ticks.clear()
    wait_for_tick(troubled, ticks)

    assert SHOWN not in troubled.content()


def test_a_line_that_was_revealed_is_not_read_aloud_afterwards(page: Page, stack: RunningStack) -> None:
    chat = stack.create_chat("chatting")
    page.goto(stack.launch_url(chat, agent=DESK))
    expect(page.locator("#chat-log")).to_be_visible()
    page.locator("#reveal").dispatch_event("click")
    expect(page.locator("#reveal-reason")).to_be_focused()
    page.keyboard.type("To call back")
    page.keyboard.press("Enter")
    expect(page.locator("#revealed")).to_be_visible()
    stack.say(chat, line={"text": "One moment", "source": "agent"})
    expect(page.locator("#said")).to_contain_text("One moment")  # the next is read some seconds later
    stack.say(chat, line={"text": "my number is +44 7700 900555", "source": "visitor"})
    expect(page.locator("#chat-log")).to_contain_text("900555")

    page.route("**/panel/body*", lambda route: route.abort())
    page.locator("#hide-again").dispatch_event("click")
    expect(page.locator("#panel-body")).to_be_empty()
    page.wait_for_timeout(LONGEST_PAUSE_MS)

    assert "900555" not in page.content()


def test_a_panel_whose_time_ended_meanwhile_shows_nothing_anew(troubled: Page) -> None:
    held: list[Route] = []
    troubled.route("**/panel/reveal", lambda route: held.append(route))
    with troubled.expect_request("**/panel/reveal"):
        troubled.locator("#reveal").dispatch_event("click")
        expect(troubled.locator("#reveal-reason")).to_be_focused()
        troubled.keyboard.type("To call back")
        troubled.keyboard.press("Enter")
    troubled.route("**/panel/body*", lambda route: route.fulfill(status=410))
    expect(troubled.locator("#panel")).to_have_attribute("data-state", "refused")

    with troubled.expect_response("**/panel/reveal"):
        held[0].continue_()

    expect(troubled.locator("#reveal-error")).to_have_text("This panel's time is over. Open it again.")
    expect(troubled.locator("#revealed")).to_be_hidden()
    expect(troubled.locator("#panel-body")).to_contain_text(HIDDEN)


def test_an_answer_that_was_on_its_way_is_hidden_by_the_next_at_once(panel: Page) -> None:
    """The next tick would be due in ten minutes."""
    held: list[Route] = []
    asked: list[Request] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)
            asked.append(route.request)

    reveal(panel)
    panel.route("**/panel/body*", hold_the_first)
    panel.locator("#refresh").dispatch_event("click")
    wait_for_tick(panel, asked)

    panel.locator("#hide-again").dispatch_event("click")
    answer = held[0].fetch()
    held[0].fulfill(response=answer, headers=answer.headers | {"x-lpcontext-next": "600000"})

    expect(panel.locator("#panel-body")).to_contain_text(HIDDEN)
    expect(panel.locator("#panel-body")).not_to_contain_text(SHOWN)


def test_a_reload_shows_nothing_that_is_hidden_and_may_reveal_again(panel: Page) -> None:
    reveal(panel)

    panel.reload()

    expect(panel.locator("#panel-body")).to_contain_text(HIDDEN)
    reveal(panel)


def test_without_such_a_role_there_is_no_button(narrow: Page, stack: RunningStack) -> None:
    narrow.goto(stack.launch_url(stack.create_visit("checkout")))
    expect(narrow.locator("#panel-body")).to_contain_text(HIDDEN)

    expect(narrow.locator("#pause")).to_be_visible()
    expect(narrow.locator("#reveal")).to_be_hidden()


@pytest.mark.parametrize("width", [258, 320])
def test_the_form_is_for_everybody(panel: Page, width: int) -> None:
    panel.set_viewport_size({"width": width, "height": 640})
    panel.locator("#reveal").click()
    expect(panel.locator("#reveal-reason")).to_be_focused()

    found = Axe().run(panel, options=WCAG)

    assert found.violations_count == 0, found.generate_report()
    assert panel.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_a_copy_is_reported_by_its_part(panel: Page) -> None:
    with panel.expect_request("**/panel/copied") as sent:
        panel.locator('section[data-section="identity"] button.copy').first.click()

    assert sent.value.post_data == "section=identity"
