"""Which user an OpenID Connect provider means."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models


class ProviderUser(models.Model):
    """One user of ours by the provider's own name for them: e-mail addresses change hands, this pair does not."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="provider_user")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("issuer", "subject"), name="one_user_of_a_subject"),)

    def __str__(self) -> str:
        return f"provider user {self.pk}"

    def __repr__(self) -> str:
        return f"<ProviderUser {self.pk}>"
