"""The one thing that can be wrong with a whole answer."""

from __future__ import annotations


class UnreadableChat(Exception):
    """The answer is not what was asked for. Says what is wrong with it, never what was in it."""
