"""An agent without a CRM: signs in, looks a visit up, sees the same panel with the same tick."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
import requests

from tests.support.running_stack import RunningStack
from tests.support.stack_subjects import ACCOUNT, VisitSubject
from tests.support.waiting import PATIENCE_SECONDS


@pytest.fixture(scope="module")
def agent(stack: RunningStack) -> requests.Session:
    """A browser in which the demo's user has signed in."""
    browser = requests.Session()
    browser.trust_env = False
    password = re.search(r"password (\S+)", stack.log())
    assert password
    page = browser.get(f"{stack.url}/login/", timeout=PATIENCE_SECONDS)
    sent = {"username": "agent", "password": password[1], "csrfmiddlewaretoken": read_csrf(page.text)}
    answer = browser.post(
        f"{stack.url}/login/", data=sent, headers={"Referer": f"{stack.url}/login/"}, timeout=PATIENCE_SECONDS
    )
    assert answer.status_code == 200
    assert answer.url == f"{stack.url}/"
    return browser


def read_csrf(html: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    assert found
    return found[1]


def look_up(browser: requests.Session, stack: RunningStack, **fields: str) -> requests.Response:
    form = browser.get(f"{stack.url}/", timeout=PATIENCE_SECONDS)
    sent = {"account": ACCOUNT, "csrfmiddlewaretoken": read_csrf(form.text)} | fields
    return browser.post(f"{stack.url}/", data=sent, headers={"Referer": f"{stack.url}/"}, timeout=PATIENCE_SECONDS)


def test_a_visit_looked_up_by_its_ids_is_the_same_panel(stack: RunningStack, agent: requests.Session) -> None:
    subject = stack.create_visit("documented")

    page = look_up(agent, stack, visitor_id=subject.visitor_id, session_id=f" {subject.session_id} ")

    token = re.search(r'X-LPContext-Panel(?:&quot;|"): ?(?:&quot;|")([\w-]+)', page.text)
    assert token
    assert page.url.startswith(f"{stack.url}/visits/{ACCOUNT}/{subject.visitor_id}/?sid=")
    live = stack.tick_until(stack.tick(token[1]), lambda now: now.state == "live")
    assert "John Doe" in live.text


@pytest.mark.parametrize("visitor_id", ["", "x" * 201, "../../admin", "a\u0007b"])
def test_ids_that_cannot_be_are_named_beside_their_field(
    stack: RunningStack, agent: requests.Session, visitor_id: str
) -> None:
    page = look_up(agent, stack, visitor_id=visitor_id, session_id="ttJpjOmRQ0adbOusBi5UlA")

    assert page.status_code == 400
    assert page.url == f"{stack.url}/"


CHAT = "H2170755172687460894-b7d761017809489ea1a257461eb373eeK8457415"
VISIT = {"visitor_id": "QzZDNhYTViMjA1OTJjN2Y5", "session_id": "ttJpjOmRQ0adbOusBi5UlA"}


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ({}, {"visitor_id": "needs both"}),
        ({"visitor_id": "v"}, {"session_id": "needs both"}),
        ({"visitor_id": CHAT, "session_id": "a b"}, {"visitor_id": "a chat id", "session_id": "not a session id"}),
        ({"chat_id": "1215602164887992"}, {"chat_id": "chatSessionKey"}),
        (VISIT | {"chat_id": CHAT}, {"chat_id": "either a chat id"}),
    ],
)
def test_each_wrong_id_has_its_error_beside_its_own_field(
    stack: RunningStack, agent: requests.Session, ids: dict[str, str], expected: dict[str, str]
) -> None:
    page = look_up(agent, stack, **ids)

    assert page.status_code == 400
    errors = read_errors(page.text)
    assert set(errors) == set(expected)
    assert not [name for name, words in expected.items() if words not in errors[name]]


def read_errors(html: str) -> dict[str, str]:
    """What is said beside each field that has an error."""
    return dict(re.findall(r'<p class="error" id="id_([a-z_]+)_error">([^<]+)</p>', html))


def test_a_chat_looked_up_by_its_id_is_the_same_panel(stack: RunningStack, agent: requests.Session) -> None:
    chat = stack.create_chat("documented")

    page = look_up(agent, stack, chat_id=f" {chat.chat_id}")

    assert page.url == f"{stack.url}/chats/{ACCOUNT}/{chat.chat_id}/"
    assert 'data-subject="chat"' in page.text


