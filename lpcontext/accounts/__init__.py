"""Accounts: whom we serve, and on whose word.

Belongs here: one LivePerson site's sealed credentials, the CRM origins that may frame it, its masking policy, the keys
its servers show us, what a right is worth now, what an operator must know of its connection, the checks that stop a
start with wrong settings, who may read the database's file.
Does not: what credentials must look like (liveperson), who may look at a visit (launch), anything about visitors.
Looks down on: settings, sealing. May be asked by: refresh, launch, panel, api, ops, cli.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lpcontext.accounts.credentials import open_credentials, reseal_credentials, seal_credentials, set_credentials
    from lpcontext.accounts.errors import AccountsError, BadAccountId, BadOrigin, CredentialsMissing, UnknownAccount
    from lpcontext.accounts.framing import framing_origins, is_origin, may_frame, read_origin
    from lpcontext.accounts.keys import find_key, issue_key, note_key_use, revoke_key
    from lpcontext.accounts.models import Account, IntegrationKey, Masking, SignOut, Trouble
    from lpcontext.accounts.registry import (
        AddedAccount,
        add_account,
        clear_trouble,
        find_account,
        find_account_by_slug,
        note_trouble,
        remove_account,
    )
    from lpcontext.accounts.rights import (
        LOOK_PERMISSION,
        Grant,
        Right,
        find_rights,
        grant_of_key,
        grant_of_user,
        note_sign_out,
    )
    from lpcontext.accounts.signals import rights_changed

__all__ = [
    "LOOK_PERMISSION",
    "Account",
    "AccountsError",
    "AddedAccount",
    "BadAccountId",
    "BadOrigin",
    "CredentialsMissing",
    "Grant",
    "IntegrationKey",
    "Masking",
    "Right",
    "SignOut",
    "Trouble",
    "UnknownAccount",
    "add_account",
    "clear_trouble",
    "find_account",
    "find_account_by_slug",
    "find_key",
    "find_rights",
    "framing_origins",
    "grant_of_key",
    "grant_of_user",
    "is_origin",
    "issue_key",
    "may_frame",
    "note_key_use",
    "note_sign_out",
    "note_trouble",
    "open_credentials",
    "read_origin",
    "remove_account",
    "reseal_credentials",
    "revoke_key",
    "rights_changed",
    "seal_credentials",
    "set_credentials",
]

_INSIDE = ("errors", "framing", "models", "credentials", "keys", "registry", "rights", "signals")


def __getattr__(name: str) -> object:
    """Find a public name on first use: Django imports this package before models may be."""
    if name in __all__:
        for inside in _INSIDE:
            module = import_module(f"{__name__}.{inside}")
            if hasattr(module, name):
                return getattr(module, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
