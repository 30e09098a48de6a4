"""Somebody whom the provider has named becomes, or is, a user of ours."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission, User
from django.db import transaction

from lpcontext.accounts.rights import LOOK_PERMISSION
from lpcontext.signin.identity import Identity, NotAdmitted
from lpcontext.signin.models import ProviderUser

_ASK = "Ask whoever runs lpcontext."


def admit_user(identity: Identity) -> User:
    """With the right to look, and in those of our groups that the provider names. Raises NotAdmitted."""
    with transaction.atomic():
        known = ProviderUser.objects.filter(issuer=identity.issuer, subject=identity.subject).select_related("user")
        provider_user = known.first()
        user = provider_user.user if provider_user else _add_user(identity)
        if not user.is_active:
            raise NotAdmitted("the user was deactivated", f"Your sign-in was switched off here. {_ASK}")
        _update_user(user, identity)
    return user


def _add_user(identity: Identity) -> User:
    """Whoever has a password, or runs this installation, is not taken over by a name that a provider says."""
    user = User.objects.filter(username=User.normalize_username(identity.username)).first()
    if user is None:
        user = User.objects.create_user(identity.username)
    elif ProviderUser.objects.filter(user=user).exists() or _has_another_way_in(user):
        raise NotAdmitted("the user name belongs to another user", f"Your name is another user's here. {_ASK}")
    ProviderUser.objects.create(user=user, issuer=identity.issuer, subject=identity.subject)
    return user


def _has_another_way_in(user: User) -> bool:
    return user.has_usable_password() or user.is_staff or user.is_superuser


def _update_user(user: User, identity: Identity) -> None:
    if user.email != identity.email:
        user.email = identity.email
        user.save(update_fields=["email"])
    app, _, codename = LOOK_PERMISSION.partition(".")
    user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    if identity.groups is not None:
        user.groups.set(Group.objects.filter(name__in=identity.groups))
