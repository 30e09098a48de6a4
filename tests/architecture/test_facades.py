"""A room's `__init__.py` offers what other rooms use and nothing else, and they come in by it.

A room may have another entrance, where loading all of it would cost too much or come too early: its card names the file
in backquotes. A room's addresses (`urls.py`) are Django's way in, and need no word.
"""

from __future__ import annotations

import ast
import importlib
import re

import pytest

from tests.architecture.import_graph import (
    PACKAGE,
    SEPARATE,
    find_room,
    list_imports,
    list_modules,
    list_rooms,
    read_imports,
)

_SETTING = re.compile(r'"lpcontext\.([a-z]+\.[A-Za-z_]+)"')
"""A name that Django or the installer imports by its path, as `"lpcontext.cli:main"`."""


def read_offered_names(room: str) -> list[str]:
    """What a room's `__init__.py` lists in `__all__`."""
    tree = ast.parse((PACKAGE / room / "__init__.py").read_text())
    for node in tree.body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["__all__"]:
            return [str(name) for name in ast.literal_eval(node.value)]
    return []


def find_used_names(room: str) -> set[str]:
    """What other rooms and ways in import from the room's card, or name in a setting."""
    imported = {
        each.name for each in list_imports() if each.module == f"lpcontext.{room}" and find_room(each.importer) != room
    }
    settings = (PACKAGE / "settings.py").read_text()
    scripts = (PACKAGE.parent / "pyproject.toml").read_text().replace("lpcontext.cli:", "lpcontext.cli.")
    named = [found.split(".") for found in _SETTING.findall(settings + scripts)]
    return imported | {name for owner, name in named if owner == room}


def find_other_entrances() -> dict[str, list[str]]:
    """`snapshots/broker.py` or `panel/tick/` by the modules that come in there from another room."""
    entrances: dict[str, list[str]] = {}
    for each in list_imports():
        room = find_room(each.module)
        if room in list_rooms() and room != find_room(each.importer) and each.module != f"lpcontext.{room}":
            path = list_modules()[each.module].relative_to(PACKAGE).as_posix().removesuffix("__init__.py")
            entrances.setdefault(path, []).append(each.importer)
    return entrances


@pytest.mark.parametrize("room", [room for room in list_rooms() if room != SEPARATE])
def test_a_room_offers_what_another_uses_and_nothing_else(room: str) -> None:
    used = find_used_names(room)

    assert [name for name in read_offered_names(room) if name not in used] == []


def test_the_emulator_offers_what_the_command_line_or_a_test_uses() -> None:
    tests = [path.read_text() for path in (PACKAGE.parent / "tests").rglob("*.py")]
    imported = {
        each.name for text in tests for each in read_imports("tests", text) if each.module == f"lpcontext.{SEPARATE}"
    }

    assert [name for name in read_offered_names(SEPARATE) if name not in imported | find_used_names(SEPARATE)] == []


def test_rooms_come_in_by_the_card_or_by_an_entrance_it_names() -> None:
    unnamed = {}
    for entrance, importers in find_other_entrances().items():
        room, path = entrance.split("/", 1)
        card = importlib.import_module(f"lpcontext.{room}").__doc__ or ""
        if path != "urls.py" and f"`{path}`" not in card:
            unnamed[entrance] = importers

    assert unnamed == {}
