"""What accounts and keys are made of: their slugs, the names operators give, and what their lists may hold."""

from __future__ import annotations

import secrets
from typing import TypeGuard

from django.core.exceptions import ValidationError

from lpcontext.accounts.errors import BadOrigin
from lpcontext.accounts.origins import read_origins
from lpcontext.reading import PersonalKind
from lpcontext.subjects import is_wellformed_account

NAME_LENGTH = 100
_SLUG_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def check_account_id(text: str) -> None:
    if not is_wellformed_account(text):
        raise ValidationError("A LivePerson account id is 1 to 20 letters, digits or underscores.", code="account-id")


def check_origins(texts: object) -> None:
    try:
        read_origins(texts)
    except BadOrigin as error:
        raise ValidationError(str(error), code="origin") from None


def make_slug() -> str:
    """Twelve letters and digits: 62 bits, so that addresses give away neither the account nor its neighbours."""
    return "".join(secrets.choice(_SLUG_LETTERS) for _ in range(12))


def fit_name(text: str) -> str:
    """Names are labels for operators: what is too long for one is cut, not refused."""
    return text.strip()[:NAME_LENGTH]


def default_hidden_kinds() -> list[str]:
    return [PersonalKind.EMAIL, PersonalKind.PHONE]


def are_kinds(texts: object) -> TypeGuard[list[str]]:
    return isinstance(texts, list) and set(map(str, texts)) <= set(PersonalKind)


def check_kinds(texts: object) -> None:
    if not are_kinds(texts):
        raise ValidationError(f"Must be a list of: {', '.join(PersonalKind)}.", code="kinds")
