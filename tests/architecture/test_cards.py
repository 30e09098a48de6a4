"""Every room has a card that says what belongs in it, and the public names of each package exist."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

import lpcontext
from tests.architecture.import_graph import find_room, list_imports, list_modules

ROOMS = sorted(path.parent.name for path in Path(lpcontext.__path__[0]).glob("*/__init__.py"))
SETTINGS = {"settings"}
"""Read by way of Django."""
BY_A_NAME = {"celery", "settings", "urls"}
"""They may name a room's modules in texts that Django imports."""
FOR_EVERYBODY = {"subjects"}
PACKAGES = sorted(module for module, path in list_modules().items() if path.name == "__init__.py")


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_belongs_in_it_and_what_does_not(room: str) -> None:
    card = importlib.import_module(f"lpcontext.{room}").__doc__ or ""

    assert "Belongs here:" in card
    assert "Does not:" in card


@pytest.mark.parametrize("package", PACKAGES)
def test_a_packages_public_names_exist(package: str) -> None:
    module = importlib.import_module(package)

    assert [name for name in getattr(module, "__all__", []) if not hasattr(module, name)] == []


def read_names(room: str, heading: str) -> set[str]:
    """The rooms, ways in and files beside them that a sentence of the room's card names."""
    card = importlib.import_module(f"lpcontext.{room}").__doc__ or ""
    sentence = re.search(rf"{heading}: (.+?)\.(?:\s|$)", card, re.DOTALL)
    words = set(re.findall(r"\w+", sentence[1])) if sentence else set()
    return words & {find_room(module) for module in list_modules()}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_on_what_it_looks_down(room: str) -> None:
    imported = {find_room(each.module) for each in list_imports() if find_room(each.importer) == room} - {room, ""}

    assert read_names(room, "Looks down on") - SETTINGS == imported - SETTINGS


@pytest.mark.parametrize("room", sorted({*ROOMS} - FOR_EVERYBODY))
def test_a_room_says_who_may_ask_it(room: str) -> None:
    importers = {find_room(each.importer) for each in list_imports() if find_room(each.module) == room} - {room}

    assert read_names(room, "May be asked by") - BY_A_NAME == importers - BY_A_NAME
