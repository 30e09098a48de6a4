"""Random numbers that come out the same every time, for stories and invented ids."""

from __future__ import annotations

from random import Random


def seed_rng(seed: str) -> Random:
    """A generator that gives the same numbers for the same seed. Nothing secret hangs on them."""
    return Random(seed)  # noqa: S311  # nosec B311 # stories, not secrets