@pytest.mark.parametrize(
    ("path", "status", "sentences"),
    [
        (f"/visits/{ACCOUNT}/1215602164887992/?sid={CHAT}", 400, ["sharkVisitorId", "sharkSessionId"]),
        (f"/visits/{ACCOUNT}/v;w/?sid=s", 400, ["not a visitor id"]),
        (f"/visits/{ACCOUNT}/v/", 400, ["needs both"]),
        (f"/chats/{ACCOUNT}/1215602164887992/", 400, ["chatSessionKey"]),
        ("/visits/no-such/v/?sid=s", 404, ["not served here"]),
    ],
)
def test_ids_in_an_address_that_name_no_subject_are_refused(
    stack: RunningStack, agent: requests.Session, path: str, status: int, sentences: list[str]
) -> None:
    page = agent.get(stack.url + path, timeout=PATIENCE_SECONDS)

    assert page.status_code == status
    assert not [words for words in sentences if words not in page.text]
    assert not [value for value in ("1215602164887992", CHAT, "v;w", "no-such") if value in page.text]


@pytest.mark.parametrize("path", ["/", f"/visits/{ACCOUNT}/QzZDNhYTViMjA1OTJjN2Y5/?sid=x"])
def test_nobody_looks_without_signing_in(stack: RunningStack, path: str) -> None:
    answer = stack.http.get(stack.url + path, timeout=PATIENCE_SECONDS, allow_redirects=False)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login/")
    assert not [value for value in (ACCOUNT, "QzZDNhYTViMjA1OTJjN2Y5", "sid") if value in answer.headers["Location"]]


def test_an_account_we_do_not_serve_is_said_so(stack: RunningStack, agent: requests.Session) -> None:
    answer = agent.get(f"{stack.url}/visits/99999999/QzZDNhYTViMjA1OTJjN2Y5/?sid=abc", timeout=PATIENCE_SECONDS)

    assert answer.status_code == 404
    assert "not served here" in answer.text


def test_a_session_id_that_cannot_be_is_a_bad_request(stack: RunningStack, agent: requests.Session) -> None:
    answer = agent.get(f"{stack.url}/visits/{ACCOUNT}/QzZDNhYTViMjA1OTJjN2Y5/", timeout=PATIENCE_SECONDS)

    assert answer.status_code == 400


ODD_IDS = [
    "Qz/ZDN",
    "/Qz//ZDN/",
    "Qz+ZDN==",
    "Qz%2FZDN",
    "Qz%252FZDN",
    "Qz%20ZDN",
    "Qz..ZDN.",
    "ann@shop.example:7~",
]


@pytest.mark.parametrize("visitor_id", ODD_IDS)
def test_an_id_is_opaque_whatever_liveperson_puts_in_it(
    stack: RunningStack, agent: requests.Session, visitor_id: str
) -> None:
    """Contract 0.3. From the form to the address, from there to LivePerson, and by a CRM's ticket."""
    subject = stack.create_visit("documented", visitor_id=visitor_id)

    page = look_up(agent, stack, visitor_id=visitor_id, session_id=subject.session_id)

    encoded = quote(visitor_id, safe="")
    assert page.url.split("?")[0].casefold() == f"{stack.url}/visits/{ACCOUNT}/{encoded}/".casefold()
    token = re.search(r'X-LPContext-Panel(?:&quot;|"): ?(?:&quot;|")([\w-]+)', page.text)
    assert token
    live = stack.tick_until(stack.tick(token[1]), lambda now: now.state == "live")
    assert "John Doe" in live.text
    assert stack.wait_for(stack.open_panel(subject), "live").state == "live"
    assert stack.calls(subject) > 0


@pytest.mark.parametrize("visitor_id", ["..", "a/../b", "a/..", "%2e%2e", "a%2F..%2Fb"])
def test_an_id_that_leads_up_a_path_is_none(stack: RunningStack, agent: requests.Session, visitor_id: str) -> None:
    page = look_up(agent, stack, visitor_id=visitor_id, session_id="ttJpjOmRQ0adbOusBi5UlA")
    ticket = stack.request_ticket(VisitSubject(visitor_id, "ttJpjOmRQ0adbOusBi5UlA"))

    assert page.status_code == 400
    assert "not a visitor id" in page.text
    assert (ticket.status_code, ticket.json()["field"]) == (400, "visitorId")
