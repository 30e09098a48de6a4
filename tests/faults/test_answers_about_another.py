"""LivePerson answers about somebody else, as a mixed-up cache does: refused, counted, never shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest
import requests

from tests.support.house import ChatSubject, House, Look, Subject, run_house
from tests.support.panels import Panels, now_ms

pytestmark = pytest.mark.timeout(120)

KNOWN = "John"  # whom the documented sample is about
# Who is in the worlds and stories that the emulator mixes up with the documented ones.
STRANGERS = ("Okafor", "Reyes-Whitfield", "Natalie", "Idris")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with run_house(tmp_path_factory.mktemp("another"), spare_accounts=12) as running:
        yield running


def unreadable_answers(house: House) -> float:
    told = requests.get(f"{house.url}/metrics", timeout=10).text
    return sum(
        float(amount)
        for kind, amount in re.findall(r'lpcontext_upstream_failures_total\{kind="(\w+)"\} (\S+)', told)
        if kind.startswith(("Another", "Unreadable"))
    )


def hurry_until_live(house: House, look: Look) -> Look:
    """The agent presses "refresh now", as often as they would."""
    return house.tick_until(look, lambda now: house.tick(look.token, now=True).state == "live", seconds=15)


@pytest.mark.parametrize("options", [{}, {"same_visitor": True}])
def test_another_visit_is_never_shown(house: House, options: dict[str, bool]) -> None:
    known, cold = house.mint_apart("documented"), house.mint_apart("documented")
    before = unreadable_answers(house)
    looks = []
    for subject in (known, cold):
        if subject is known:
            house.wait_for(house.open_panel(subject), "live")
        house.fault("another-visit", subject, **options)
        look = house.open_panel(subject)
        looks += [look, house.wait_for(look, "unreadable"), house.tick(look.token)]
        assert (KNOWN in looks[-1].text) == (subject is known)
    house.clear_faults()
    looks += [hurry_until_live(house, looks[0]), hurry_until_live(house, looks[3])]

    assert_nothing_of_another(house, looks, [known, cold])
    assert unreadable_answers(house) >= before + 2


def test_another_chat_is_never_shown(house: House) -> None:
    chat = house.mint_chat("documented", apart=True)
    before = unreadable_answers(house)
    house.fault("another-chat", chat)
    look = house.open_panel(chat)
    looks = [look, house.wait_for(look, "unreadable"), house.tick(look.token)]
    house.clear_faults()
    looks.append(hurry_until_live(house, look))

    assert_nothing_of_another(house, looks, [chat])
    assert unreadable_answers(house) >= before + 1


def test_another_chat_in_a_call_for_several_is_never_shown(house: House) -> None:
    """The others of the call are live all the while."""
    chat = house.mint_chat("documented", apart=True)
    others = [house.mint_like(chat) for _ in range(2)]
    for each in (chat, *others):
        house.wait_for(house.open_panel(each), "live")
    house.fault("another-chat", chat)
    with Panels(house, others) as panels:
        look = house.open_panel(chat)
        looks = [house.wait_for(look, "unreadable"), house.tick(look.token)]
        panels.wait_until_live(since_ms=now_ms())
        house.clear_faults()
        looks.append(hurry_until_live(house, look))
        states = {told.state for told in panels.told_since(0)}

    assert_nothing_of_another(house, looks, [chat, *others])
    assert states == {"live"}


def assert_nothing_of_another(house: House, looks: Sequence[Look], asked: Sequence[Subject | ChatSubject]) -> None:
    assert [name for name in STRANGERS for look in looks if name in look.text] == []
    ids = [each.visitor_id for each in asked] + [each.session_id for each in asked]
    ids += [each.chat_id for each in asked if isinstance(each, ChatSubject)]
    assert [each for each in (*ids, *STRANGERS, KNOWN) if each and each in house.log()] == []
