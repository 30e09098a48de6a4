"""One LivePerson site we serve, and what may be wrong with it."""

from __future__ import annotations

from typing import Any

from django.db import models

from lpcontext.accounts.models.fields import (
    NAME_LENGTH,
    check_account_id,
    check_kinds,
    check_origins,
    default_hidden_kinds,
    make_slug,
)
from lpcontext.accounts.origins import read_origins


class Trouble(models.TextChoices):
    """Why an account cannot be refreshed; somebody must act. The words are also metric labels."""

    CREDENTIALS_MISSING = "credentials-missing", "No credentials have been given"
    CREDENTIALS_UNREADABLE = "credentials-unreadable", "The credentials are of no known kind, or lack a field"
    SEAL_BROKEN = "seal-broken", "The credentials were sealed with a key that LPCONTEXT_SEAL_KEYS no longer has"
    UNAUTHORIZED = "unauthorized", "LivePerson refuses the credentials"
    LOGIN_BLOCKED = "login-blocked", "LivePerson has blocked this account or user name"
    WRONG_ACCOUNT = "wrong-account", "LivePerson does not know this account on the host it sent us to"
    HOST_NOT_ALLOWED = "host-not-allowed", "LivePerson sent us to a host outside LPCONTEXT_LIVEPERSON_HOSTS"
    UNREACHABLE = "unreachable", "LivePerson cannot be reached"
    UNREADABLE = "unreadable", "LivePerson answers something we cannot read"


class Account(models.Model):
    """One LivePerson site we serve. Its credentials are sealed; `open_credentials` alone opens them."""

    id = models.CharField("LivePerson account id", primary_key=True, max_length=20, validators=[check_account_id])
    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    slug = models.SlugField(max_length=12, unique=True, default=make_slug, editable=False)
    origins = models.JSONField(default=list, blank=True, validators=[check_origins])
    hidden_kinds = models.JSONField(
        "hidden",
        default=default_hidden_kinds,
        blank=True,
        validators=[check_kinds],
        help_text="What agents without a role of this account do not read, wherever it stands.",
    )
    click_to_call = models.BooleanField(
        "click-to-call opens panels",
        default=True,
        help_text="An engagement of LivePerson's opens one panel, once, after LivePerson has confirmed it.",
    )
    is_active = models.BooleanField(default=True, help_text="A paused account is neither refreshed nor shown.")
    sealed_credentials = models.BinaryField(default=bytes, editable=False)
    credentials_changed_at = models.DateTimeField(null=True, editable=False)
    trouble = models.CharField(max_length=32, choices=Trouble.choices, blank=True, editable=False)
    trouble_since = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("id",)
        permissions = (("look_at_visits", "Can look at visits"),)

    def __str__(self) -> str:
        return self.name or self.id

    def __repr__(self) -> str:
        return f"<Account {self.slug}>"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Origins are kept as browsers spell them. Raises BadOrigin."""
        self.origins = read_origins(self.origins)
        super().save(*args, **kwargs)
