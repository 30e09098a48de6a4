"""Bytes of a chat that another release kept: fields are known by position, so more and fewer of them open alike."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from lpcontext.chats.model import Availability, AvailableAgent, Chat, Skill


@pytest.mark.parametrize(
    ("kept", "opened"),
    [
        (["1", "Sales", 3], Skill(id="1", name="Sales")),
        (["1"], Skill(id="1")),
        (["Online", "Away", "7"], Availability(chat="Online", voice="Away")),
        (["Online"], Availability(chat="Online")),
        (
            ["a", None, None, None, None, ["Online", None, "7"], 4, None, [["1", "Sales", 3], ["2", None, None]]],
            AvailableAgent(
                id="a",
                availability=Availability(chat="Online"),
                max_chats=4,
                skills=(Skill(id="1", name="Sales"), Skill(id="2")),
            ),
        ),
        (["H1-2K3", "ended"], Chat(chat_id="H1-2K3", state="ended")),
    ],
)
def test_a_value_with_more_or_fewer_fields_opens(kept: list[Any], opened: msgspec.Struct) -> None:
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(kept), type=type(opened)) == opened
