"""The demo's furniture: its account, an integration key for the desk, a user for the panel by address."""

from __future__ import annotations

DEMO_USER = "agent"


def furnish_demo(*, origin: str, password: str) -> str:
    """Add the stand-in's account and the demo user; returns the desk's integration key. Needs Django set up."""
    from django.contrib.auth.models import Permission, User

    from lpcontext.accounts import IntegrationKey, add_account, issue_key
    from lpcontext.emulator import EmulatedAccount
    from lpcontext.sealing import get_sealer

    emulated = EmulatedAccount()
    added = add_account(
        account_id=emulated.account_id,
        name="Demo shop",
        document=emulated.credentials("oauth2"),
        origins=[origin],
        sealer=get_sealer(),
    )
    IntegrationKey.objects.filter(account=added.account, name="Demo desk").delete()
    user, _ = User.objects.get_or_create(username=DEMO_USER)
    user.set_password(password)
    user.save()
    user.user_permissions.add(Permission.objects.get(codename="look_at_visits"))
    return issue_key(added.account, "Demo desk")
