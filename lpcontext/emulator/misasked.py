"""The control door's own refusal."""

from __future__ import annotations


class Misasked(Exception):
    """The control door was asked for something it cannot do; the sentence says what."""
