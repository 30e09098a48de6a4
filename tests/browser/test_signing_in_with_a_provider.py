"""Signing in with another site's provider, in a real browser: its cookies, and our policies, let it come back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.support.openid_provider import CLIENT_ID, CLIENT_SECRET, run_provider

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("memory")]


@pytest.fixture
def provider(settings: Settings) -> Iterator[str]:
    with run_provider() as issuer:
        settings.OIDC_ISSUER = issuer.replace("localhost", "127.0.0.1")  # to a browser another site than ours
        settings.OIDC_NAME = "Example ID"
        settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = CLIENT_ID, CLIENT_SECRET
        settings.OIDC_EMAIL_DOMAINS = ["example.com"]
        settings.AUTHENTICATION_BACKENDS = [
            *settings.AUTHENTICATION_BACKENDS,
            "lpcontext.signin.provider_backend.ProviderBackend",
        ]
        yield settings.OIDC_ISSUER


@pytest.mark.usefixtures("provider")
def test_an_agent_comes_back_signed_in_and_gets_out_again(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/")
    page.get_by_role("link", name="Sign in with Example ID").click()
    page.get_by_placeholder("sub").fill("ann@example.com")
    page.get_by_role("button", name="Authorize").click()

    expect(page.get_by_text("Signed in as ann@example.com")).to_be_visible()
    assert page.url == f"{live_server.url}/"
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in with Example ID")).to_be_visible()


@pytest.mark.usefixtures("provider")
def test_who_is_not_let_in_reads_why_and_how_to_go_on(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/login/")
    page.get_by_role("link", name="Sign in with Example ID").click()
    page.get_by_placeholder("sub").fill("eve@evil.example")
    page.get_by_role("button", name="Authorize").click()

    expect(page.get_by_role("alert")).to_have_text("Your e-mail address is not let in here.")
    page.get_by_role("link", name="Back to signing in").click()
    expect(page).to_have_url(re.compile("/login/$"))
