"""Which kinds of personal data a viewer may be kept from reading."""

from __future__ import annotations

from enum import StrEnum


class PersonalKind(StrEnum):
    """The words stand in the database and in the audit: they stay."""

    PHONE = "phone"
    EMAIL = "email"
    IP = "ip"
    CUSTOMER_ID = "customer-id"
    NAME = "name"
    MONEY = "money"
    TRANSCRIPT = "transcript"


HiddenKinds = frozenset[PersonalKind]
