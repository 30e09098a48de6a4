from __future__ import annotations

import pytest

from lpcontext.liveperson import CredentialsUnreadable, read_credentials
from lpcontext.liveperson.auth.credentials import ClientCredentials, OAuth1Key, UserLogin

OAUTH1 = {"kind": "oauth1", "app_key": "a", "secret": "b", "access_token": "c", "access_token_secret": "d"}
LOGIN = {"kind": "login", "username": "bot", "password": " spaces may be meant "}
OAUTH2 = {"kind": "oauth2", "username": "bot", "client_id": "e", "client_secret": "f"}


def test_the_three_kinds_are_read() -> None:
    assert read_credentials(OAUTH1) == OAuth1Key("a", "b", "c", "d")
    assert read_credentials(LOGIN) == UserLogin("bot", " spaces may be meant ")
    assert read_credentials(OAUTH2) == ClientCredentials("bot", "e", "f")


def test_origins_in_the_same_document_are_left_alone() -> None:
    assert read_credentials(LOGIN | {"origins": ["https://crm.example"]}) == read_credentials(LOGIN)


@pytest.mark.parametrize("document", [None, [], "oauth1", 3])
def test_what_is_no_object_is_refused(document: object) -> None:
    with pytest.raises(CredentialsUnreadable, match="must be a JSON object"):
        read_credentials(document)


@pytest.mark.parametrize("kind", [None, "saml", ["oauth1"], {"of": "login"}, 1])
def test_an_unknown_kind_is_refused_and_not_repeated(kind: object) -> None:
    with pytest.raises(CredentialsUnreadable) as refused:
        read_credentials({"kind": kind})

    assert str(refused.value) == "credentials: kind must be one of oauth1, login, oauth2"


@pytest.mark.parametrize("key", ["app_key", "secret", "access_token", "access_token_secret"])
def test_a_missing_key_is_named(key: str) -> None:
    document = {name: value for name, value in OAUTH1.items() if name != key}

    with pytest.raises(CredentialsUnreadable) as refused:
        read_credentials(document)

    assert refused.value.key == key
    assert str(refused.value) == f"credentials: {key} is missing"


@pytest.mark.parametrize("value", ["", None, 5, ["x"], "pasted-with-a-newline\n", " pasted-with-a-space", "nul\x00"])
def test_a_wrong_value_is_named_by_its_key_and_never_shown(value: object) -> None:
    with pytest.raises(CredentialsUnreadable) as refused:
        read_credentials(OAUTH2 | {"client_secret": value})

    assert refused.value.key == "client_secret"
    assert "pasted" not in str(refused.value)


def test_what_cannot_be_seen_in_a_value_is_named() -> None:
    with pytest.raises(CredentialsUnreadable) as refused:
        read_credentials(OAUTH2 | {"client_secret": "two\nlines"})

    assert str(refused.value) == "credentials: client_secret holds a line break or another invisible character"


@pytest.mark.parametrize("document", [OAUTH1, LOGIN, OAUTH2])
def test_credentials_never_print_what_they_hold(document: dict[str, str]) -> None:
    credentials = read_credentials(document)

    assert repr(credentials) == str(credentials) == f"{type(credentials).__name__}(****)"
