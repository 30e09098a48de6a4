"""The person who calls, as the CRM has them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """How the CRM knows the person who calls, which need not be how the web site does."""

    name: str
    phone: str
    about: str
    company: str = ""
    email: str = ""
    customer_id: str = ""
    since: str = ""
    city: str = ""
    notes: str = ""
