"""Who looks: what their role hides, and since when what they opened is over."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from lpcontext.accounts.models.account import Account
from lpcontext.accounts.models.fields import NAME_LENGTH, check_kinds, default_hidden_kinds


class Role(models.Model):
    """What agents of one kind do not read, and which of it they may reveal for a minute.

    A launch names it, or for whoever signs in here, a group of the same name.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="roles")
    name = models.CharField(max_length=NAME_LENGTH)
    hidden_kinds = models.JSONField("hidden", default=default_hidden_kinds, blank=True, validators=[check_kinds])
    revealable_kinds = models.JSONField("may reveal", default=list, blank=True, validators=[check_kinds])

    class Meta:
        ordering = ("account", "name")
        constraints = (models.UniqueConstraint(fields=("account", "name"), name="one_role_of_a_name"),)

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<Role {self.pk}>"


class SignOut(models.Model):
    """When a user last signed out, epoch ms by Redis' clock: what they opened until then is over.

    In the database, for memory may be lost.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+", editable=False
    )
    at_ms = models.BigIntegerField(editable=False)

    def __str__(self) -> str:
        return f"<SignOut {self.pk}>"
