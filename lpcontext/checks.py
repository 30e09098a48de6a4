"""System checks: settings that can each be read but would not be safe, or would not work, as they are.

`manage.py check` runs them, and so does every start. No hint repeats a value: some of them hold passwords.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.http.request import validate_host

from lpcontext.loopback import is_loopback_in_browser

_REDIS = ("redis", "rediss", "unix")
_BROKERS = (*_REDIS, "redis+socket", "amqp", "amqps", "sentinel", "memory")


def check_settings(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    return [
        *_check_secrets(),
        *_check_liveperson(),
        *_check_way_out(),
        *_check_public_url(),
        *_check_memory(),
        *_check_times(),
        *_check_provider(),
    ]


def _check_secrets() -> Iterator[Error]:
    keys = settings.SEAL_KEYS
    if not keys or any(len(key) != 32 for key in keys):
        yield Error("LPCONTEXT_SEAL_KEYS must hold at least one key of 32 bytes.", id="lpcontext.E001")
    elif len(set(keys)) != len(keys):
        yield Error("LPCONTEXT_SEAL_KEYS names one key twice.", id="lpcontext.E002")
    if len(settings.SECRET_KEY) < 32:
        yield Error("LPCONTEXT_SECRET_KEY must have at least 32 characters.", id="lpcontext.E003")
    if 0 < len(settings.METRICS_TOKEN) < 16:
        yield Error("LPCONTEXT_METRICS_TOKEN must have at least 16 characters, or be left out.", id="lpcontext.E004")


def _check_liveperson() -> Iterator[Error]:
    suffixes = settings.LIVEPERSON_HOSTS
    # `.com` or `*` would hand our signature to whatever host an answer names.
    if not suffixes or not all(_is_host_suffix(suffix) for suffix in suffixes):
        yield Error(
            "LPCONTEXT_LIVEPERSON_HOSTS must hold host suffixes of two labels or more, such as .liveperson.net.",
            id="lpcontext.E005",
        )
        return
    address = _split(settings.DOMAIN_API_URL)
    if not _is_safe(address):
        yield Error("LPCONTEXT_DOMAIN_API_URL must be https; plain http is only for loopback.", id="lpcontext.E006")
    elif not is_loopback_in_browser(address.hostname) and not f".{address.hostname}".endswith(tuple(suffixes)):
        yield Error(
            "LPCONTEXT_DOMAIN_API_URL must be on one of LPCONTEXT_LIVEPERSON_HOSTS.",
            id="lpcontext.E007",
        )


def _check_way_out() -> Iterator[Error]:
    if settings.LIVEPERSON_CA_FILE and not os.access(settings.LIVEPERSON_CA_FILE, os.R_OK):
        yield Error("LPCONTEXT_LIVEPERSON_CA_FILE names a file that cannot be read.", id="lpcontext.E013")
    proxy = settings.LIVEPERSON_PROXY
    if proxy and (_split(proxy).scheme not in ("http", "https") or not _split(proxy).hostname):
        yield Error("LPCONTEXT_LIVEPERSON_PROXY must look like http://proxy.example:3128.", id="lpcontext.E014")


def _check_public_url() -> Iterator[Error]:
    address = _split(settings.PUBLIC_URL)
    if not _is_safe(address):
        yield Error("LPCONTEXT_PUBLIC_URL must be https; plain http is only for loopback.", id="lpcontext.E008")
    elif address.path not in ("", "/") or address.query or address.fragment or address.username:
        yield Error("LPCONTEXT_PUBLIC_URL must be an origin, such as https://panel.example.", id="lpcontext.E009")
    elif not settings.DEBUG and not validate_host(_host_of(address), settings.ALLOWED_HOSTS):
        yield Error("LPCONTEXT_ALLOWED_HOSTS does not name the host of LPCONTEXT_PUBLIC_URL.", id="lpcontext.E015")


def _check_memory() -> Iterator[Error]:
    if _split(settings.REDIS_URL).scheme not in _REDIS:
        yield Error("LPCONTEXT_REDIS_URL must begin with redis://, rediss:// or unix://.", id="lpcontext.E010")
    if _split(settings.BROKER_URL).scheme not in _BROKERS:
        yield Error("LPCONTEXT_BROKER_URL must name Redis or AMQP, such as redis://host:6379/1.", id="lpcontext.E011")


def _check_times() -> Iterator[Error]:
    if settings.PANEL_TOKEN_SECONDS <= 2 * settings.REFRESH_SECONDS:
        yield Error(
            "LPCONTEXT_PANEL_TOKEN_SECONDS must be longer than two of LPCONTEXT_REFRESH_SECONDS.",
            hint="A panel would lose its right to look between two of its ticks.",
            id="lpcontext.E012",
        )


def _check_provider() -> Iterator[Error]:
    """OpenID Connect: all of it or none, and never for whomever a provider happens to know."""
    named = (settings.OIDC_ISSUER, settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET)
    if any(named) and not all(named):
        yield Error(
            "LPCONTEXT_OIDC_ISSUER, LPCONTEXT_OIDC_CLIENT_ID and LPCONTEXT_OIDC_CLIENT_SECRET belong together.",
            id="lpcontext.E016",
        )
    issuer = _split(settings.OIDC_ISSUER)
    if settings.OIDC_ISSUER and (not _is_safe(issuer) or issuer.query or issuer.fragment or issuer.username):
        yield Error("LPCONTEXT_OIDC_ISSUER must be https; plain http is only for loopback.", id="lpcontext.E017")
    if settings.OIDC_ISSUER and not (settings.OIDC_AGENT_GROUPS or settings.OIDC_EMAIL_DOMAINS):
        yield Error(
            "LPCONTEXT_OIDC_AGENT_GROUPS or LPCONTEXT_OIDC_EMAIL_DOMAINS must say who is let in.",
            hint="Else everybody the provider knows could look at visits.",
            id="lpcontext.E018",
        )
    if settings.OIDC_ISSUER and "openid" not in settings.OIDC_RP_SCOPES.split():
        yield Error("LPCONTEXT_OIDC_SCOPES must contain openid.", id="lpcontext.E019")
    if settings.OIDC_ONLY and not settings.OIDC_ISSUER:
        yield Error("LPCONTEXT_OIDC_ONLY needs LPCONTEXT_OIDC_ISSUER.", id="lpcontext.E020")


def _split(text: str) -> SplitResult:
    """An address that cannot be split is an empty one; the check then names its setting."""
    try:
        address = urlsplit(text)
        _ = address.port  # raises when it is not a number
    except ValueError:
        return urlsplit("")
    return address


def _host_of(address: SplitResult) -> str:
    """As a Host header says it: an IPv6 address in brackets."""
    host = address.hostname or ""
    return f"[{host}]" if ":" in host else host


def _is_safe(address: SplitResult) -> bool:
    if address.scheme == "http":
        return is_loopback_in_browser(address.hostname)
    return address.scheme == "https" and bool(address.hostname)


def _is_host_suffix(text: str) -> bool:
    labels = text.removeprefix(".").split(".")
    is_plain = all(label and label.replace("-", "").isalnum() and label.isascii() for label in labels)
    return text.startswith(".") and len(labels) >= 2 and is_plain
