"""What can be wrong with a whole response."""

from __future__ import annotations


class UnreadableChat(Exception):
    """The response is not what was asked for. Says what is wrong with it, never what was in it."""


class AnotherChat(UnreadableChat):
    """The response is about another chat than was asked for: a cache or proxy on the way has mixed answers up."""
