"""Worlds: one story per file, and the list of them.

A story is written in what pages do: open, report an engagement attribute, offer, accept. It knows nothing of HTTP.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ..caller import Caller
from ..ids import make_session_id, make_visitor_id
from ..rng import seed_rng
from ..visit import World
from . import bank, checkout, documented, ferry, giant, hostile, mobile, quiet, shapes, vip
from .quiet import UNMONITORED
from .story_dsl import make_engagement

_ALL: Final = (
    checkout.WORLD,
    bank.WORLD,
    mobile.WORLD,
    vip.WORLD,
    ferry.WORLD,
    quiet.EMPTY,
    giant.WORLD,
    hostile.WORLD,
    documented.WORLD,
    shapes.SEVERAL,
    shapes.NEWER,
)
WORLDS: Final[Mapping[str, World]] = MappingProxyType({world.name: world for world in _ALL})


def list_worlds() -> tuple[World, ...]:
    """Every world there is."""
    return _ALL


def fixed_ids(world: World) -> tuple[str, str]:
    """The visitor and session id under which a world is always there, the same on every machine."""
    rng = seed_rng(f"lasting ids of {world.name}")
    return world.ids or (make_visitor_id(rng), make_session_id(rng))


__all__ = ["UNMONITORED", "WORLDS", "Caller", "World", "fixed_ids", "list_worlds", "make_engagement"]
