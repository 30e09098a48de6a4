"""Ids on their way into an address: percent-encoded exactly once."""

from __future__ import annotations

from urllib.parse import quote


def encode_segment(text: str) -> str | None:
    """Encode an opaque id as one segment of a path; None for ids that no encoding saves.

    The dots would name another resource: libraries and servers fold `%2E%2E` too.
    """
    return None if text in (".", "..") else encode_value(text)


def encode_value(text: str) -> str | None:
    """Encode an opaque id as it is signed: a space is `%20`, never `+`. None for an empty one and for no text."""
    try:
        return quote(text, safe="") or None
    except UnicodeEncodeError:  # half a surrogate pair
        return None
