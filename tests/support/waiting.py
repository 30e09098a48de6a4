"""Waiting until something is so: it ends when it is, and one generous bound ends what never comes about."""

from __future__ import annotations

import time
from collections.abc import Callable

# No test reaches it unless something is broken, however busy the machine is; pytest's own limit lies above it.
PATIENCE_SECONDS = 60.0
_PAUSE_SECONDS = 0.02


def wait_until(
    is_so: Callable[[], bool], *, seconds: float = PATIENCE_SECONDS, describe: Callable[[], object] = lambda: ""
) -> float:
    """How long it took, in seconds. Give `seconds` only where the bound is what is proved.

    Raises AssertionError with what `describe` says of how things stand.
    """
    begun = time.monotonic()
    while not is_so():
        assert time.monotonic() - begun < seconds, f"not so after {seconds} s: {describe()}"
        time.sleep(_PAUSE_SECONDS)
    return time.monotonic() - begun
