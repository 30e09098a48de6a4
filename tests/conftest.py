"""What every test stands on: `support/env_plugin.py` sets the environment, `support/fixtures.py` has the fixtures."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["tests.support.fixtures", "tests.support.concurrent_tests"]

# What waits longest begins first, so that nobody is left with it at the end; the rest fills the waits of these.
_LONGEST_FIRST = ("faults", "journeys", "browser", "panel", "cli", "refresh")
_TESTS = Path(__file__).parent


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever order was drawn within them stays."""
    items.sort(key=lambda item: _rank(item.path.relative_to(_TESTS).parts[0]))


def _rank(room: str) -> int:
    return _LONGEST_FIRST.index(room) if room in _LONGEST_FIRST else len(_LONGEST_FIRST)
