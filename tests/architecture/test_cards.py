"""Every room has a card that says what belongs in it, and its public names exist."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

import lpcontext

ROOMS = sorted(path.parent.name for path in Path(lpcontext.__path__[0]).glob("*/__init__.py"))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_belongs_in_it_and_what_does_not(room: str) -> None:
    card = importlib.import_module(f"lpcontext.{room}").__doc__ or ""

    assert "Belongs here:" in card
    assert "Does not:" in card


@pytest.mark.parametrize("room", ROOMS)
def test_a_rooms_public_names_exist(room: str) -> None:
    module = importlib.import_module(f"lpcontext.{room}")

    assert [name for name in getattr(module, "__all__", []) if not hasattr(module, name)] == []
