"""Oldest first: LivePerson documents no order of pages and events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


def sort_by_time(items: Sequence[Item], times: Sequence[int | None]) -> tuple[Item, ...]:
    """The items by time, equal times as they came; an item without a time stays with the one before it.

    Those without a time at the very front stay with the first that has one.
    """
    known = next((time for time in times if time is not None), 0)
    places = []
    for index, time in enumerate(times):
        known = time if time is not None else known
        places.append((known, index))
    places.sort()
    return tuple(items[index] for _, index in places)
