"""The name of a public type means one thing, in whichever room it stands. The emulator speaks for itself."""

from __future__ import annotations

import ast

from tests.architecture.import_graph import SEPARATE, find_room, list_modules

SHARED = {
    "Skill": "one thing: LivePerson's skill, its id and name, in two rooms that do not import each other",
}


def find_public_types() -> dict[str, list[str]]:
    """By the name of each public class at the top of a module: the modules that define one."""
    types: dict[str, list[str]] = {}
    for module, path in list_modules().items():
        if find_room(module) == SEPARATE or ".management." in module:  # Django wants each of these to be a `Command`
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                types.setdefault(node.name, []).append(module)
    return types


def test_the_types_are_found() -> None:
    assert len(find_public_types()) > 150


def test_no_two_public_types_share_a_name() -> None:
    shared = {name: modules for name, modules in find_public_types().items() if len(modules) > 1}

    assert {name: modules for name, modules in shared.items() if name not in SHARED} == {}


def test_what_may_share_a_name_still_does() -> None:
    assert [name for name in SHARED if len(find_public_types().get(name, [])) < 2] == []
