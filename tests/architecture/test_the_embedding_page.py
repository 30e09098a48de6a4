"""docs/embedding.md lists, for scripts beside the panel, every part and every state there is."""

from __future__ import annotations

import re
from pathlib import Path

from lpcontext.panel.parts import PARTS
from lpcontext.subjects import State

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "embedding.md").read_text()
_PARTS = re.compile(r'data-section="([a-z|]+)"')
_STATES = re.compile(r"`data-state` is one of: (.+?)\.", re.DOTALL)


def test_every_part_is_listed_and_none_that_is_gone() -> None:
    listed = _PARTS.findall(PAGE)[0].split("|")

    assert sorted(listed) == sorted(part.section for part in PARTS)


def test_every_state_is_listed_and_none_that_is_gone() -> None:
    listed = re.findall(r"`([a-z-]+)`", _STATES.findall(PAGE)[0])

    assert sorted(listed) == sorted(State)
