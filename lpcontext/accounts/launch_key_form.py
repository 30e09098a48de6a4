"""The operator's form for a launch key: secrets go in and never come out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django import forms

from lpcontext.accounts.models import LaunchHost, LaunchKey

if TYPE_CHECKING:  # Django's forms are generic for the type checker alone
    _LaunchKeyModelForm = forms.ModelForm[LaunchKey]
else:
    _LaunchKeyModelForm = forms.ModelForm

_SHORTEST_SECRET = 16
_LEAST_BITS = 2048


class LaunchKeyForm(_LaunchKeyModelForm):
    secret = forms.CharField(
        required=False,
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "off"}),
        help_text="Canvas: the connected app's consumer secret. HubSpot: the app's client secret. Signed POST: 32 "
        "random characters or more that your server knows, too. Leave empty to keep what is there; it is never shown.",
    )
    tenant = forms.CharField(
        required=False,
        help_text="Canvas: the organisation's id (00D…). Zendesk: the installation, "
        "https://SUBDOMAIN.zendesk.com/api/v2/apps/installations/ID.json. HubSpot: the portal's id.",
    )
    public_key = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text="Zendesk alone: the app's public key, from /api/v2/apps/APP_ID/public_key.pem.",
    )

    class Meta:
        model = LaunchKey
        fields = ("account", "host", "name", "tenant", "public_key")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        host = cleaned.get("host") or self.instance.host
        if host == LaunchHost.ZENDESK:
            self._check_zendesk(cleaned)
        else:
            self._check_secret(cleaned)
        if host in (LaunchHost.CANVAS, LaunchHost.HUBSPOT) and not cleaned.get("tenant"):
            self.add_error("tenant", "Without it, whoever else has the app could open panels of this account.")
        if host == LaunchHost.CANVAS and 0 < len(cleaned.get("tenant") or "") < 15:
            self.add_error("tenant", "An organisation's id has 15 or 18 characters.")
        return cleaned

    def _check_secret(self, cleaned: dict[str, Any]) -> None:
        secret = cleaned.get("secret") or ""
        if not secret and not self.instance.sealed_secret:
            self.add_error("secret", "This host signs with a secret.")
        elif 0 < len(secret) < _SHORTEST_SECRET:
            self.add_error("secret", f"A secret has at least {_SHORTEST_SECRET} characters.")

    def _check_zendesk(self, cleaned: dict[str, Any]) -> None:
        place = urlsplit(cleaned.get("tenant") or "")
        if place.scheme != "https" or not (place.hostname or "").endswith(".zendesk.com") or place.path in ("", "/"):
            self.add_error("tenant", "Must look like https://SUBDOMAIN.zendesk.com/api/v2/apps/installations/ID.json.")
        try:
            key = load_pem_public_key((cleaned.get("public_key") or "").encode())
        except (ValueError, UnsupportedAlgorithm):
            self.add_error("public_key", "Must be a public key in PEM: -----BEGIN PUBLIC KEY----- …")
            return
        if not isinstance(key, RSAPublicKey) or key.key_size < _LEAST_BITS:
            self.add_error("public_key", f"Must be an RSA key of at least {_LEAST_BITS} bits.")
