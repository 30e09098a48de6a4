"""The OpenID Connect provider of this installation: where its endpoints are, as it says itself.

OpenID Connect Discovery 1.0. Asked when somebody signs in with it, and then not for an hour: pages for everybody else
must not wait for another company's server.
"""

from __future__ import annotations

from threading import Lock
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import requests
from cachetools import TTLCache, cached
from django.conf import settings

from lpcontext.loopback import is_loopback_in_browser

_KEEP_SECONDS = 3600
_providers: TTLCache[tuple[str], Provider] = TTLCache(maxsize=4, ttl=_KEEP_SECONDS)


class ProviderUnavailable(Exception):
    """It does not answer, or says of itself what cannot be used; the text says which, and repeats nothing."""


class Provider(NamedTuple):
    """Addresses, each https or on loopback; `userinfo_endpoint` is "" where there is none."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""


def find_provider() -> Provider:
    """Raises ProviderUnavailable."""
    return _find_provider(settings.OIDC_ISSUER)


def fetch_keys(provider: Provider) -> list[dict[str, Any]]:
    """The keys it signs with now (RFC 7517): asked each time, for it may change them any time.

    Raises ProviderUnavailable.
    """
    keys = _fetch(provider.jwks_uri).get("keys")
    if not isinstance(keys, list):
        raise ProviderUnavailable("the provider's keys cannot be read")
    return [key for key in keys if isinstance(key, dict)]


@cached(_providers, lock=Lock())
def _find_provider(issuer: str) -> Provider:
    document = _fetch(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if document.get("issuer") != issuer:
        raise ProviderUnavailable("the provider names another issuer than LPCONTEXT_OIDC_ISSUER")
    provider = Provider(
        issuer,
        *(_read_address(document, name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")),
    )
    if document.get("userinfo_endpoint"):
        provider = provider._replace(userinfo_endpoint=_read_address(document, "userinfo_endpoint"))
    return provider


def _fetch(address: str) -> dict[str, Any]:
    try:
        response = requests.get(address, timeout=settings.OIDC_TIMEOUT, allow_redirects=False)
        document = response.json() if response.status_code == 200 else None
    except (requests.RequestException, ValueError):
        raise ProviderUnavailable("what the provider says of itself cannot be read") from None
    if not isinstance(document, dict):
        raise ProviderUnavailable("what the provider says of itself is no JSON object")
    return document


def _read_address(document: dict[str, Any], name: str) -> str:
    text = document.get(name)
    address = urlsplit(text) if isinstance(text, str) else urlsplit("")
    is_safe = address.scheme == "https" or (address.scheme == "http" and is_loopback_in_browser(address.hostname))
    if not is_safe or not address.hostname:
        raise ProviderUnavailable(f"the provider's {name} is no https address")
    return str(text)
