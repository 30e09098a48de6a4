"""A chatId in, the chat and its visit out: in one panel, one poll, one body."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence

import pytest

from tests.support.panels import Panels, now_ms
from tests.support.running_stack import RunningStack
from tests.support.stack_subjects import ACCOUNT, ChatSubject, Look

pytestmark = pytest.mark.concurrent

CHAT_INTERVAL_MS = 2_000


def has_part(look: Look, name: str) -> bool:
    return f'data-section="{name}"' in look.html


def read_part(look: Look, name: str) -> str:
    found = re.search(rf'<section[^>]*data-section="{name}".*?</section>', look.html, re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0])) if found else ""


def test_a_chat_id_opens_the_chat_and_the_visit_behind_it(stack: RunningStack) -> None:
    chat = stack.create_chat("documented")
    panel = stack.open_panel(chat)

    look = stack.tick_until(panel, lambda now: has_part(now, "identity"))

    assert 'data-subject="chat"' in panel.html
    assert look.state == "live"
    assert has_part(look, "chat")
    assert has_part(look, "pages")


def wait_for_line(stack: RunningStack, panel: Look, text: str) -> Look:
    return stack.tick_until(panel, lambda now: text in now.text)


def test_what_is_said_arrives_once_and_in_order(stack: RunningStack) -> None:
    chat = stack.create_chat("documented")
    panel = stack.open_panel(chat)
    stack.tick_until(panel, lambda now: has_part(now, "identity"))

    for number in range(3):
        stack.say(chat, line={"text": f"line number {number}", "source": "visitor"})
        look = wait_for_line(stack, panel, f"line number {number}")
    as_of = look.headers["X-LPContext-As-Of"]

    look = stack.tick_until(panel, lambda now: now.headers["X-LPContext-As-Of"] > as_of)
    assert re.findall(r"line number \d", read_part(look, "chat")) == [f"line number {n}" for n in range(3)]


def test_who_is_typing_is_shown(stack: RunningStack) -> None:
    chat = stack.create_chat("documented")
    panel = stack.open_panel(chat)
    stack.tick_until(panel, lambda now: has_part(now, "identity"))

    stack.say(chat, typing={"visitor": True})

    look = stack.tick_until(panel, lambda now: "typing" in read_part(now, "chat"))
    assert look.state == "live"


def test_an_ended_chat_is_not_asked_for_again_and_its_visit_goes_on(stack: RunningStack) -> None:
    chat = stack.create_chat("documented", apart=True)
    panel = stack.open_panel(chat)
    stack.tick_until(panel, lambda now: has_part(now, "identity"))
    stack.say(chat, state="ended")
    ended = stack.tick_until(panel, lambda now: "ended" in read_part(now, "chat").lower() and now.state == "live")
    arrivals = stack.control("GET", "log")["chatArrivals"][chat.chat_id]
    as_of = ended.headers["X-LPContext-As-Of"]

    later = stack.tick_until(panel, lambda now: now.headers["X-LPContext-As-Of"] > as_of)
    time.sleep(1.25 * CHAT_INTERVAL_MS / 1000)

    assert later.state == "live"
    after = stack.control("GET", "log")["chatArrivals"][chat.chat_id]
    assert {kind: len(times) for kind, times in after.items()} == {k: len(times) for k, times in arrivals.items()}


def test_a_chat_without_monitoring_is_shown_in_full_and_says_why_there_is_no_visit(stack: RunningStack) -> None:
    panel = stack.open_panel(stack.create_chat("unmonitored"))

    look = stack.tick_until(panel, lambda now: now.state == "live")

    assert has_part(look, "chat")
    assert "without monitoring" in look.text


@pytest.mark.parametrize("fault", ["500", "not-found"])
def test_a_visit_that_fails_leaves_its_chat_live(stack: RunningStack, fault: str) -> None:
    chat = stack.create_chat("documented", apart=True)
    panel = stack.open_panel(chat)
    stack.tick_until(panel, lambda now: has_part(now, "identity"))
    stack.control("POST", "faults", {"name": fault, "visitor": chat.visitor_id})

    look = stack.tick_until(panel, lambda now: "visit:" in now.text.lower())

    assert look.state == "live"
    assert has_part(look, "identity")


@pytest.mark.parametrize(("fault", "state"), [("500", "cached"), ("html", "unreadable")])
def test_a_chat_that_fails_keeps_its_lines_and_leaves_its_visit_live(
    stack: RunningStack, fault: str, state: str
) -> None:
    chat = stack.create_chat("documented", apart=True)
    panel = stack.open_panel(chat)
    stack.tick_until(panel, lambda now: has_part(now, "identity"))
    calls = len(stack.control("GET", "log")["arrivals"].get(chat.visitor_id, []))
    stack.fault(fault, chat)

    look = stack.tick_until(panel, lambda now: now.state == state)

    assert has_part(look, "chat")
    stack.tick_until(panel, lambda _: len(stack.control("GET", "log")["arrivals"][chat.visitor_id]) > calls + 1)


def test_a_chat_nobody_knows_is_not_found(stack: RunningStack) -> None:
    unknown = stack.create_chat("documented", apart=True)
    stack.control("DELETE", f"chats/{unknown.chat_id}")

    look = stack.tick_until(stack.open_panel(unknown), lambda now: now.state == "not-found")

    assert "X-LPContext-Next" not in look.headers


def test_a_refused_agent_session_is_said_in_its_own_words(stack: RunningStack) -> None:
    chat = stack.create_chat("documented", apart=True)
    stack.fault("cookie-refused", account=chat.account)

    look = stack.tick_until(stack.open_panel(chat), lambda now: now.state == "agent-session-refused")

    assert "X-LPContext-Next" in look.headers
    assert "chats cannot be seen" in look.text
    assert "an account's chats cannot be read" in stack.log()


@pytest.mark.parametrize("fault", ["bearer-expired", "agent-session-expired"])
def test_what_liveperson_forgets_is_made_again_without_the_agent_noticing(stack: RunningStack, fault: str) -> None:
    chat = stack.create_chat("documented", apart=True)
    panel = stack.open_panel(chat)
    stack.tick_until(panel, lambda now: has_part(now, "identity"))
    stack.fault(fault, account=chat.account, count=1)
    stack.say(chat, line={"text": "are you still there?", "source": "visitor"})

    assert stack.tick_until(panel, lambda now: "are you still there?" in now.text).state in {"live", "delayed"}


@pytest.mark.parametrize(
    ("field", "value", "hint"),
    [
        ("chatId", "1215602164887992", "chatSessionKey"),
        ("chatId", "H2170755172687460894K8457415", "without its middle"),
        ("visitorId", "1215602164887992", "sharkVisitorId"),
        ("sessionId", "4294967524", "rtSessionId"),
    ],
)
def test_an_id_of_another_kind_is_recognised(stack: RunningStack, field: str, value: str, hint: str) -> None:
    ids = {"chatId": value} if field == "chatId" else {"visitorId": "QzZDNhYTViMjA1OTJjN2Y5", "sessionId": "s-1"}
    answer = stack.post_ticket_request({"accountId": ACCOUNT, **ids, field: value})

    assert answer.status_code == 400
    assert hint in answer.json()["error"]
    assert value not in answer.json()["error"]


def test_nothing_acts_on_a_chat(stack: RunningStack) -> None:
    stack.tick_until(stack.open_panel(stack.create_chat("documented")), lambda now: now.state == "live")

    assert [kind for kind in stack.control("GET", "log")["kinds"] if kind.startswith("act-")] == []


def test_a_hundred_panels_on_twenty_chats_share_the_accounts_calls(stack: RunningStack) -> None:
    """At most one call for chats per interval for the account, whatever the number of panels and chats."""
    first = stack.create_chat("documented", apart=True)
    chats = [first, *(stack.create_chat_like(first) for _ in range(19))]
    with Panels(stack, chats * 5, threads=25) as panels:
        panels.wait_until_live()
        before, since_ms = count_calls(stack, chats), now_ms()
        panels.wait_until(
            lambda: count_calls(stack, chats) >= before + 3 and len(panels.results_since(since_ms)) >= 200
        )
        calls = count_calls(stack, chats) - before
        spent_ms = now_ms() - since_ms

    assert calls <= spent_ms / CHAT_INTERVAL_MS + 1


def count_calls(stack: RunningStack, chats: Sequence[ChatSubject]) -> int:
    """Calls about these chats; one call for several counts once, for its arrivals are the same."""
    chats_asked_for = stack.control("GET", "log")["chatArrivals"]
    times: set[int] = set()
    for chat in chats:
        for kind, arrivals in chats_asked_for.get(chat.chat_id, {}).items():
            if kind in {"chat", "chats"}:
                times |= set(arrivals)
    return len(times)
