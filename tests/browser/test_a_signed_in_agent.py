"""An agent without a CRM, in a real browser: the forms must get past what browsers really send."""

from __future__ import annotations

import re
from contextlib import closing

from playwright.sync_api import Browser, Page, Route, expect

from tests.support.running_stack import RunningStack
from tests.support.stack_subjects import ACCOUNT, VisitSubject


def sign_in(page: Page, stack: RunningStack) -> None:
    password = re.search(r"password (\S+)", stack.log())
    assert password
    page.goto(f"{stack.url}/")
    page.get_by_label("Username").fill("agent")
    page.get_by_label("Password").fill(password[1])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Account").select_option(ACCOUNT)


def look_up(page: Page, stack: RunningStack) -> VisitSubject:
    """By somebody who has signed in; the panel is there."""
    subject = stack.create_visit("documented")
    sign_in(page, stack)
    page.get_by_label("Visitor id").fill(subject.visitor_id)
    page.get_by_label("Session id").fill(subject.session_id)
    page.get_by_role("button", name="Look").click()
    expect(page.locator('section[data-section="identity"]')).to_contain_text("John Doe")
    return subject


def test_a_visit_is_looked_up_by_its_ids(page: Page, stack: RunningStack) -> None:
    look_up(page, stack)

    page.reload()

    expect(page.locator('section[data-section="identity"]')).to_contain_text("John Doe")


def test_what_was_opened_lately_leads_back(page: Page, stack: RunningStack) -> None:
    subject = look_up(page, stack)

    page.goto(f"{stack.url}/")
    newest = page.get_by_role("navigation", name="Opened lately").get_by_role("link").first
    expect(newest).to_contain_text(f"…{subject.visitor_id[-4:]}")
    expect(newest).to_contain_text(re.compile(r"\d+ s ago"))
    newest.click()

    expect(page.locator('section[data-section="identity"]')).to_contain_text("John Doe")


def test_a_chat_is_looked_up_by_its_id(page: Page, stack: RunningStack) -> None:
    chat = stack.create_chat("documented")
    sign_in(page, stack)

    page.get_by_label("chat id").fill(chat.chat_id)
    page.get_by_role("button", name="Look").click()

    expect(page.locator('section[data-section="chat"]')).to_be_visible()


def test_an_id_of_another_kind_is_explained_beside_its_field(page: Page, stack: RunningStack) -> None:
    sign_in(page, stack)

    page.get_by_label("chat id").fill("1215602164887992")
    page.get_by_role("button", name="Look").click()

    expect(page.get_by_text("chatSessionKey in the chat's info")).to_be_visible()


def test_signing_out_ends_it(page: Page, stack: RunningStack) -> None:
    sign_in(page, stack)

    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{stack.url}/")

    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_what_is_wrong_is_said_without_loading_the_page_anew(page: Page, stack: RunningStack) -> None:
    sign_in(page, stack)
    page.evaluate("() => { window.isSamePage = true }")
    page.get_by_label("chat id").fill("1215602164887992")
    page.get_by_role("button", name="Look").click()

    expect(page.get_by_text("chatSessionKey in the chat's info")).to_be_visible()
    expect(page.get_by_label("chat id")).to_be_focused()
    expect(page.get_by_label("chat id")).to_have_value("1215602164887992")
    assert page.evaluate("window.isSamePage")
    assert page.url == f"{stack.url}/"


def test_a_script_that_comes_late_points_at_what_is_wrong_all_the_same(page: Page, stack: RunningStack) -> None:
    held: list[Route] = []
    page.route("**/static/panel/times*.js", lambda route: held.append(route))
    sign_in(page, stack)
    page.get_by_label("chat id").fill("1215602164887992")
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_text("chatSessionKey in the chat's info")).to_be_visible()

    for route in held:
        route.continue_()

    expect(page.get_by_label("chat id")).to_be_focused()


def test_without_script_the_form_does_the_same(browser: Browser, stack: RunningStack) -> None:
    subject = stack.create_visit("documented")
    with closing(browser.new_context(java_script_enabled=False)) as context:
        page = context.new_page()
        sign_in(page, stack)
        page.get_by_label("chat id").fill("1215602164887992")
        page.get_by_role("button", name="Look").click()
        expect(page.get_by_text("chatSessionKey in the chat's info")).to_be_visible()

        page.get_by_label("chat id").fill("")
        page.get_by_label("Visitor id").fill(subject.visitor_id)
        page.get_by_label("Session id").fill(subject.session_id)
        page.get_by_role("button", name="Look").click()

        expect(page.locator("#panel")).to_be_visible()


def test_a_form_htmx_cannot_deliver_is_sent_by_the_browser(page: Page, stack: RunningStack) -> None:
    sign_in(page, stack)
    page.route(
        f"{stack.url}/", lambda route: route.abort() if "hx-request" in route.request.headers else route.fallback()
    )
    page.get_by_label("chat id").fill("1215602164887992")

    with page.expect_navigation():
        page.get_by_role("button", name="Look").click()

    expect(page.get_by_text("chatSessionKey in the chat's info")).to_be_visible()


def test_an_error_that_is_not_the_forms_is_shown(page: Page, stack: RunningStack) -> None:
    """As a browser that sends the form itself would show it."""
    sign_in(page, stack)
    page.context.clear_cookies(name="csrf")
    page.get_by_label("chat id").fill("1215602164887992")
    page.get_by_role("button", name="Look").click()

    expect(page.locator("h1")).not_to_have_text("Look up a visit")
