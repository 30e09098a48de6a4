"""An agent without a CRM, in a real browser: the forms must get past what browsers really send."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.support.running_stack import ACCOUNT, RunningStack


def sign_in(page: Page, stack: RunningStack) -> None:
    password = re.search(r"password (\S+)", stack.log())
    assert password
    page.goto(f"{stack.url}/")
    page.get_by_label("Username").fill("agent")
    page.get_by_label("Password").fill(password[1])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Account").select_option(ACCOUNT)


def test_a_visit_is_looked_up_by_its_ids(page: Page, stack: RunningStack) -> None:
    subject = stack.create_visit("documented")
    sign_in(page, stack)

    page.get_by_label("Visitor id").fill(subject.visitor_id)
    page.get_by_label("Session id").fill(subject.session_id)
    page.get_by_role("button", name="Look").click()

    expect(page.locator('section[data-section="identity"]')).to_contain_text("John Doe", timeout=10_000)
    page.reload()
    expect(page.locator('section[data-section="identity"]')).to_contain_text("John Doe", timeout=10_000)


def test_a_chat_is_looked_up_by_its_id(page: Page, stack: RunningStack) -> None:
    chat = stack.create_chat("documented")
    sign_in(page, stack)

    page.get_by_label("chat id").fill(chat.chat_id)
    page.get_by_role("button", name="Look").click()

    expect(page.locator('section[data-section="chat"]')).to_be_visible(timeout=10_000)


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
