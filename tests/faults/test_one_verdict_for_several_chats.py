"""One call for several chats fails other than by naming one: each is asked for by itself, and stays live."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.house import ChatSubject, House, run_house
from tests.support.panels import Panels, now_ms

pytestmark = pytest.mark.timeout(120)

CHATS = 4


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with run_house(tmp_path_factory.mktemp("verdict"), spare_accounts=6) as running:
        yield running


def asked_alone(house: House, chat: ChatSubject, *, since_ms: int) -> int:
    arrivals = house.control("GET", "log")["chatArrivals"].get(chat.chat_id, {})
    return len([at for at in arrivals.get("chat", []) if at > since_ms])


@pytest.mark.parametrize("fault", ["chats-400", "chats-403", "chats-half"])
def test_each_is_asked_for_by_itself(house: House, fault: str) -> None:
    first = house.mint_chat("documented", apart=True)
    chats = [first, *(house.mint_like(first) for _ in range(CHATS - 1))]
    with Panels(house, chats) as panels:
        panels.wait_until_live()
        house.fault(fault, account=first.account)
        struck_ms = now_ms()
        for _ in range(3):
            panels.wait_until_live(since_ms=now_ms())
        house.clear_faults()
        states = {told.state for told in panels.told_since(struck_ms)}

    assert states == {"live"}
    assert min(asked_alone(house, chat, since_ms=struck_ms) for chat in chats) >= 2
