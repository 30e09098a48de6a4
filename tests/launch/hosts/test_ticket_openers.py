"""A ticket is spent by the agent who opens it: not by what looks at its address ahead, nor by a script before them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lpcontext.accounts.models import Account
from lpcontext.audit.models import AuditRecord
from lpcontext.launch import issue_ticket
from lpcontext.subjects import VisitKey, now_ms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("memory")]

KEY = VisitKey(account_id="71820394", visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")
CRM = "https://crm.example"
FRAME = {"User-Agent": "Mozilla/5.0 Chrome/142.0", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}
OLD_BROWSER = {"User-Agent": "Mozilla/5.0 (Macintosh) Version/15.6 Safari/605.1.15"}
SCRIPT = {"User-Agent": "python-requests/2.32.5"}
LOOKS_AHEAD = {
    "prefetch": {**FRAME, "Sec-Purpose": "prefetch"},
    "prerender": {**FRAME, "Sec-Purpose": "prefetch;prerender"},
    "fetch": {**FRAME, "Sec-Fetch-Mode": "cors"},
    "image": {**FRAME, "Sec-Fetch-Mode": "no-cors"},
    "preview": {"User-Agent": "Slackbot-LinkExpanding 1.0"},
    "scanner": {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/91.0"},
}


@pytest.fixture
def address() -> str:
    account = Account.objects.create(id=KEY.account_id, origins=[CRM])
    return issue_ticket(account, KEY, now_ms=now_ms(), agent_name="Ann").path


def ask(address: str, headers: dict[str, str], *, method: str = "GET") -> Any:
    return Client(enforce_csrf_checks=True).generic(method, address, headers={"host": "localhost", **headers})


def shows_panel(answer: Any) -> bool:
    return answer.status_code == 200 and "X-LPContext-Panel" in answer.text


@pytest.mark.parametrize("headers", LOOKS_AHEAD.values(), ids=LOOKS_AHEAD)
def test_what_looks_ahead_sees_nothing_and_spends_nothing(address: str, headers: dict[str, str]) -> None:
    looks = [ask(address, headers) for _ in range(3)]

    for look in looks:
        assert look.status_code == 200
        assert "Open the panel" in look.text
        assert not shows_panel(look)
        assert not [text for text in (KEY.visitor_id, KEY.account_id, "Ann", address) if text in look.text]
        assert f"frame-ancestors {CRM}" in look["Content-Security-Policy"]
        assert "no-store" in look["Cache-Control"]
        assert look["Referrer-Policy"] == "no-referrer"
        assert not look.cookies
    assert shows_panel(ask(address, FRAME))


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT"])
def test_other_methods_spend_nothing(address: str, method: str) -> None:
    assert ask(address, FRAME, method=method).status_code == 405
    assert shows_panel(ask(address, FRAME))


def test_an_old_browser_opens_it_by_the_form(address: str) -> None:
    assert "Open the panel" in ask(address, OLD_BROWSER).text

    opened = ask(address, OLD_BROWSER, method="POST")

    assert shows_panel(opened)
    assert f"frame-ancestors {CRM}" in opened["Content-Security-Policy"]
    assert not opened.cookies


@pytest.mark.parametrize("second", [("GET", FRAME), ("POST", OLD_BROWSER), ("GET", SCRIPT)], ids=str)
@pytest.mark.parametrize("first", [("GET", FRAME), ("POST", OLD_BROWSER)], ids=str)
def test_an_agent_who_has_opened_it_is_the_last(
    address: str, first: tuple[str, dict[str, str]], second: tuple[str, dict[str, str]]
) -> None:
    assert shows_panel(ask(address, first[1], method=first[0]))

    refused = ask(address, second[1], method=second[0])

    assert refused.status_code == 410
    assert "opened already" in refused.text
    assert f"frame-ancestors {CRM}" in refused["Content-Security-Policy"]


def test_a_script_opens_it_once_and_takes_it_from_no_agent(address: str) -> None:
    assert shows_panel(ask(address, SCRIPT))
    assert ask(address, SCRIPT).status_code == 410

    assert shows_panel(ask(address, FRAME))
    assert ask(address, FRAME).status_code == 410


def test_the_audit_tells_a_script_from_the_agent_and_knows_no_look_ahead(address: str) -> None:
    ask(address, LOOKS_AHEAD["preview"])
    ask(address, SCRIPT)
    ask(address, FRAME)

    opened = AuditRecord.objects.filter(action="opened").values_list("reason", flat=True)

    assert sorted(opened) == ["", "by a script, not in a browser"]
