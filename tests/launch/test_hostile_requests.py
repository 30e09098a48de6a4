"""Whatever is sent to a page of ours: no fault, no trace of one, and nothing of what was sent comes back."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lpcontext.accounts.models import Account, Role
from lpcontext.launch import Launch, seal_token
from lpcontext.snapshots import shared_now_ms
from lpcontext.subjects import VisitKey

ACCOUNT, SLUG = "71820394", "abcdefabcdef"
MARK = "zq7mark"
TAG = f"<{MARK}>"
HOSTILE = (
    TAG,
    f"\"'{TAG}",
    "../",
    "%00",
    "\x00",
    "%2F",
    "\r\nX-Mark: 1",
    "{{7*7}}",
    "\u202e",
    "\ud7ff",
    "é",
    "/",
    "=",
    "..",
)
TEXTS = st.lists(
    st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec="utf-8"), max_size=20)), max_size=6
).map("".join)
# Raw too, as a browser would never send it.
PATHS = st.one_of(TEXTS.map(lambda text: quote(text, safe="")), TEXTS.map(lambda text: quote(text, safe="/%:@=+")))
QUERIES = st.dictionaries(
    st.sampled_from(["sid", "wish", "next", "seen", "x", "vid"]), TEXTS.map(lambda text: MARK + text), max_size=3
)
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "Sec-Fetch-Mode": st.sampled_from(["navigate", "cors", MARK]),
        "Sec-Purpose": st.just("prefetch"),
        "User-Agent": st.sampled_from(["", "Mozilla/5.0", f"Slackbot {TAG}", MARK]),
        "HX-Request": st.sampled_from(["true", MARK]),
        "HX-Current-URL": st.just(f"https://{MARK}.example/{TAG}"),
        "Referer": st.just(f"https://{MARK}.example/{TAG}"),
        "Origin": st.sampled_from(["null", f"https://{MARK}.example"]),
        "Accept-Language": st.sampled_from(["xx", MARK]),
        "Cookie": st.sampled_from(["sessionid=" + MARK, "csrf=" + MARK]),
    },
)
METHODS = st.sampled_from(["GET", "GET", "GET", "POST", "HEAD", "OPTIONS", "PUT"])

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("memory")]
hostile = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def stranger() -> Client:
    """Of nobody."""
    Account.objects.create(id=ACCOUNT, slug=SLUG, origins=["https://crm.example"])
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def agent(stranger: Client) -> Client:
    """Of somebody who may look."""
    user = User.objects.create_user("ann")
    user.user_permissions.add(Permission.objects.get(codename="look_at_visits"))
    signed_in = Client()
    signed_in.force_login(user)
    return signed_in


def send(stranger: Client, method: str, path: str, **more: Any) -> Any:
    """What our own code raises fails the test; a HEAD is answered like a GET, without its body."""
    headers = {"host": "localhost", **more.pop("headers", {})}
    return getattr(stranger, method.lower())(path, headers=headers, **more)


def assert_tells_nothing(answer: Any, *marks: str) -> None:
    """But where a slash was missing, in the address one is sent on to."""
    headers = {name: value for name, value in answer.headers.items() if name != "Location"}
    said = answer.content.decode() + "".join(f"{name}: {value}\n" for name, value in headers.items())
    assert answer.status_code < 500
    assert answer.headers.get("Location", "/").startswith("/")
    assert not answer.headers.get("Location", "/").startswith("//")
    assert not [mark for mark in (*marks, "Traceback", "Exception", "X-Mark: 1\n") if mark in said]


@hostile
@given(
    st.sampled_from([f"/launch/ticket/{MARK}", "/launch/", f"/panel/{SLUG}", f"/panel/{MARK}", "/panel/"]),
    PATHS,
    QUERIES,
    METHODS,
    HEADERS,
)
def test_an_address_that_opens_or_reloads_a_panel(
    stranger: Client, beginning: str, rest: str, query: dict[str, str], method: str, headers: dict[str, str]
) -> None:
    path = f"{beginning}{rest}?{'&'.join(f'{name}={quote(value)}' for name, value in query.items())}"

    answer = send(stranger, method, path, headers=headers)

    assert_tells_nothing(answer, MARK)
    assert not answer.cookies


@hostile
@given(
    st.sampled_from(
        [f"/visits/{ACCOUNT}/", f"/visits/{MARK}/", f"/chats/{ACCOUNT}/", "/visits/", f"/chats/H1-{MARK}K1/", "/"]
    ),
    PATHS,
    QUERIES,
    METHODS,
    HEADERS,
    st.booleans(),
)
def test_an_address_of_a_signed_in_agent(
    stranger: Client,
    agent: Client,
    beginning: str,
    rest: str,
    query: dict[str, str],
    method: str,
    headers: dict[str, str],
    is_agent: bool,
) -> None:
    path = f"{beginning}{MARK}{rest}/?{'&'.join(f'{name}={quote(value)}' for name, value in query.items())}"
    headers.pop("Cookie", None)  # the agent has one

    assert_tells_nothing(send(agent if is_agent else stranger, method, path, headers=headers), MARK)


@hostile
@given(TEXTS, TEXTS, TEXTS, HEADERS)
def test_the_look_up_form(agent: Client, visitor: str, session: str, chat: str, headers: dict[str, str]) -> None:
    """It shows again what was typed into it, as text."""
    headers.pop("Cookie", None)
    typed = {"account": ACCOUNT, "visitor_id": visitor, "session_id": session, "chat_id": chat}

    assert_tells_nothing(send(agent, "POST", "/", data=typed, headers=headers), TAG)
    assert_tells_nothing(send(agent, "GET", "/", data={"account": MARK + visitor, "x": MARK}, headers=headers), MARK)


def make_token() -> str:
    """Of an open panel whose agent may reveal."""
    subject = VisitKey(account_id=ACCOUNT, visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")
    now_ms = shared_now_ms()
    return seal_token(Launch(subject=subject, slug=SLUG, opened_ms=now_ms, expires_ms=now_ms + 600_000, role="Desk"))


@hostile
@given(st.sampled_from(["reveal", "copied"]), TEXTS, TEXTS, METHODS, HEADERS, st.booleans())
def test_what_an_open_panel_may_ask_for(
    stranger: Client, door: str, said: str, token: str, method: str, headers: dict[str, str], is_open: bool
) -> None:
    Role.objects.get_or_create(account_id=ACCOUNT, name="Desk", revealable_kinds=["phone"])
    shown = make_token() if is_open else quote(token)
    data = {"reason": MARK + said, "section": MARK + said}

    answer = send(stranger, method, f"/panel/{door}", data=data, headers=headers | {"X-LPContext-Panel": shown})

    assert_tells_nothing(answer, MARK)
    assert not answer.cookies


@settings(hostile, max_examples=25)
@given(TEXTS, TEXTS, QUERIES, HEADERS, st.booleans())
def test_the_sign_in_form(
    stranger: Client, name: str, password: str, query: dict[str, str], headers: dict[str, str], is_sent: bool
) -> None:
    path = f"/login/?{'&'.join(f'{name}={quote(value)}' for name, value in query.items())}"
    sender = Client() if is_sent else stranger  # else it has no CSRF token, and goes no further

    answer = send(sender, "POST", path, data={"username": name, "password": password + TAG}, headers=headers)

    assert_tells_nothing(answer, TAG, password + TAG)
