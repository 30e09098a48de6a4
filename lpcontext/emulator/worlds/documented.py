"""The visit LivePerson prints in its own documentation, exactly, and for ever."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..visit import World
from .quiet import run_nothing

BODY = Path(__file__).with_name("documented.json")


def read_documented() -> dict[str, Any]:
    """The body of "Visit Information API: Visit Information"."""
    document: dict[str, Any] = json.loads(BODY.read_text(encoding="utf-8"))
    return document


WORLD = World(
    name="documented",
    summary="LivePerson's documented sample, frozen",
    script=run_nothing,
    minutes_before=0,
    fixed=read_documented,
    ids=("cyNGViYjc4MmU2MzEzZThm", "jnPABZYjQcOS2Uk5fp_HnA.c524460e4432e9f93cf700af590f16ef181f20e6"),
)
