"""A masked copy of anything known: the same types, with every text as its reader may read it.

Where a page is built part by part, each part asks the masker. What leaves us whole, as JSON, is copied whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec

from lpcontext.chats import ChatEvent, SurveyAnswer
from lpcontext.masking.masker import Masker
from lpcontext.reading import PersonalKind

T = TypeVar("T")
_Mask = Callable[[Masker, str], str | None]

_BY_FIELD: Mapping[str, _Mask] = MappingProxyType(
    {
        "email": Masker.email,
        "phone": Masker.phone,
        "ip": Masker.ip,
        "visitor_name": Masker.name,
        "surname": Masker.name,
        "customer_id": Masker.customer_id,
        "social_id": Masker.customer_id,
        "imei": Masker.customer_id,
        "user_name": Masker.customer_id,
        "account_name": Masker.customer_id,
    }
)
_AMOUNTS = frozenset({"total", "price", "value", "balance"})
# Of these, `name` is a person's; elsewhere a product's or a skill's.
_PERSONS = frozenset({"Person", "Participant"})
# What somebody said, and what they answered.
_SAID: Mapping[type, frozenset[str]] = MappingProxyType(
    {ChatEvent: frozenset({"text", "by", "fields"}), SurveyAnswer: frozenset({"label", "texts"})}
)


def copy_masked(value: T, masker: Masker) -> T:
    """Structs, tuples and texts, however deep; everything else as it is."""
    return _copy(value, masker, Masker.text) if masker.hidden else value


def _copy(value: Any, masker: Masker, mask: _Mask) -> Any:
    if isinstance(value, str):
        return mask(masker, value)
    if isinstance(value, tuple):
        return tuple(_copy(each, masker, mask) for each in value)
    if isinstance(value, msgspec.Struct):
        return _copy_struct(value, masker)
    return value


def _copy_struct(struct: msgspec.Struct, masker: Masker) -> msgspec.Struct:
    said = _SAID.get(type(struct), frozenset())
    changed = {
        name: _copy_field(struct, name, masker, is_said=name in said)
        for name in struct.__struct_fields__
        if getattr(struct, name) is not None
    }
    return msgspec.structs.replace(struct, **changed)


def _copy_field(struct: msgspec.Struct, name: str, masker: Masker, *, is_said: bool) -> Any:
    value = getattr(struct, name)
    if isinstance(value, float) and name in _AMOUNTS:
        return None if PersonalKind.MONEY in masker.hidden else value
    if is_said:
        return _copy(value, masker, Masker.said)
    is_person = name == "name" and type(struct).__name__ in _PERSONS
    return _copy(value, masker, Masker.name if is_person else _BY_FIELD.get(name, Masker.text))
