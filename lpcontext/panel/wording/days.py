"""Days of the calendar, which LivePerson sends in pieces."""

from __future__ import annotations

from lpcontext.panel.wording.phrases import join_words
from lpcontext.visits import Day

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def format_day(day: Day | None) -> str | None:
    """ "15 Oct 2014", with whatever pieces there are."""
    if day is None:
        return None
    month = _MONTHS[day.month - 1] if day.month and 1 <= day.month <= 12 else None
    number = str(day.day) if day.day and month else None
    return join_words(number, month, str(day.year) if day.year else None, by=" ")
