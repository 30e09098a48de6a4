"""Kinds of personal data, as an agent reads of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from lpcontext.reading import PersonalKind

_WORDS: Mapping[PersonalKind, str] = MappingProxyType(
    {
        PersonalKind.NAME: "names",
        PersonalKind.PHONE: "phone numbers",
        PersonalKind.EMAIL: "e-mail addresses",
        PersonalKind.CUSTOMER_ID: "customer ids",
        PersonalKind.IP: "IP addresses",
        PersonalKind.MONEY: "amounts",
        PersonalKind.TRANSCRIPT: "what was said in the chat",
    }
)


def describe_kinds(kinds: Collection[PersonalKind]) -> str:
    """`phone numbers and e-mail addresses`; "" for none."""
    *first, last = [words for kind, words in _WORDS.items() if kind in kinds] or [""]
    return f"{', '.join(first)} and {last}" if first else last
