"""Who does not come in by the provider: with tokens that prove nothing, and whom nobody has let in."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st
from pytest_django import Settings

from lpcontext.limits import Door
from lpcontext.signin.models import ProviderUser
from lpcontext.snapshots import read_counts
from tests.signin.provider_flow import START, agree, begin, describe_person, lie_in_tokens, sign_in
from tests.support.openid_provider import LIES, SIGNATURES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("memory")]
ANN = "ann@example.com"


def assert_kept_out(browser: Client, answer: Any, sentence: str) -> None:
    assert answer.status_code == 403
    assert sentence in answer.text
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize("lie", [*LIES, *SIGNATURES])
def test_a_token_that_lies_opens_nothing(
    issuer: str, client: Client, caplog: pytest.LogCaptureFixture, lie: str
) -> None:
    back = agree(begin(client), ANN)
    lie_in_tokens(issuer, lie)
    with caplog.at_level(logging.WARNING, logger="lpcontext"):
        answer = client.get(back)

    assert_kept_out(client, answer, "The sign-in was not finished")
    assert User.objects.count() == 0
    assert "the provider's token, check" in caplog.text
    assert not [text for text in (ANN, "code=", "eyJ") if text in caplog.text]


def test_whoever_tells_the_truth_comes_in_by_the_same_way(issuer: str, client: Client) -> None:
    assert sign_in(client, ANN).status_code == 302


@pytest.mark.parametrize("subject", ["eve@evil.example", "eve@example.com.evil.example", "eve", "eve@EXAMPLE.org"])
def test_an_address_of_another_domain_is_not_let_in(issuer: str, client: Client, subject: str) -> None:
    assert_kept_out(client, sign_in(client, subject), "Your e-mail address is not let in here.")
    assert User.objects.count() == 0


@pytest.mark.parametrize("verified", [False, "false"])
def test_an_address_nobody_has_verified_is_not_let_in(issuer: str, client: Client, verified: object) -> None:
    describe_person(issuer, "unverified", email=ANN, email_verified=verified)

    assert_kept_out(client, sign_in(client, "unverified"), "Your e-mail address is not verified yet.")


def test_members_of_a_named_group_are_let_in_and_nobody_else(issuer: str, client: Client, settings: Settings) -> None:
    settings.OIDC_AGENT_GROUPS = ["Voice agents"]
    describe_person(issuer, "in", email="in@example.com", groups=["Voice agents", "Staff"])
    describe_person(issuer, "out", email="out@example.com", groups=["Staff"])
    describe_person(issuer, "none", email="none@example.com")

    assert sign_in(Client(), "in").status_code == 302
    for subject in ("out", "none"):
        assert_kept_out(client, sign_in(client, subject), "You are in none of the groups")


@pytest.mark.parametrize("kind", [{"password": "correct horse battery"}, {"is_staff": True}, {"is_superuser": True}])
def test_a_name_takes_over_no_user_who_comes_in_another_way(issuer: str, client: Client, kind: dict[str, Any]) -> None:
    User.objects.create_user(ANN, **kind)

    assert_kept_out(client, sign_in(client, ANN), "Your name is another user&#x27;s here.")


def test_nor_one_of_somebody_else_at_the_provider(issuer: str, client: Client) -> None:
    sign_in(Client(), ANN)
    describe_person(issuer, "another-ann", email=ANN)

    assert_kept_out(client, sign_in(client, "another-ann"), "Your name is another user&#x27;s here.")


def test_an_operator_lets_somebody_in_whom_the_provider_has_renamed(issuer: str, client: Client) -> None:
    sign_in(Client(), ANN)
    describe_person(issuer, "renamed", email=ANN)
    operator = Client()
    operator.force_login(User.objects.create_superuser("root", password="correct horse battery"))
    known = ProviderUser.objects.get()
    page = operator.get("/admin/signin/provideruser/", {"q": ANN})
    operator.post(f"/admin/signin/provideruser/{known.pk}/delete/", {"post": "yes"})

    assert ANN in page.text
    assert sign_in(client, "renamed").status_code == 302
    assert ProviderUser.objects.get().user == known.user


def test_a_user_whom_an_operator_made_ready_is_theirs(issuer: str, client: Client) -> None:
    user = User.objects.create_user(ANN)

    assert sign_in(client, ANN).status_code == 302
    assert User.objects.get().pk == user.pk


@pytest.mark.parametrize("name", [None, "", 7, "x" * 151, "a\u0000b"])
def test_without_a_name_nobody_comes_in(issuer: str, client: Client, settings: Settings, name: object) -> None:
    settings.OIDC_USERNAME_CLAIM = "nickname"
    describe_person(issuer, "nameless", email=ANN, nickname=name)

    assert_kept_out(client, sign_in(client, "nameless"), "did not say by which name")


def test_a_provider_that_is_away_is_said_to_be_and_nothing_fails(
    issuer: str, client: Client, settings: Settings
) -> None:
    back = agree(begin(client), ANN)
    settings.OIDC_ISSUER = "http://localhost:1"
    answers = [client.get(START), client.get(back)]

    assert [(answer.status_code, answer["Retry-After"]) for answer in answers] == [(503, "5")] * 2
    assert all("does not answer" in answer.text for answer in answers)
    assert client.get("/login/").status_code == 200


def test_a_provider_that_calls_itself_otherwise_is_none_of_ours(
    issuer: str, client: Client, settings: Settings
) -> None:
    settings.OIDC_ISSUER = f"{issuer}/"

    assert client.get(START).status_code == 503


def test_sign_ins_that_are_only_begun_are_limited(issuer: str, client: Client, settings: Settings) -> None:
    settings.LIMIT_PER_KEY = 10
    answers = [client.get(START) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [302, 302, 429, 429]
    assert answers[-1]["Retry-After"]
    assert read_counts()["limits_reached", (("door", Door.SIGN_IN.value),)] == 2


_QUERIES = st.dictionaries(st.sampled_from(["code", "state", "error", "next", "wish"]), st.text(max_size=60))


@settings_of_hypothesis(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
@given(query=_QUERIES, is_begun=st.booleans())
def test_whatever_comes_back_is_refused_calmly_and_says_nothing_of_itself(
    issuer: str, query: dict[str, str], is_begun: bool
) -> None:
    browser = Client()
    if is_begun:
        begin(browser, f"{START}?{urlencode({'wish': query.get('wish', '')})}")
    mark = "m4rk"
    answer = browser.get("/login/provider/return/", {name: mark + value for name, value in query.items()})

    assert_kept_out(browser, answer, "The sign-in was not finished")
    assert mark not in answer.text
