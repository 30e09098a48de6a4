"""Every room has a card that says what belongs in it, and the public names of each package exist."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

import lpcontext
from tests.architecture.import_graph import list_modules

ROOMS = sorted(path.parent.name for path in Path(lpcontext.__path__[0]).glob("*/__init__.py"))
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
