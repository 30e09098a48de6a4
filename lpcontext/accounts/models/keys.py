"""What an account's servers and CRMs prove themselves with."""

from __future__ import annotations

from django.db import models

from lpcontext.accounts.models.account import Account
from lpcontext.accounts.models.fields import NAME_LENGTH, make_slug


class IntegrationKey(models.Model):
    """Lets one server of the account's use /api/v1. We keep a digest; the key itself was shown once."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="integration_keys")
    name = models.CharField(max_length=NAME_LENGTH)
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
    name = models.CharField(max_length=NAME_LENGTH)
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
