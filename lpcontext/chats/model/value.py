"""What all types of a chat have in common."""

from __future__ import annotations

import msgspec


class ChatValue(msgspec.Struct, frozen=True, array_like=True, kw_only=True, gc=False):
    """Immutable, comparable, and small in MessagePack: fields by position, so a new one comes last."""
