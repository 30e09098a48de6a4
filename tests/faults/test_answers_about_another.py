"""LivePerson answers about somebody else, as a mixed-up cache does: refused, counted, never shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
import requests

from tests.support.panels import Panels, now_ms
from tests.support.running_stack import RunningStack
from tests.support.stack_subjects import ChatSubject, Look, VisitSubject
from tests.support.waiting import PATIENCE_SECONDS

KNOWN = "John"  # whom the documented sample is about
# Who is in the worlds and stories that the emulator mixes up with the documented ones.
STRANGERS = ("Okafor", "Reyes-Whitfield", "Natalie", "Idris")


def unreadable_answers(stack: RunningStack) -> float:
    metrics = requests.get(f"{stack.url}/metrics", timeout=PATIENCE_SECONDS).text
    return sum(
        float(amount)
        for kind, amount in re.findall(r'lpcontext_upstream_failures_total\{kind="(\w+)"\} (\S+)', metrics)
        if kind.startswith(("Another", "Unreadable"))
    )


def hurry_until_live(stack: RunningStack, look: Look) -> Look:
    """The agent presses "refresh now", as often as they would."""
    return stack.tick_until(look, lambda now: stack.tick(look.token, now=True).state == "live", seconds=15)


@pytest.mark.parametrize("options", [{}, {"same_visitor": True}])
def test_another_visit_is_never_shown(stack: RunningStack, options: dict[str, bool]) -> None:
    known, cold = stack.create_visit_apart("documented"), stack.create_visit_apart("documented")
    before = unreadable_answers(stack)
    looks = []
    for subject in (known, cold):
        if subject is known:
            stack.wait_for(stack.open_panel(subject), "live")
        stack.fault("another-visit", subject, **options)
        look = stack.open_panel(subject)
        looks += [look, stack.wait_for(look, "unreadable"), stack.tick(look.token)]
        assert (KNOWN in looks[-1].text) == (subject is known)
    stack.clear_faults()
    looks += [hurry_until_live(stack, looks[0]), hurry_until_live(stack, looks[3])]

    assert_nothing_of_another(stack, looks, [known, cold])
    assert unreadable_answers(stack) >= before + 2


def test_another_chat_is_never_shown(stack: RunningStack) -> None:
    chat = stack.create_chat("documented", apart=True)
    before = unreadable_answers(stack)
    stack.fault("another-chat", chat)
    look = stack.open_panel(chat)
    looks = [look, stack.wait_for(look, "unreadable"), stack.tick(look.token)]
    stack.clear_faults()
    looks.append(hurry_until_live(stack, look))

    assert_nothing_of_another(stack, looks, [chat])
    assert unreadable_answers(stack) >= before + 1


def test_another_chat_in_a_call_for_several_is_never_shown(stack: RunningStack) -> None:
    """The others of the call are live all the while."""
    chat = stack.create_chat("documented", apart=True)
    others = [stack.create_chat_like(chat) for _ in range(2)]
    for each in (chat, *others):
        stack.wait_for(stack.open_panel(each), "live")
    stack.fault("another-chat", chat)
    with Panels(stack, others) as panels:
        look = stack.open_panel(chat)
        looks = [stack.wait_for(look, "unreadable"), stack.tick(look.token)]
        panels.wait_until_live(since_ms=now_ms())
        stack.clear_faults()
        looks.append(hurry_until_live(stack, look))
        states = {result.state for result in panels.results_since(0)}

    assert_nothing_of_another(stack, looks, [chat, *others])
    assert states == {"live"}


def assert_nothing_of_another(
    stack: RunningStack, looks: Sequence[Look], asked: Sequence[VisitSubject | ChatSubject]
) -> None:
    assert [name for name in STRANGERS for look in looks if name in look.text] == []
    ids = [each.visitor_id for each in asked] + [each.session_id for each in asked]
    ids += [each.chat_id for each in asked if isinstance(each, ChatSubject)]
    assert [each for each in (*ids, *STRANGERS, KNOWN) if each and each in stack.log()] == []
