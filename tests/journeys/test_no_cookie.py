"""A panel sets no cookie at any of its addresses, whatever comes of it; what has a session asks for a CSRF token."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from lpcontext.accounts.models import Account
from lpcontext.launch import issue_ticket
from lpcontext.subjects import VisitKey, now_ms

KEY = VisitKey(account_id="71820394", visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")
NAVIGATION = {"host": "localhost", "Sec-Fetch-Mode": "navigate", "Accept": "text/html"}
CLOSED = [
    ("GET", "/launch/ticket/forged"),
    ("POST", "/launch/ticket/forged"),
    ("GET", "/launch/no-such-host/x"),
    ("POST", "/launch/canvas/nosuchslug12"),
    ("GET", "/launch/canvas/nosuchslug12"),
    ("POST", "/launch/zendesk/nosuchslug12"),
    ("GET", "/panel/nosuchslug12/"),
    ("POST", "/panel/abcdefabcdef/"),
    ("GET", "/panel/reveal"),
    ("POST", "/panel/reveal"),
]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("memory")]


@pytest.fixture
def account() -> Account:
    return Account.objects.create(id=KEY.account_id, slug="abcdefabcdef", origins=["https://crm.example"])


def make_browser(kind: str) -> Client:
    """With nothing, a session that is over, or one that is good, as of an agent who also signs in here."""
    browser = Client()
    if kind == "an old session":
        browser.cookies["sessionid"] = "x" * 32
    if kind == "a session":
        browser.force_login(User.objects.create_user("ann"))
    return browser


def ask(browser: Client, method: str, path: str) -> Any:
    before = browser.cookies.output()
    answer = browser.generic(method, path, headers=NAVIGATION)
    assert browser.cookies.output() == before
    return answer


@pytest.mark.parametrize("kind", ["nothing", "an old session", "a session"])
def test_a_ticket_that_opens_and_one_that_is_spent_set_none(account: Account, kind: str) -> None:
    browser, path = make_browser(kind), issue_ticket(account, KEY, now_ms=now_ms()).path

    answers = [ask(browser, "GET", path), ask(browser, "GET", path), ask(browser, "GET", f"/panel/{account.slug}/")]

    assert [answer.status_code for answer in answers] == [200, 410, 200]
    assert [answer for answer in answers if answer.cookies or answer.has_header("Set-Cookie")] == []


@pytest.mark.parametrize("kind", ["nothing", "an old session", "a session"])
@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_a_closed_door_sets_none(account: Account, kind: str, method: str, path: str) -> None:
    answer = ask(make_browser(kind), method, path)

    assert 400 <= answer.status_code < 500
    assert not answer.cookies


def test_an_account_that_names_no_origin_is_framed_by_nobody(account: Account) -> None:
    Account.objects.update(origins=[])
    account.refresh_from_db()

    answer = ask(Client(), "GET", issue_ticket(account, KEY, now_ms=now_ms()).path)

    assert answer.status_code == 200
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", ["/login/", "/admin/login/", "/", "/logout/", "/admin/accounts/account/add/"])
def test_a_form_with_a_session_needs_its_csrf_token(account: Account, path: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(User.objects.create_superuser("root"))

    answer = browser.post(path, {"username": "root", "password": "x"}, headers={"host": "localhost"})

    assert answer.status_code == 403
    assert "may not look here" in answer.text


def test_over_https_browsers_are_told_to_stay_there(account: Account, settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 31536000

    answer = Client().get("/panel/abcdefabcdef/", headers={"host": "localhost"}, secure=True)

    assert answer["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_what_is_done_in_a_panel_is_asked_by_its_own_page(account: Account, site: str) -> None:
    page = ask(Client(), "GET", issue_ticket(account, KEY, now_ms=now_ms()).path).text
    token = page.split('"X-LPContext-Panel": "')[1].split('"')[0]
    sent = {"host": "localhost", "X-LPContext-Panel": token}

    copied = [
        Client().post("/panel/copied", {"section": "identity"}, headers={**sent, "Sec-Fetch-Site": each}).status_code
        for each in (site, "same-origin")
    ]
    untold = Client().post("/panel/copied", {"section": "identity"}, headers=sent).status_code

    assert (*copied, untold) == (403, 204, 204)
