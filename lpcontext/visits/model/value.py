"""What all types of a visit have in common."""

from __future__ import annotations

import msgspec


class VisitValue(msgspec.Struct, frozen=True, array_like=True, kw_only=True, gc=False):
    """Immutable, comparable, and small in MessagePack: fields by position, so a new one comes last.

    Nothing in a visit leads back to it, so the garbage collector need not look: opening one is a third cheaper.
    """


class AttributeValue(VisitValue, frozen=True, tag_field="of"):
    """Base of every engagement attribute; the tag names its kind in MessagePack."""
