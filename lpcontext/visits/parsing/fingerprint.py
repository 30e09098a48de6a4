"""How one response differs from the next, without parsing either."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import msgspec

_encoder = msgspec.json.Encoder(order="sorted")


def compute_fingerprint(state: dict[str, Any]) -> tuple[bytes, object]:
    """A digest of the response but not of the order of its keys, nor of what ticks: time on the current page.

    That time comes second, as LivePerson sent it (None where there is none).
    """
    page = _find_current_page(state)
    if page is None:
        return _compute_digest(state), None
    stay = page["timeOnPage"]
    page["timeOnPage"] = None
    try:
        return _compute_digest(state), stay
    finally:
        page["timeOnPage"] = stay


def _find_current_page(state: dict[str, Any]) -> dict[str, Any] | None:
    """The page whose time ticks: last in the list and last begun. None in any doubt: its time then counts."""
    sessions = state.get("appSessions")
    if not isinstance(sessions, list) or len(sessions) != 1 or not isinstance(sessions[0], dict):
        return None
    pages = sessions[0].get("pages")
    if not isinstance(pages, list) or not all(isinstance(page, dict) for page in pages) or not pages:
        return None
    begun = [page.get("startTime") for page in pages]
    if not all(isinstance(moment, int) for moment in begun) or max(begun) != begun[-1]:
        return None
    current: dict[str, Any] = pages[-1]
    return current if isinstance(current.get("timeOnPage"), int) else None


def _compute_digest(state: dict[str, Any]) -> bytes:
    try:
        encoded = _encoder.encode(state)
    except UnicodeEncodeError:  # half a character, as JSON may spell it and UTF-8 may not
        encoded = json.dumps(state, sort_keys=True).encode()
    return hashlib.blake2b(encoded, digest_size=16).digest()
