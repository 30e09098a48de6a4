"""Signing in with an OpenID Connect provider that really runs: there, back, and in."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from lpcontext.accounts.models import Account
from lpcontext.accounts.rights import LOOK_PERMISSION, Grant, find_rights, grant_of_user
from tests.signin.provider_flow import START, agree, begin, describe_person, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("memory")]
ANN = "ann@example.com"
WANTED = "/visits/71820394/QzZDNhYTViMjA1OTJjN2Y5/?sid=ttJpjOmRQ0adbOusBi5UlA"


def read_query(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def test_the_sign_in_page_leads_there_and_back_and_in(issuer: str, client: Client) -> None:
    page = client.get("/login/")
    answer = sign_in(client, ANN)
    user = User.objects.get()

    assert "Sign in with Example ID" in page.text
    assert f'href="{START}"' in page.text
    assert answer["Location"] == "/"
    assert (user.username, user.email, user.has_usable_password()) == (ANN, ANN, False)
    assert user.has_perm(LOOK_PERMISSION)
    assert client.get("/").status_code == 200


def test_what_was_asked_for_comes_afterwards_and_stands_in_no_address(issuer: str, client: Client) -> None:
    Account.objects.create(id="71820394")
    link = client.get(client.get(WANTED)["Location"]).text.partition(f'href="{START}')[2].partition('"')[0]
    there = begin(client, START + link)
    answer = client.get(agree(there, ANN))

    assert link.startswith("?wish=")
    assert "71820394" not in link + there
    assert answer["Location"] == WANTED
    assert client.get(WANTED).status_code == 200


def test_state_nonce_and_pkce_are_sent_and_are_new_each_time(issuer: str, client: Client) -> None:
    first, second = read_query(begin(client)), read_query(begin(client))

    assert first["code_challenge_method"] == "S256"
    assert first["response_type"] == "code"
    assert first["scope"] == "openid email profile"
    assert all(first[name] != second[name] for name in ("state", "nonce", "code_challenge"))


def test_an_answer_is_taken_once_and_from_the_browser_that_asked(issuer: str, client: Client) -> None:
    back = agree(begin(client), ANN)
    strange = Client().get(back)
    first, second = client.get(back), Client().get(back)

    assert [answer.status_code for answer in (strange, first, second)] == [403, 302, 403]
    assert "The sign-in was not finished" in strange.text


def test_a_code_that_was_stolen_is_worth_nothing_without_its_verifier(issuer: str, client: Client) -> None:
    stolen = read_query(agree(begin(client), ANN))["code"]
    thief = Client()
    own = read_query(begin(thief))

    assert thief.get("/login/provider/return/", {"code": stolen, "state": own["state"]}).status_code == 403
    assert User.objects.count() == 0


def test_who_is_refused_by_the_provider_is_told_so(issuer: str, client: Client) -> None:
    there = begin(client)
    back = urlsplit(
        requests.post(there, data={"action": "deny"}, allow_redirects=False, timeout=10).headers["Location"]
    )
    state = read_query(there)["state"]
    answer = client.get(f"{back.path}?{back.query}&state={state}")

    assert answer.status_code == 403
    assert "You are not signed in" in answer.text


def test_a_link_to_the_way_back_signs_nobody_out(issuer: str, client: Client) -> None:
    sign_in(client, ANN)
    links = ["?error=access_denied", "?error=x&state=y", "?code=c&state=s", ""]
    statuses = [client.get(f"{START}return/{link}").status_code for link in links]

    assert statuses == [403] * 4
    assert client.get("/").status_code == 200


def test_operators_come_to_the_page_they_wanted(issuer: str, client: Client) -> None:
    sign_in(Client(), ANN)
    User.objects.update(is_staff=True, is_superuser=True)
    page = client.get(client.get("/admin/accounts/account/")["Location"])
    link = page.text.partition(f'href="{START}')[2].partition('"')[0]

    assert sign_in(client, ANN, START + link)["Location"] == "/admin/accounts/account/"


def test_nobody_else_learns_where_the_browser_was(issuer: str, client: Client) -> None:
    there = client.get(START)
    back = client.get(agree(there["Location"], ANN))
    refused = Client().get("/login/provider/return/?code=c&state=s")

    assert [answer["Referrer-Policy"] for answer in (there, back, refused)] == ["no-referrer"] * 3
    assert [answer["Cache-Control"] for answer in (there, back, refused)] == ["no-store"] * 3


def test_a_session_of_somebody_on_the_way_ends_soon_and_is_clean_afterwards(issuer: str, client: Client) -> None:
    there = begin(client)
    on_the_way = Session.objects.get()
    client.get(agree(there, ANN))
    arrived = Session.objects.exclude(pk=on_the_way.pk).get()

    assert (on_the_way.expire_date - timezone.now()).total_seconds() <= 600
    assert (arrived.expire_date - timezone.now()).total_seconds() > 11 * 3600
    assert {name for name in arrived.get_decoded() if not name.startswith("_auth_")} == set()


def test_groups_of_ours_follow_the_providers(issuer: str, client: Client) -> None:
    for name in ("Leads", "Billing", "Night shift"):
        Group.objects.create(name=name)
    describe_person(issuer, "cat", email="cat@example.com", groups=["Leads", "Night shift", "Not ours"])
    sign_in(client, "cat")
    before = sorted(User.objects.get().groups.values_list("name", flat=True))
    describe_person(issuer, "cat", email="cat@example.com", groups=["Billing"])
    sign_in(Client(), "cat")

    assert before == ["Leads", "Night shift"]
    assert list(User.objects.get().groups.values_list("name", flat=True)) == ["Billing"]


def test_a_person_stays_the_same_user_when_their_address_changes(issuer: str, client: Client) -> None:
    describe_person(issuer, "dee", email="dee@example.com")
    sign_in(client, "dee")
    describe_person(issuer, "dee", email="dee.new@example.com")
    sign_in(Client(), "dee")
    user = User.objects.get()

    assert (user.username, user.email) == ("dee@example.com", "dee.new@example.com")


def test_a_deactivated_user_is_out_at_once_and_does_not_come_in_again(issuer: str, client: Client) -> None:
    sign_in(client, ANN)
    User.objects.update(is_active=False)
    again = sign_in(Client(), ANN)

    assert client.get("/")["Location"] == "/login/"
    assert again.status_code == 403
    assert "switched off" in again.text


def test_signing_out_ends_the_session_and_the_right(issuer: str, client: Client) -> None:
    account = Account.objects.create(id="71820394")
    sign_in(client, ANN)
    grant = Grant(account.pk, account.slug, grant_of_user(User.objects.get().pk))
    before = find_rights([grant])[grant]
    client.post("/logout/")

    assert (before.is_good, before.ended_ms) == (True, 0)
    assert find_rights([grant])[grant].ended_ms > 0
    assert client.get("/")["Location"] == "/login/"


def test_passwords_go_on_beside_it(issuer: str, client: Client) -> None:
    User.objects.create_user("bob", password="correct horse battery")

    assert client.post("/login/", {"username": "bob", "password": "correct horse battery"}).status_code == 302


def test_passwords_may_be_left_to_operators(issuer: str, client: Client, settings: Settings) -> None:
    settings.OIDC_ONLY = True
    User.objects.create_user("bob", password="correct horse battery")
    User.objects.create_superuser("root", password="correct horse battery")
    statuses = [
        client.post("/login/", {"username": name, "password": "correct horse battery"}).status_code
        for name in ("bob", "root")
    ]

    assert statuses == [200, 302]
    assert "Operators sign in with a password" in Client().get("/login/").text


def test_without_a_provider_there_is_no_such_way(client: Client) -> None:
    assert "/login/provider/" not in client.get("/login/").text
    assert [client.get(path).status_code for path in (START, f"{START}return/")] == [404, 404]
