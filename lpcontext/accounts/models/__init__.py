"""Whom we serve, what their servers and CRMs prove themselves with, and who looks.

Migrations know the checks and defaults of fields by this address.
"""

from lpcontext.accounts.models.account import Account, Trouble
from lpcontext.accounts.models.fields import (
    are_kinds,
    check_account_id,
    check_kinds,
    check_origins,
    default_hidden_kinds,
    fit_name,
    make_slug,
)
from lpcontext.accounts.models.keys import IntegrationKey, LaunchHost, LaunchKey
from lpcontext.accounts.models.viewers import Role, SignOut

__all__ = [
    "Account",
    "IntegrationKey",
    "LaunchHost",
    "LaunchKey",
    "Role",
    "SignOut",
    "Trouble",
    "are_kinds",
    "check_account_id",
    "check_kinds",
    "check_origins",
    "default_hidden_kinds",
    "fit_name",
    "make_slug",
]
