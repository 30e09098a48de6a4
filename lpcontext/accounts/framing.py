"""Which pages may frame an account's panel."""

from __future__ import annotations

from lpcontext.accounts.models import Account
from lpcontext.accounts.origins import is_origin


def framing_origins(account: Account) -> tuple[str, ...]:
    """For frame-ancestors. What does not read as an origin is left out, however it came into the database."""
    return tuple(text for text in account.origins if isinstance(text, str) and is_origin(text))


def find_framing_origins(slug: str) -> tuple[str, ...]:
    """Who may frame what is said of the account behind a slug, a paused one too: its agents read it in their CRM."""
    account = None if "\0" in slug else Account.objects.filter(slug=slug).first()
    return framing_origins(account) if account else ()


def may_frame(account: Account, origin: str) -> bool:
    """Whether a page of this origin may frame the account's panel."""
    return origin in framing_origins(account)
