"""Sign-in is tried often here: a password costs nothing to check. And a provider, in a process of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.signin.provider_flow import lie_in_tokens
from tests.support.openid_provider import CLIENT_ID, CLIENT_SECRET, run_provider


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def provider_process() -> Iterator[str]:
    with run_provider() as issuer:
        yield issuer


@pytest.fixture
def issuer(provider_process: str, settings: Settings) -> Iterator[str]:
    """The installation's provider, which lets in everybody of example.com."""
    settings.OIDC_ISSUER, settings.OIDC_NAME = provider_process, "Example ID"
    settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = CLIENT_ID, CLIENT_SECRET
    settings.OIDC_EMAIL_DOMAINS = ["example.com"]
    settings.AUTHENTICATION_BACKENDS = [
        *settings.AUTHENTICATION_BACKENDS,
        "lpcontext.signin.provider_backend.ProviderBackend",
    ]
    yield provider_process
    lie_in_tokens(provider_process, "")
