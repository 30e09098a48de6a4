"""Whom we serve: one LivePerson site each, and the keys its servers and CRMs prove themselves with."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from lpcontext.accounts.errors import BadOrigin
from lpcontext.accounts.origins import read_origins
from lpcontext.reading import PersonalKind
from lpcontext.subjects import is_wellformed_account

_NAME_LENGTH = 100
_SLUG_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


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
    return text.strip()[:_NAME_LENGTH]


def default_hidden_kinds() -> list[str]:
    return [PersonalKind.EMAIL, PersonalKind.PHONE]


def check_kinds(texts: object) -> None:
    if not isinstance(texts, list) or not set(map(str, texts)) <= set(PersonalKind):
        raise ValidationError(f"Must be a list of: {', '.join(PersonalKind)}.", code="kinds")


class Account(models.Model):
    """One LivePerson site we serve. Its credentials are sealed; `open_credentials` alone opens them."""

    id = models.CharField("LivePerson account id", primary_key=True, max_length=20, validators=[check_account_id])
    name = models.CharField(max_length=_NAME_LENGTH, blank=True)
    slug = models.SlugField(max_length=12, unique=True, default=make_slug, editable=False)
    origins = models.JSONField(default=list, blank=True, validators=[check_origins])
    hidden_kinds = models.JSONField(
        "hidden",
        default=default_hidden_kinds,
        blank=True,
        validators=[check_kinds],
        help_text="What agents without a role of this account do not read, wherever it stands.",
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


class IntegrationKey(models.Model):
    """Lets one server of the account's use /api/v1. We keep a digest; the key itself was shown once."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="integration_keys")
    name = models.CharField(max_length=_NAME_LENGTH)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("account", "name", "created_at")

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<IntegrationKey {self.pk}>"


class Role(models.Model):
    """What agents of one kind do not read, and which of it they may reveal for a minute.

    A launch names it, or for whoever signs in here, a group of the same name.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="roles")
    name = models.CharField(max_length=_NAME_LENGTH)
    hidden_kinds = models.JSONField("hidden", default=default_hidden_kinds, blank=True, validators=[check_kinds])
    revealable_kinds = models.JSONField("may reveal", default=list, blank=True, validators=[check_kinds])

    class Meta:
        ordering = ("account", "name")
        constraints = (models.UniqueConstraint(fields=("account", "name"), name="one_role_of_a_name"),)

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<Role {self.pk}>"


class LaunchHost(models.TextChoices):
    """Hosts whose launches are signed with something an operator gives us."""

    CANVAS = "canvas", "Salesforce Canvas"
    ZENDESK = "zendesk", "Zendesk"
    HUBSPOT = "hubspot", "HubSpot"
    SIGNED_POST = "signed_post", "Signed POST (any server)"


class LaunchKey(models.Model):
    """Proves the launches of one CRM: a secret we share with it, sealed, or its public key.

    `tenant` is what the CRM calls its customer (organisation, installation, portal): it must be in what is signed.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="launch_keys")
    host = models.CharField(max_length=16, choices=LaunchHost.choices)
    name = models.CharField(max_length=_NAME_LENGTH)
    slug = models.SlugField(max_length=12, unique=True, default=make_slug, editable=False)
    tenant = models.CharField(max_length=300, blank=True)
    sealed_secret = models.BinaryField(default=bytes, editable=False)
    public_key = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("account", "host", "name")

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<LaunchKey {self.pk}>"

    def get_address_word(self) -> str:
        """The word its address has after /launch/."""
        return self.host.removesuffix("_post")


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
