"""A real Chromium, Debian's, against the running stack. Without one these tests are skipped by name."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, FrameLocator, Page, Request, expect

from tests.support.running_stack import RunningStack
from tests.support.stack_subjects import VisitSubject
from tests.support.waiting import PATIENCE_SECONDS

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-quic"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium found; apt-get install chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": QUIET}


@pytest.fixture(autouse=True)
def _patience(context: BrowserContext) -> None:
    """Every wait for something to be there ends when it is, and none sooner than any other test's."""
    context.set_default_timeout(PATIENCE_SECONDS * 1000)
    expect.set_options(timeout=PATIENCE_SECONDS * 1000)


@pytest.fixture
def narrow(context: BrowserContext) -> Iterator[Page]:
    """A page as narrow as a CRM's sidebar. A console error or a broken policy fails the test."""
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


def open_panel(page: Page, stack: RunningStack, subject: VisitSubject) -> Page:
    page.goto(stack.launch_url(subject))
    page.wait_for_selector('#panel[data-state="live"]')
    page.wait_for_selector('#panel-body section[data-section="identity"]')
    return page


def record_ticks(page: Page) -> list[Request]:
    """Those that are sent from now on."""
    ticks: list[Request] = []
    page.on("request", lambda request: ticks.append(request) if "/panel/body" in request.url else None)
    return ticks


def wait_for_tick(page: Page, ticks: list[Request], *, query: str = "") -> None:
    """One of these, with that in its address, is sent or has been."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not any(query in tick.url for tick in ticks):
        assert time.monotonic() < deadline, "no such tick was sent"
        page.wait_for_timeout(50)  # playwright reports what happened while it waits


def wait_for_silence(page: Page, ticks: list[Request]) -> None:
    """Until three seconds, in which a page that ticks would have sent several, pass without one."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        ticks.clear()
        page.wait_for_timeout(3000)
        if not ticks:
            return
        assert time.monotonic() < deadline, "it never stopped"


def open_page_at(stack: RunningStack, subject: VisitSubject, title: str) -> None:
    """The visitor goes to another page."""
    page = {"url": f"https://shop.example/{title.lower()}", "title": title}
    stack.control("POST", f"visits/{subject.visitor_id}/events", {"page": page})


PERMISSIONS = ("allow-scripts", "allow-forms", "allow-same-origin", "allow-popups")
_FRAME = """([url, sandbox]) => {
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", sandbox);
    frame.setAttribute("allow", "clipboard-write");
    frame.src = url;
    document.body.replaceChildren(frame);
}"""


def frame_panel(page: Page, url: str, *, permissions: Sequence[str] = PERMISSIONS) -> FrameLocator:
    """In a sandbox, as a CRM's page does; the page is of an origin that may frame it."""
    page.evaluate(_FRAME, [url, " ".join(permissions)])
    return page.frame_locator("iframe")
