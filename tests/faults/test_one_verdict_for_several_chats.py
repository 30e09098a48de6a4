"""One call for several chats fails other than by naming one: each is asked for by itself, and stays live."""

from __future__ import annotations

import pytest

from tests.support.panels import Panels, now_ms
from tests.support.running_stack import RunningStack
from tests.support.stack_subjects import ChatSubject

pytestmark = pytest.mark.concurrent

CHATS = 4


def asked_alone(stack: RunningStack, chat: ChatSubject, *, since_ms: int) -> int:
    arrivals = stack.control("GET", "log")["chatArrivals"].get(chat.chat_id, {})
    return len([at for at in arrivals.get("chat", []) if at > since_ms])


@pytest.mark.parametrize("fault", ["chats-400", "chats-403", "chats-half"])
def test_each_is_asked_for_by_itself(stack: RunningStack, fault: str) -> None:
    first = stack.create_chat("documented", apart=True)
    chats = [first, *(stack.create_chat_like(first) for _ in range(CHATS - 1))]
    with Panels(stack, chats) as panels:
        panels.wait_until_live()
        number = stack.fault(fault, account=first.account)
        struck_ms = now_ms()
        for _ in range(3):
            panels.wait_until_live(since_ms=now_ms())
        stack.lift_fault(number)
        states = {result.state for result in panels.results_since(struck_ms)}

    assert states == {"live"}
    assert min(asked_alone(stack, chat, since_ms=struck_ms) for chat in chats) >= 2
