"""Times as HTML: absolute always, so that a body does not change while a visit does not.

`times.js` turns them into the agent's own clock and into "4 s ago"; what stands inside is for a page without script.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from django.utils.safestring import SafeString

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_MS = 253_402_300_799_999  # the end of year 9999: beyond it there is no calendar to name the day
_UNKNOWN = SafeString("")


@dataclass(frozen=True, slots=True)
class NamedTime:
    name: str
    when: SafeString


def list_times(*pairs: tuple[str, SafeString]) -> tuple[NamedTime, ...]:
    """The pairs whose time is known."""
    return tuple(NamedTime(name, when) for name, when in pairs if when)


def format_clock(at_ms: int | None, *, silent: bool = False) -> SafeString:
    """When, as a time of day: "14:02". Empty where the time is not known; not displayed when silent."""
    return _format_tag(at_ms, " hidden" if silent else "", "")


def format_ago(at_ms: int | None) -> SafeString:
    """How long ago: "3 min ago"."""
    return _format_tag(at_ms, ' data-as="ago"', "at ")


def format_span(at_ms: int | None) -> SafeString:
    """How long since: "for 12 min"."""
    return _format_tag(at_ms, ' data-as="span"', "since ")


def format_due(at_ms: int | None) -> SafeString:
    """How long until: "in 40 s"."""
    return _format_tag(at_ms, ' data-as="due"', "at ")


def format_countdown(at_ms: int | None) -> SafeString:
    """How long until, to the second: "in 0:38"."""
    return _format_tag(at_ms, ' data-as="countdown"', "at ")


def _format_tag(at_ms: int | None, shown_as: str, preposition: str) -> SafeString:
    if at_ms is None or not 0 < at_ms <= _LAST_MS:
        return _UNKNOWN
    seconds = at_ms // 1000
    date, clock = _format_minute(seconds // 60)
    tag = f'<time datetime="{date}T{clock}:{seconds % 60:02}Z"{shown_as}>{preposition}{clock} UTC</time>'
    return SafeString(tag)  # nosec B703 # numbers between our own markup


@lru_cache(maxsize=1024)
def _format_minute(minutes: int) -> tuple[str, str]:
    """Visits of one hour share its minutes, and naming one costs more than the rest."""
    moment = _EPOCH + timedelta(minutes=minutes)
    return f"{moment:%Y-%m-%d}", f"{moment:%H:%M}"
