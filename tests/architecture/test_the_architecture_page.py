"""docs/architecture.md lists every room and state and none that is gone, and its walks lead by what the code has."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from lpcontext.subjects import State
from tests.architecture.import_graph import PACKAGE, list_rooms

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "architecture.md").read_text()


def read_section(title: str) -> str:
    return PAGE.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def test_every_room_has_its_row() -> None:
    assert sorted(re.findall(r"^\| `(\w+)/` \| \S", read_section("Rooms"), re.MULTILINE)) == list_rooms()


def test_the_picture_has_the_layers_that_hold() -> None:
    """As in pyproject.toml, from above: a room imports what is drawn below it."""
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text())
    rooms = next(each for each in project["tool"]["importlinter"]["contracts"] if each["id"] == "rooms")
    held = [layer.split(" | ") for layer in rooms["layers"]]
    names = "|".join(name for layer in held for name in layer)
    picture = read_section("Rooms").split("```")[1]
    drawn = [re.findall(rf"\b(?:{names})\b", line.split("──")[0]) for line in picture.splitlines()]

    assert [layer for layer in drawn if layer] == held


def test_every_state_has_its_row() -> None:
    cells = [row.split(" | ")[1] for row in read_section("States").splitlines() if row.startswith("| ")]

    assert sorted(re.findall(r"`([a-z-]+)`", " ".join(cells))) == sorted(State)


@pytest.mark.parametrize("title", ["From the worker to Redis", "From Redis to HTML"])
def test_a_walk_leads_by_functions_that_are_there(title: str) -> None:
    steps = re.findall(r"^\| \d+ \| `([\w/.]+)` \| `(\w+)`: \S", read_section(title), re.MULTILINE)

    assert len(steps) >= 9
    assert [
        (path, name)
        for path, name in steps
        if not re.search(rf"^ *(?:def|class) {name}\b", (PACKAGE / path).read_text(), re.MULTILINE)
    ] == []


@pytest.mark.parametrize("title", ["From the worker to Redis", "From Redis to HTML"])
def test_a_walk_counts_its_steps(title: str) -> None:
    section = read_section(title)
    steps = re.findall(r"^\| \d+ \| `([\w/.]+)`", section, re.MULTILINE)
    numbers = {8: "eight", 9: "nine", 10: "ten", 11: "eleven", 12: "twelve", 13: "thirteen"}

    assert f"{numbers[len(steps)]} steps in {numbers[len(set(steps))]} files" in section.lower()
