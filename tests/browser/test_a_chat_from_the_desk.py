"""The desk takes the call of somebody who is in a chat: it is followed from waiting to its end, and loses nothing."""

from __future__ import annotations

import re

from playwright.sync_api import FrameLocator, Page, expect

from tests.support.running_stack import RunningStack

CHAT = 'section[data-section="chat"]'


def take_call(page: Page, stack: RunningStack) -> tuple[FrameLocator, str]:
    """The panel's frame, and the chat the desk has begun; from here on the test says what happens in it."""
    page.set_viewport_size({"width": 1280, "height": 800})
    before = {chat["chatId"] for chat in stack.control("GET", "chats")}
    page.goto(f"{stack.emulator_url}/desk/#chatting")
    frame = page.frame_locator("iframe")
    expect(frame.locator(CHAT)).to_be_visible()
    [chat_id] = [
        chat["chatId"]
        for chat in stack.control("GET", "chats")
        if chat["story"] == "chatting" and chat["chatId"] not in before
    ]
    stack.control("POST", f"chats/{chat_id}", {"frozen": True})
    return frame, chat_id


def read_lines(frame: FrameLocator) -> list[str]:
    return re.findall(r"line \d+ of the test", frame.locator(CHAT).inner_text())


def test_a_chat_is_followed_from_waiting_to_its_end(page: Page, stack: RunningStack) -> None:
    frame, chat_id = take_call(page, stack)
    panel = frame.locator("#panel")
    expect(frame.locator(CHAT)).to_contain_text(re.compile("waiting", re.I))

    stack.control("POST", f"chats/{chat_id}", {"state": "chatting"})
    expect(frame.locator(CHAT)).to_contain_text(re.compile("chatting", re.I))
    for number, forgotten in enumerate(["", "bearer-expired", "", "agent-session-expired", ""]):
        if forgotten:
            stack.fault(forgotten, count=1)
        stack.control("POST", f"chats/{chat_id}", {"line": {"text": f"line {number} of the test", "source": "agent"}})
        expect(frame.locator(CHAT)).to_contain_text(f"line {number} of the test")
        assert panel.get_attribute("data-state") in {"live", "delayed"}

    assert read_lines(frame) == [f"line {number} of the test" for number in range(5)]
    stack.control("POST", f"chats/{chat_id}", {"state": "ended"})
    expect(frame.locator(CHAT)).to_contain_text(re.compile("ended", re.I))
    expect(panel).to_have_attribute("data-state", "live")
    expect(frame.locator('section[data-section="now"]')).to_be_visible()


def test_new_lines_move_no_scroll(page: Page, stack: RunningStack) -> None:
    frame, chat_id = take_call(page, stack)
    stack.control("POST", f"chats/{chat_id}", {"state": "chatting"})
    bottom = frame.locator('section[data-section="session"]').first
    bottom.scroll_into_view_if_needed()
    before = bottom.bounding_box()

    stack.control("POST", f"chats/{chat_id}", {"line": {"text": "line 1 of the test", "source": "visitor"}})
    expect(frame.locator(CHAT)).to_contain_text("line 1 of the test")

    after = bottom.bounding_box()
    assert before
    assert after
    assert abs(after["y"] - before["y"]) < 40  # the browser's own scroll anchoring keeps what is read in place


def open_chat(page: Page, stack: RunningStack, *, lines: int) -> str:
    """A panel on a chat with so many lines that its transcript scrolls."""
    chat = stack.create_chat("documented")
    for number in range(lines):
        stack.say(chat, line={"text": f"line {number} of the test", "source": "visitor"})
    page.set_viewport_size({"width": 400, "height": 800})
    page.goto(stack.launch_url(chat))
    expect(page.locator(CHAT)).to_contain_text(f"line {lines - 1} of the test")
    return chat.chat_id


def test_the_transcript_follows_its_end(page: Page, stack: RunningStack) -> None:
    chat_id = open_chat(page, stack, lines=40)

    stack.control("POST", f"chats/{chat_id}", {"line": {"text": "the newest line", "source": "agent"}})

    newest = page.get_by_text("the newest line").last
    expect(newest).to_be_visible()
    assert page.evaluate(
        "() => { const box = document.querySelector('[data-section=chat] [tabindex]');"
        " return box.scrollHeight - box.scrollTop - box.clientHeight }"
    ) < 5  # fmt: skip


def test_a_reader_who_scrolled_up_is_left_alone_and_notified(page: Page, stack: RunningStack) -> None:
    chat_id = open_chat(page, stack, lines=40)
    page.evaluate("() => { document.querySelector('[data-section=chat] [tabindex]').scrollTop = 40 }")
    page.wait_for_timeout(200)

    stack.control("POST", f"chats/{chat_id}", {"line": {"text": "the newest line", "source": "agent"}})

    expect(page.locator(CHAT)).to_contain_text("the newest line")
    assert page.evaluate("document.querySelector('[data-section=chat] [tabindex]').scrollTop") == 40
    expect(page.get_by_role("button", name=re.compile("new line", re.I))).to_be_visible()


def test_a_new_line_is_said_to_screen_readers(page: Page, stack: RunningStack) -> None:
    chat_id = open_chat(page, stack, lines=3)

    stack.control("POST", f"chats/{chat_id}", {"line": {"text": "the newest line", "source": "visitor"}})

    expect(page.locator('[role="status"]')).to_contain_text("the newest line")


def test_the_time_out_counts_down(page: Page, stack: RunningStack) -> None:
    chat = stack.create_chat("chatting", frozen=False)
    page.goto(stack.launch_url(chat))
    countdown = page.locator('[data-as="countdown"]').first
    expect(countdown).to_be_visible()
    first = countdown.inner_text()

    expect(countdown).not_to_have_text(first)
