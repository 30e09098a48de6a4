"""What is hidden is shown for a while to whoever may and says why; nothing else moves, and it hides itself again."""

from __future__ import annotations

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.browser.test_for_everybody import WCAG
from tests.support.running_stack import RunningStack

HIDDEN, SHOWN = "m•••••@mail.example", "maren.okafor@mail.example"
DESK = {"id": "7", "name": "Sam", "role": "Service desk"}


@pytest.fixture
def panel(narrow: Page, stack: RunningStack) -> Page:
    """Of an agent of the demo's desk, whose role may reveal."""
    narrow.goto(stack.launch_url(stack.create_visit("checkout"), agent=DESK))
    expect(narrow.locator("#panel-body")).to_contain_text(HIDDEN)
    return narrow


def reveal(page: Page) -> None:
    page.locator("#reveal").dispatch_event("click")  # a click of playwright's would scroll
    expect(page.locator("#reveal-reason")).to_be_focused()
    page.keyboard.type("To call back")
    page.keyboard.press("Enter")
    expect(page.locator("#panel-body")).to_contain_text(SHOWN)


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
