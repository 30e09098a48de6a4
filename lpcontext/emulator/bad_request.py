"""A request to the control API that cannot be done."""

from __future__ import annotations


class BadControlRequest(Exception):
    """The control API was asked for something it cannot do; the sentence says what."""
