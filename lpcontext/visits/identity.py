"""What to call the visitor."""

from __future__ import annotations

from lpcontext.visits.model import Visit


def find_display_name(visit: Visit) -> str | None:
    """The name the page reported, else the name of the user, else of the account; None for an anonymous visitor."""
    if visit.person:
        name = " ".join(part for part in (visit.person.name, visit.person.surname) if part)
        if name:
            return name
    return (visit.customer.user_name or visit.customer.account_name) if visit.customer else None
