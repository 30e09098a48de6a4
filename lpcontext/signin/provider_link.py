"""The way to the provider, as the sign-in page shows it."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from lpcontext.signin.next_path import FIELD


class ProviderLink(NamedTuple):
    """The way to sign in with the provider; `is_only_way`: for whoever runs nothing here."""

    name: str
    address: str
    is_only_way: bool

    @classmethod
    def of(cls, sealed_path: str, next_path: str) -> ProviderLink:
        wanted = {FIELD: sealed_path} if sealed_path else {"next": next_path} if next_path else {}
        address = reverse("provider-sign-in")
        return cls(settings.OIDC_NAME, f"{address}?{urlencode(wanted)}" if wanted else address, settings.OIDC_ONLY)
