"""What the demo's database holds: an account of the emulator's, keys for its desk, an agent and an operator.

Needs Django set up. Each start of the demo makes new keys and passwords, and ends those of the start before.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth.models import Permission, User

from lpcontext.accounts.integration_keys import issue_key
from lpcontext.accounts.launch_keys import set_launch_secret
from lpcontext.accounts.models import Account, IntegrationKey, LaunchHost, LaunchKey, Role
from lpcontext.accounts.registry import add_account
from lpcontext.emulator import EmulatedAccount
from lpcontext.sealing import get_sealer

_DESK = "Demo desk"
_TENANTS = {
    LaunchHost.SIGNED_POST: "",
    LaunchHost.CANVAS: "00Dx0000000Harbour",
    LaunchHost.ZENDESK: "https://harbour.zendesk.com/api/v2/apps/installations/7.json",
}
_PERMISSIONS = {"agent": ("look_at_visits",), "operator": ("view_auditrecord", "export_audit")}
_KINDS = {"hidden_kinds": ["email", "phone"], "revealable_kinds": ["email", "phone"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """What the desk is told, and what is printed: passwords by user."""

    desk_environment: dict[str, str] = field(repr=False)
    passwords: dict[str, str] = field(repr=False)


def add_demo_account(*, panel_url: str, desk_url: str) -> DemoAccount:
    """Add the emulator's account, which the desk may frame, and all that opens its panels."""
    emulated = EmulatedAccount()
    account = add_account(
        account_id=emulated.account_id,
        name="Demo shop",
        document=emulated.credentials("oauth2"),
        origins=[desk_url],
        sealer=get_sealer(),
    ).account
    Role.objects.update_or_create(account=account, name="Service desk", defaults=_KINDS)
    IntegrationKey.objects.filter(account=account, name=_DESK).delete()
    LaunchKey.objects.filter(account=account, name=_DESK).delete()
    passwords = {username: _add_user(username) for username in _PERMISSIONS}
    crm_keys = {host.value: _add_launch_key(account, host, panel_url) for host in _TENANTS}
    operator = {"username": "operator", "password": passwords["operator"]}
    return DemoAccount(
        desk_environment={
            "LPCONTEXT_DESK_KEY": issue_key(account, _DESK),
            "LPCONTEXT_DESK_CRM_KEYS": json.dumps(crm_keys),
            "LPCONTEXT_DESK_OPERATOR": json.dumps(operator),
        },
        passwords=passwords,
    )


def _add_user(username: str) -> str:
    """Returns the new password."""
    password = secrets.token_urlsafe(9)
    user, _ = User.objects.get_or_create(username=username)
    user.is_staff |= username == "operator"
    user.set_password(password)
    user.save()
    user.user_permissions.add(*Permission.objects.filter(codename__in=_PERMISSIONS[username]))
    return password


def _add_launch_key(account: Account, host: LaunchHost, panel_url: str) -> dict[str, str]:
    """Returns what the CRM is given: the address, and what to sign with."""
    key = LaunchKey(account=account, host=host, name=_DESK, tenant=_TENANTS[host])
    if host == LaunchHost.ZENDESK:
        secret, key.public_key = _make_key_pair()
    else:
        secret = secrets.token_urlsafe(32)
        set_launch_secret(key, secret, sealer=get_sealer())
    key.save()
    url = f"{panel_url}/launch/{key.get_address_word()}/{key.slug}"
    return {"url": url, "secret": secret, "tenant": key.tenant}


def _make_key_pair() -> tuple[str, str]:
    """The private and the public key, in PEM: as Zendesk has them for each app."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    unencrypted = serialization.NoEncryption()
    pem = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, unencrypted)
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return pem.decode(), public.decode()
