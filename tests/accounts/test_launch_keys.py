"""Launch keys: their secrets go in and never come out, and what is revoked proves nothing and closes panels."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as generate_ec_key
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from lpcontext.accounts.launch_keys import (
    find_launch_key,
    open_launch_secret,
    reseal_launch_secret,
    revoke_launch_key,
    set_launch_secret,
)
from lpcontext.accounts.models import Account, LaunchHost, LaunchKey
from lpcontext.accounts.rights import Grant, find_rights, grant_of_launch_key
from lpcontext.sealing import SealBroken, Sealer, get_sealer
from tests.accounts.conftest import NEW_KEY, OLD_KEY

PAGES = "/admin/accounts/launchkey/"
SECRET = "a-secret-of-the-connected-app"
CANVAS = {"account": "12345678", "host": "canvas", "name": "Org", "tenant": "00Dx0000000Example", "secret": SECRET}


@pytest.fixture
def operator(db: None, client: Client) -> Client:
    client.force_login(User.objects.create_superuser("operator", password="not used here"))
    return client


def add(operator: Client, **changed: str) -> Any:
    return operator.post(f"{PAGES}add/", CANVAS | changed)


def pem(key: Any) -> str:
    return str(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode())


# Too small on purpose, for the form must refuse it.
SMALL_KEY = pem(generate_private_key(65537, 1024))  # noqa: S505


def test_a_secret_goes_in_and_never_comes_out(operator: Client, account: Account, settings: Any) -> None:
    settings.PUBLIC_URL = "https://panel.example"
    add(operator)

    key = LaunchKey.objects.get()
    page = operator.get(f"{PAGES}{key.pk}/change/").text
    assert open_launch_secret(key, sealer=get_sealer()) == SECRET.encode()
    assert SECRET not in page
    assert f"https://panel.example/launch/canvas/{key.slug}" in page


def test_an_empty_secret_keeps_what_is_there(operator: Client, account: Account) -> None:
    add(operator)
    key = LaunchKey.objects.get()

    operator.post(f"{PAGES}{key.pk}/change/", {"name": "Other", "tenant": CANVAS["tenant"], "secret": ""})

    key.refresh_from_db()
    assert (key.name, open_launch_secret(key, sealer=get_sealer())) == ("Other", SECRET.encode())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"secret": ""}, "This host signs with a secret."),
        ({"secret": "short"}, "A secret has at least 16 characters."),
        ({"tenant": ""}, "whoever else has the app"),
        ({"tenant": "00D"}, "15 or 18 characters"),
        ({"host": "hubspot", "tenant": ""}, "whoever else has the app"),
        ({"host": "zendesk", "tenant": "shop.zendesk.com"}, "Must look like https://SUBDOMAIN.zendesk.com"),
        ({"host": "zendesk", "tenant": "https://zendesk.evil.example/x"}, "Must look like https://SUBDOMAIN"),
        ({"host": "zendesk", "public_key": "no key"}, "Must be a public key in PEM"),
        ({"host": "zendesk", "public_key": pem(generate_ec_key(SECP256R1()))}, "Must be an RSA key"),
        ({"host": "zendesk", "public_key": SMALL_KEY}, "of at least 2048 bits"),
    ],
)
def test_what_would_prove_nothing_is_refused(
    operator: Client, account: Account, changed: dict[str, str], said: str
) -> None:
    answer = add(operator, **changed)

    assert said in answer.text
    assert SECRET not in answer.text
    assert not LaunchKey.objects.exists()


def test_a_revoked_key_is_not_found_and_its_right_is_over(operator: Client, account: Account) -> None:
    add(operator)
    key = LaunchKey.objects.get()
    grant = Grant(account.pk, account.slug, grant_of_launch_key(key.pk))
    assert find_rights([grant])[grant].is_good

    operator.post(PAGES, {"action": "revoke", "_selected_action": [str(key.pk)]})

    assert find_launch_key(key.slug, host=LaunchHost.CANVAS) is None
    assert not find_rights([grant])[grant].is_good


def test_a_key_vouches_for_its_own_account_alone(account: Account, operator: Client) -> None:
    add(operator)
    key = LaunchKey.objects.get()
    other = Account.objects.create(id="99")
    grant = Grant(other.pk, other.slug, grant_of_launch_key(key.pk))

    assert not find_rights([grant])[grant].is_good


def test_a_secret_moved_to_another_key_opens_nothing(account: Account) -> None:
    one = LaunchKey(account=account, host=LaunchHost.CANVAS, slug="aaaaaaaaaaaa")
    set_launch_secret(one, SECRET, sealer=get_sealer())
    other = LaunchKey(account=account, host=LaunchHost.HUBSPOT, slug="aaaaaaaaaaaa", sealed_secret=one.sealed_secret)

    with pytest.raises(SealBroken):
        open_launch_secret(other, sealer=get_sealer())


def test_a_secret_is_resealed_with_the_newest_key(account: Account) -> None:
    key = LaunchKey(account=account, host=LaunchHost.CANVAS, name="Org")
    set_launch_secret(key, SECRET, sealer=Sealer([OLD_KEY]))
    key.save()

    assert reseal_launch_secret(key, sealer=Sealer([NEW_KEY, OLD_KEY]))

    key.refresh_from_db()
    assert open_launch_secret(key, sealer=Sealer([NEW_KEY])) == SECRET.encode()


def test_revoking_twice_keeps_the_first_time(account: Account) -> None:
    key = LaunchKey.objects.create(account=account, host=LaunchHost.CANVAS, name="Org")
    first = timezone.now()

    revoke_launch_key(key, now=first)
    revoke_launch_key(key, now=timezone.now())

    key.refresh_from_db()
    assert key.revoked_at == first
