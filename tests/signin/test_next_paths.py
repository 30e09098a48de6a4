"""What was asked for before signing in comes afterwards, and stands in no address meanwhile."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from lpcontext.signin.next_path import open_next_path, seal_next_path

VISITOR, SESSION = "QzZDNhYTViMjA1OTJjN2Y5", "ttJpjOmRQ0adbOusBi5UlA"
WANTED = f"/visits/71820394/{VISITOR}/?sid={SESSION}"
CHAT = "/chats/71820394/H2170755172687460894-b7d761017809489ea1a257461eb373eeK8457415/"
PASSWORD = "correct horse battery"


@pytest.fixture
def agent(db: None, memory: None) -> User:
    user = User.objects.create_user("agent", password=PASSWORD)
    user.user_permissions.add(Permission.objects.get(codename="look_at_visits"))
    return user


@pytest.mark.parametrize("wanted", [WANTED, CHAT])
def test_the_way_to_the_sign_in_page_holds_no_id_and_leads_back(agent: User, client: Client, wanted: str) -> None:
    address = client.get(wanted).headers["Location"]
    page = client.get(address)
    answer = client.post(address, {"username": "agent", "password": PASSWORD})

    ids = [VISITOR, SESSION, "71820394", "H2170755172687460894"]
    assert address.startswith("/login/?wish=")
    assert not [each for each in ids if each in address + page.text]
    assert answer.headers["Location"] == wanted


def test_a_path_in_the_form_counts_as_well(agent: User, client: Client) -> None:
    wish = parse_qs(urlsplit(client.get(WANTED).headers["Location"]).query)["wish"][0]

    answer = client.post("/login/", {"username": "agent", "password": PASSWORD, "wish": wish})

    assert answer.headers["Location"] == WANTED


@pytest.mark.parametrize("wish", ["", "x", "A" * 5000, "https://evil.example", "\u00e9"])
def test_a_path_that_is_not_ours_leads_to_the_look_up(agent: User, client: Client, wish: str) -> None:
    answer = client.post("/login/", {"username": "agent", "password": PASSWORD, "wish": wish})

    assert answer.headers["Location"] == "/"


def test_a_path_lasts_an_hour() -> None:
    wish = seal_next_path(WANTED, now_ms=1_000)

    assert open_next_path(wish, now_ms=3_600_999) == WANTED
    assert open_next_path(wish, now_ms=3_601_000) == ""


def test_a_path_longer_than_any_of_ours_is_not_kept(client: Client, db: None) -> None:
    assert client.get(f"/visits/71820394/{'v' * 3000}/").headers["Location"] == "/login/"


def test_the_operators_pages_come_after_signing_in_too(agent: User, client: Client) -> None:
    User.objects.create_superuser("operator", password=PASSWORD)
    address = client.get("/admin/accounts/account/").headers["Location"]

    answer = client.post(address, {"username": "operator", "password": PASSWORD})

    assert address == "/admin/login/?next=/admin/accounts/account/"
    assert answer.headers["Location"] == "/admin/accounts/account/"


def test_who_may_not_open_that_page_is_refused(agent: User, client: Client) -> None:
    client.force_login(agent)

    page = client.get(client.get("/admin/").headers["Location"])

    assert "Your sign-in may not open that page" in page.text
