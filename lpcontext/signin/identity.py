"""What a provider's proven claims make of somebody: who they are, and whether they may come in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings

_LONGEST_NAME = 150


class NotAdmitted(Exception):
    """The provider knows them, and they may not come in; `reason` is for operators, the sentence for them."""

    def __init__(self, reason: str, sentence: str) -> None:
        self.reason, self.sentence = reason, sentence
        super().__init__(reason)


class Identity(NamedTuple):
    """`groups`: as the provider names them; None where it says nothing of groups."""

    issuer: str
    subject: str
    username: str
    email: str
    groups: frozenset[str] | None


def read_identity(claims: Mapping[str, Any], *, issuer: str) -> Identity:
    """Raises NotAdmitted."""
    username = claims.get(settings.OIDC_USERNAME_CLAIM)
    if not isinstance(username, str) or not 0 < len(username) <= _LONGEST_NAME or not username.isprintable():
        raise NotAdmitted(
            "the user name's claim is missing or no name",
            "The sign-in service did not say by which name you are known here.",
        )
    email = claims.get("email")
    identity = Identity(
        issuer=issuer,
        subject=str(claims["sub"]),
        username=username,
        email=email if isinstance(email, str) and len(email) <= 254 else "",
        groups=_read_groups(claims.get(settings.OIDC_GROUPS_CLAIM)),
    )
    _check_email(identity, claims)
    _check_groups(identity)
    return identity


def _check_email(identity: Identity, claims: Mapping[str, Any]) -> None:
    """An address the provider has not verified is anybody's word; some providers never say."""
    is_said_to_be_false = str(claims.get("email_verified", True)).casefold() == "false"
    if is_said_to_be_false and (settings.OIDC_EMAIL_DOMAINS or settings.OIDC_USERNAME_CLAIM == "email"):
        raise NotAdmitted("the e-mail address is not verified", "Your e-mail address is not verified yet.")
    domain = identity.email.rpartition("@")[2].casefold()
    if settings.OIDC_EMAIL_DOMAINS and domain not in settings.OIDC_EMAIL_DOMAINS:
        raise NotAdmitted("the e-mail address is of another domain", "Your e-mail address is not let in here.")


def _check_groups(identity: Identity) -> None:
    allowed = frozenset(settings.OIDC_AGENT_GROUPS)
    if allowed and not allowed & (identity.groups or frozenset()):
        raise NotAdmitted("in no group that is let in", "You are in none of the groups that are let in here.")


def _read_groups(said: object) -> frozenset[str] | None:
    """Most providers send a list; some a text with one name."""
    if isinstance(said, str):
        return frozenset({said})
    return frozenset(each for each in said if isinstance(each, str)) if isinstance(said, list) else None
