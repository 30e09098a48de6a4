"""Settings that cannot work, or are not safe, are named before anything starts; their values never are."""

import pytest
from pytest_django import Settings

from lpcontext.checks import check_settings


@pytest.fixture(autouse=True)
def good_settings(settings: Settings) -> None:
    settings.SECRET_KEY = "k" * 50
    settings.SEAL_KEYS = [b"1" * 32]
    settings.METRICS_TOKEN = ""
    settings.PUBLIC_URL = "https://panel.example"
    settings.ALLOWED_HOSTS = ["panel.example", "localhost", "127.0.0.1", "[::1]"]
    settings.LIVEPERSON_PROXY = settings.LIVEPERSON_CA_FILE = ""
    settings.DOMAIN_API_URL = "https://api.liveperson.net"
    settings.LIVEPERSON_HOSTS = (".liveperson.net",)
    settings.REDIS_URL = settings.BROKER_URL = "redis://127.0.0.1:6379/0"
    settings.REFRESH_SECONDS, settings.PANEL_TOKEN_SECONDS = 5, 14400


def _found() -> list[str | None]:
    return [message.id for message in check_settings()]


def test_good_settings_pass() -> None:
    assert _found() == []


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("SEAL_KEYS", [], "lpcontext.E001"),
        ("SEAL_KEYS", [b"short"], "lpcontext.E001"),
        ("SEAL_KEYS", [b"1" * 32, b"1" * 32], "lpcontext.E002"),
        ("SECRET_KEY", "short", "lpcontext.E003"),
        ("METRICS_TOKEN", "guessable", "lpcontext.E004"),
        ("LIVEPERSON_HOSTS", (), "lpcontext.E005"),
        ("LIVEPERSON_HOSTS", (".net",), "lpcontext.E005"),
        ("LIVEPERSON_HOSTS", ("*",), "lpcontext.E005"),
        ("LIVEPERSON_HOSTS", ("liveperson.net",), "lpcontext.E005"),
        ("LIVEPERSON_HOSTS", (".liveperson.net", ".*.net"), "lpcontext.E005"),
        ("DOMAIN_API_URL", "http://api.liveperson.net", "lpcontext.E006"),
        ("DOMAIN_API_URL", "api.liveperson.net", "lpcontext.E006"),
        ("DOMAIN_API_URL", "https://[oops", "lpcontext.E006"),
        ("DOMAIN_API_URL", "https://api.liveperson.net.evil.example", "lpcontext.E007"),
        ("DOMAIN_API_URL", "https://evilliveperson.net", "lpcontext.E007"),
        ("PUBLIC_URL", "http://panel.example", "lpcontext.E008"),
        ("PUBLIC_URL", "https://", "lpcontext.E008"),
        ("PUBLIC_URL", "https://panel.example:no", "lpcontext.E008"),
        ("PUBLIC_URL", "https://panel.example/lp", "lpcontext.E009"),
        ("PUBLIC_URL", "https://panel.example?x", "lpcontext.E009"),
        ("REDIS_URL", "http://secret@127.0.0.1", "lpcontext.E010"),
        ("BROKER_URL", "sqs://secret@", "lpcontext.E011"),
        ("PANEL_TOKEN_SECONDS", 10, "lpcontext.E012"),
        ("LIVEPERSON_CA_FILE", "/no/such/secret.pem", "lpcontext.E013"),
        ("LIVEPERSON_PROXY", "socks5://secret@proxy.example", "lpcontext.E014"),
        ("LIVEPERSON_PROXY", "http://", "lpcontext.E014"),
        ("OIDC_ONLY", True, "lpcontext.E020"),
        ("ALLOWED_HOSTS", ["other.example"], "lpcontext.E015"),
    ],
)
def test_a_setting_that_cannot_work_is_named(name: str, value: object, found: str, settings: Settings) -> None:
    setattr(settings, name, value)

    messages = check_settings()

    assert [message.id for message in messages] == [found]
    assert f"LPCONTEXT_{name}" in messages[0].msg
    assert "secret" not in messages[0].msg


@pytest.mark.parametrize("value", ["http://127.0.0.1:8100", "http://localhost:8100", "http://[::1]:8100"])
def test_plain_http_on_loopback_is_fine(value: str, settings: Settings) -> None:
    settings.DOMAIN_API_URL = settings.PUBLIC_URL = value

    assert _found() == []


@pytest.mark.parametrize("value", ["rediss://cache.example:6380/0", "unix:///run/valkey.sock"])
def test_every_way_to_reach_redis_is_fine(value: str, settings: Settings) -> None:
    settings.REDIS_URL = settings.BROKER_URL = value

    assert _found() == []


PROVIDER = {
    "OIDC_ISSUER": "https://login.example/tenant",
    "OIDC_RP_CLIENT_ID": "panel",
    "OIDC_RP_CLIENT_SECRET": "secret",
    "OIDC_RP_SCOPES": "openid email",
    "OIDC_EMAIL_DOMAINS": ["example.com"],
    "OIDC_AGENT_GROUPS": [],
}


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, []),
        ({"OIDC_ISSUER": "http://localhost:8080"}, []),
        ({"OIDC_ONLY": True}, []),
        ({"OIDC_EMAIL_DOMAINS": [], "OIDC_AGENT_GROUPS": ["Voice agents"]}, []),
        ({"OIDC_ISSUER": ""}, ["lpcontext.E016"]),
        ({"OIDC_RP_CLIENT_ID": ""}, ["lpcontext.E016"]),
        ({"OIDC_RP_CLIENT_SECRET": ""}, ["lpcontext.E016"]),
        ({"OIDC_ISSUER": "http://login.example"}, ["lpcontext.E017"]),
        ({"OIDC_ISSUER": "login.example"}, ["lpcontext.E017"]),
        ({"OIDC_ISSUER": "https://secret@login.example"}, ["lpcontext.E017"]),
        ({"OIDC_ISSUER": "https://login.example?p=1"}, ["lpcontext.E017"]),
        ({"OIDC_EMAIL_DOMAINS": []}, ["lpcontext.E018"]),
        ({"OIDC_RP_SCOPES": "email"}, ["lpcontext.E019"]),
    ],
)
def test_a_provider_is_given_whole_safe_and_with_who_is_let_in(
    changed: dict[str, object], found: list[str], settings: Settings
) -> None:
    for name, value in {**PROVIDER, **changed}.items():
        setattr(settings, name, value)

    messages = check_settings()

    assert [message.id for message in messages] == found
    assert "secret" not in "".join(message.msg.replace("_SECRET", "") for message in messages)
