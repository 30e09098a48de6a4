"""docs/architecture.md lists every room and every state, and none that is gone."""

from __future__ import annotations

import re
from pathlib import Path

from lpcontext.subjects import State
from tests.architecture.import_graph import list_rooms

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "architecture.md").read_text()


def read_section(title: str) -> str:
    return PAGE.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def test_every_room_has_its_row() -> None:
    assert sorted(re.findall(r"^\| `(\w+)/` \| \S", read_section("Rooms"), re.MULTILINE)) == list_rooms()


def test_every_state_has_its_row() -> None:
    cells = [row.split(" | ")[1] for row in read_section("States").splitlines() if row.startswith("| ")]

    assert sorted(re.findall(r"`([a-z-]+)`", " ".join(cells))) == sorted(State)
