"""Moments as the chat engine writes them (contract 0.5)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

# The zone the login response names.
ZONE: Final = timezone(timedelta(hours=3))


def write_time(moment_ms: int) -> str:
    """`2018-01-29T08:19:43.963+03:00`; like LivePerson's, without milliseconds where there are none."""
    moment = datetime.fromtimestamp(moment_ms // 1000, UTC) + timedelta(milliseconds=moment_ms % 1000)
    return moment.astimezone(ZONE).isoformat(timespec="milliseconds" if moment_ms % 1000 else "seconds")
