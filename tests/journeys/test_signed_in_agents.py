"""An agent without a CRM: signs in, looks a visit up, sees the same panel with the same tick."""

from __future__ import annotations

import re

import pytest
import requests

from tests.support.house import ACCOUNT, House


@pytest.fixture
def agent(house: House) -> requests.Session:
    """A browser in which the demo's user has signed in."""
    browser = requests.Session()
    browser.trust_env = False
    password = re.search(r"password (\S+)", house.log())
    assert password
    page = browser.get(f"{house.url}/login/", timeout=5)
    sent = {"username": "agent", "password": password[1], "csrfmiddlewaretoken": read_csrf(page.text)}
    answer = browser.post(f"{house.url}/login/", data=sent, headers={"Referer": f"{house.url}/login/"}, timeout=5)
    assert answer.status_code == 200
    assert answer.url == f"{house.url}/"
    return browser


def read_csrf(html: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    assert found
    return found[1]


def look_up(browser: requests.Session, house: House, **told: str) -> requests.Response:
    form = browser.get(f"{house.url}/", timeout=5)
    sent = {"account": ACCOUNT, "csrfmiddlewaretoken": read_csrf(form.text)} | told
    return browser.post(f"{house.url}/", data=sent, headers={"Referer": f"{house.url}/"}, timeout=5)


def test_a_visit_looked_up_by_its_ids_is_the_same_panel(house: House, agent: requests.Session) -> None:
    subject = house.mint("documented")

    page = look_up(agent, house, visitor_id=subject.visitor_id, session_id=f" {subject.session_id} ")

    token = re.search(r'X-LPContext-Panel(?:&quot;|"): ?(?:&quot;|")([\w-]+)', page.text)
    assert token
    assert page.url.startswith(f"{house.url}/visits/{ACCOUNT}/{subject.visitor_id}/?sid=")
    live = house.tick_until(house.tick(token[1]), lambda now: now.state == "live")
    assert "John Doe" in live.text


@pytest.mark.parametrize("visitor_id", ["", "x" * 201, "../../admin", "a\u0007b"])
def test_ids_that_cannot_be_are_named_beside_their_field(
    house: House, agent: requests.Session, visitor_id: str
) -> None:
    page = look_up(agent, house, visitor_id=visitor_id, session_id="ttJpjOmRQ0adbOusBi5UlA")

    assert page.status_code == 400
    assert page.url == f"{house.url}/"


@pytest.mark.parametrize("path", ["/", f"/visits/{ACCOUNT}/QzZDNhYTViMjA1OTJjN2Y5/?sid=x"])
def test_nobody_looks_without_signing_in(house: House, path: str) -> None:
    answer = house.http.get(house.url + path, timeout=5, allow_redirects=False)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login/")


def test_an_account_we_do_not_serve_is_said_so(house: House, agent: requests.Session) -> None:
    answer = agent.get(f"{house.url}/visits/99999999/QzZDNhYTViMjA1OTJjN2Y5/?sid=abc", timeout=5)

    assert answer.status_code == 404
    assert "not served here" in answer.text


def test_a_session_id_that_cannot_be_is_a_bad_request(house: House, agent: requests.Session) -> None:
    answer = agent.get(f"{house.url}/visits/{ACCOUNT}/QzZDNhYTViMjA1OTJjN2Y5/", timeout=5)

    assert answer.status_code == 400
