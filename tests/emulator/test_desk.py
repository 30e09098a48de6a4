"""The demo desk: a strict page, a call placed server to server, and trouble on request."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

import lpcontext.emulator
from lpcontext.emulator import CrmKey, Desk, Emulator, Operator
from tests.emulator.caller import Caller, sign_with
from tests.support.manual_clock import ManualClock

KEY = "desk-key"
SECRET = "desk-secret"
PAGES = Path(lpcontext.emulator.__path__[0]) / "desk" / "pages"


class Panel(ThreadingHTTPServer):
    """A panel that gives tickets to whoever has the key."""

    daemon_threads = True

    def __init__(self) -> None:
        self.ticket_requests: list[dict[str, Any]] = []
        self.ticket_host = ""
        super().__init__(("127.0.0.1", 0), PanelHandler)
        self.url = f"http://127.0.0.1:{self.server_port}"


class PanelHandler(BaseHTTPRequestHandler):
    server: Panel

    def do_POST(self) -> None:
        ticket_request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.ticket_requests.append(ticket_request | {"path": self.path})
        known = self.headers["Authorization"] == f"Bearer {KEY}"
        url = f"{self.server.ticket_host or self.server.url}/launch/ticket/once"
        body = json.dumps({"url": url, "expiresAt": "2030-01-01T00:00:00Z"}).encode() if known else b"{}"
        self.send_response(201 if known else 401)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def panel() -> Iterator[Panel]:
    with Panel() as running:
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def desk(panel: Panel) -> Iterator[Caller]:
    with Emulator(desk=Desk(panel_url=panel.url, key=KEY)) as emulator, Caller(emulator) as caller:
        yield caller


@pytest.fixture
def signer(panel: Panel) -> Iterator[Caller]:
    """A desk that has keys to sign with, too."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    secrets = {"signed_post": SECRET, "canvas": SECRET, "zendesk": pem}
    keys = {
        host: CrmKey(url=f"{panel.url}/launch/{host}/slug", secret=each, tenant="https://harbour.zendesk.com/7")
        for host, each in secrets.items()
    }
    desk = Desk(panel_url=panel.url, key=KEY, crm_keys=keys)
    with Emulator(desk=desk) as emulator, Caller(emulator) as caller:
        yield caller


def test_the_page_allows_nothing_inline_and_frames_only_the_panel(desk: Caller, panel: Panel) -> None:
    answer = desk.ask("GET", "/desk/")
    policy = answer.headers["Content-Security-Policy"]

    assert answer.status_code == 200
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert f"frame-src {panel.url};" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", answer.text)


@pytest.mark.parametrize("name", ["desk.css", "desk.js", "icon.svg"])
def test_its_files_are_served_with_their_types(desk: Caller, name: str) -> None:
    answer = desk.ask("GET", f"/desk/{name}")

    assert answer.content == (PAGES / name).read_bytes()
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_nothing_else_of_the_disk_is_served(desk: Caller) -> None:
    assert desk.raw("GET", "/desk/..%2Fticket.py").status == 404
    assert desk.raw("GET", "/desk/../ticket.py").status == 404


def test_the_script_only_writes_text(desk: Caller) -> None:
    script = desk.ask("GET", "/desk/desk.js").text

    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script)


def test_a_call_asks_the_panel_for_a_ticket(desk: Caller, panel: Panel) -> None:
    answer = desk.ask("POST", "/desk/call", json={"caller": "checkout"})
    (ticket_request,) = panel.ticket_requests

    assert answer.json()["url"] == f"{panel.url}/launch/ticket/once"
    assert ticket_request["path"] == "/api/v1/tickets"
    assert ticket_request["origin"] == desk.base_url
    assert ticket_request["agent"] == {"id": "desk-7", "name": "Sam Ferreira", "role": "Service desk"}
    assert ticket_request["accountId"] == desk.account.account_id
    assert desk.visit((ticket_request["visitorId"], ticket_request["sessionId"])).status_code == 200


def chat_status(caller: Caller, chat_id: str) -> int:
    path = f"/api/account/{caller.account.account_id}/agentSession"
    auth = sign_with(caller.account)
    started = caller.ask("POST", f"{path}?v=1&NC=true", json={"loginData": ""}, auth=auth)
    seat = started.json()["agentSessionLocation"]["link"]["@href"].removeprefix(caller.base_url)
    return caller.ask("GET", f"{seat}/chat/{chat_id}?v=1&NC=true", auth=auth).status_code


@pytest.mark.parametrize(("name", "is_monitored"), [("chatting", True), ("unmonitored", False)])
def test_a_caller_in_a_chat_is_known_by_the_chat_alone(
    desk: Caller, panel: Panel, name: str, is_monitored: bool
) -> None:
    document = desk.ask("POST", "/desk/call", json={"caller": name}).json()
    (ticket_request,) = panel.ticket_requests

    assert ticket_request.keys() == {"accountId", "chatId", "origin", "agent", "path"}
    assert chat_status(desk, ticket_request["chatId"]) == 200
    assert (document["chatId"], document["visitorId"] is not None) == (ticket_request["chatId"], is_monitored)


def test_a_caller_in_a_chat_has_just_begun_it(desk: Caller, panel: Panel) -> None:
    for _ in range(2):
        desk.ask("POST", "/desk/call", json={"caller": "chatting"})

    assert panel.ticket_requests[0]["chatId"] != panel.ticket_requests[1]["chatId"]


def test_trouble_strikes_a_chat_and_its_visit(desk: Caller, panel: Panel) -> None:
    document = desk.ask("POST", "/desk/call", json={"caller": "chatting"}).json()
    ids = {"visitorId": document["visitorId"], "chatId": document["chatId"]}
    desk.ask("POST", "/desk/trouble", json=ids | {"fault": "503"})
    struck = {(fault.get("visitor"), fault.get("chat")) for fault in desk.control("GET", "faults")}
    during = chat_status(desk, document["chatId"])
    desk.ask("POST", "/desk/trouble", json=ids | {"fault": None})

    assert struck == {(document["visitorId"], None), (None, document["chatId"])}
    assert (during, chat_status(desk, document["chatId"])) == (503, 200)


@pytest.mark.parametrize(
    ("caller", "statuses"),
    [("gone", [404, 404]), ("leaving", [200, 404]), ("down", [503, 503]), ("garbled", [404, 404])],
)
def test_a_troubled_caller_has_that_trouble(desk: Caller, panel: Panel, caller: str, statuses: list[int]) -> None:
    desk.ask("POST", "/desk/call", json={"caller": caller})
    ids = panel.ticket_requests[0]["visitorId"], panel.ticket_requests[0]["sessionId"]

    assert [desk.visit(ids).status_code for _ in range(2)] == statuses


def test_everybody_who_waits_can_be_called(desk: Caller, panel: Panel) -> None:
    callers = desk.ask("GET", "/desk/callers").json()["callers"]

    assert len(callers) > 8
    assert {desk.ask("POST", "/desk/call", json={"caller": each["id"]}).status_code for each in callers} == {200}


def test_trouble_comes_and_goes_for_one_caller(desk: Caller, panel: Panel) -> None:
    ids = [desk.ask("POST", "/desk/call", json={"caller": name}).json()["visitorId"] for name in ("bank", "vip")]
    sids = [ticket_request["sessionId"] for ticket_request in panel.ticket_requests]
    desk.ask("POST", "/desk/trouble", json={"visitorId": ids[0], "fault": "503"})
    during = [desk.visit(pair).status_code for pair in zip(ids, sids, strict=True)]
    desk.ask("POST", "/desk/trouble", json={"visitorId": ids[0], "fault": None})

    assert during == [503, 200]
    assert desk.visit((ids[0], sids[0])).status_code == 200


def test_a_visit_grown_too_old_begins_anew_when_called(panel: Panel) -> None:
    clock = ManualClock()
    with Emulator(clock=clock, desk=Desk(panel_url=panel.url, key=KEY)) as emulator, Caller(emulator) as caller:
        caller.ask("POST", "/desk/call", json={"caller": "bank"})
        clock.pass_time(7 * 3600)
        caller.ask("POST", "/desk/call", json={"caller": "bank"})
        caller.ask("POST", "/desk/call", json={"caller": "bank"})
    first, second, third = panel.ticket_requests

    assert first["visitorId"] == second["visitorId"]
    assert first["sessionId"] != second["sessionId"] == third["sessionId"]


def test_a_refused_ticket_is_said_plainly(panel: Panel) -> None:
    with Emulator(desk=Desk(panel_url=panel.url, key="wrong")) as emulator, Caller(emulator) as caller:
        answer = caller.ask("POST", "/desk/call", json={"caller": "vip"})

    assert answer.status_code == 502
    assert answer.json()["error"] == "The panel gave no ticket: it does not know this desk's key (HTTP 401)."


def test_a_panel_that_is_not_there_is_said_plainly() -> None:
    with Emulator(desk=Desk(panel_url="http://127.0.0.1:9", key=KEY)) as emulator, Caller(emulator) as caller:
        answer = caller.ask("POST", "/desk/call", json={"caller": "vip"})

    assert answer.json()["error"] == "The panel cannot be reached. Is it running?"


def test_a_ticket_to_another_host_is_not_framed(desk: Caller, panel: Panel) -> None:
    panel.ticket_host = "http://evil.example.com"

    assert desk.ask("POST", "/desk/call", json={"caller": "vip"}).status_code == 502


def test_only_the_desk_itself_may_place_calls(desk: Caller, panel: Panel) -> None:
    call = {"caller": "vip"}
    foreign = desk.ask("POST", "/desk/call", json=call, headers={"Origin": "https://evil.example.com"})
    plain = desk.ask("POST", "/desk/call", data=json.dumps(call), headers={"Content-Type": "text/plain"})

    assert (foreign.status_code, plain.status_code, panel.ticket_requests) == (403, 403, [])


def test_a_desk_without_a_panel_says_so(caller: Caller) -> None:
    answer = caller.ask("POST", "/desk/call", json={"caller": "vip"})

    assert answer.status_code == 503
    assert "frame-src 'none'" in caller.ask("GET", "/desk/").headers["Content-Security-Policy"]


def test_an_address_is_posted_to_where_the_crm_signs_and_opened_where_it_does_not(panel: Panel, signer: Caller) -> None:
    ways = signer.ask("GET", "/desk/callers").json()["ways"]
    opened = {way: signer.ask("POST", "/desk/call", json={"caller": "vip", "openedBy": way}).json() for way in ways}

    assert {way: sorted(each["fields"] or ()) for way, each in opened.items()} == {
        "ticket": [],
        "signed_post": ["payload", "signature", "timestamp"],
        "canvas": ["signed_request"],
        "zendesk": ["sessionId", "token", "visitorId"],
        "click_to_call": [],
    }
    assert opened["canvas"]["url"] == f"{panel.url}/launch/canvas/slug"
    assert opened["click_to_call"]["url"].startswith(f"{panel.url}/launch/click-to-call?aid=")


def test_the_page_may_post_to_the_panel_alone(desk: Caller, panel: Panel) -> None:
    assert f"form-action {panel.url};" in desk.ask("GET", "/desk/").headers["Content-Security-Policy"]


def test_a_way_without_a_key_is_not_offered(desk: Caller) -> None:
    assert set(desk.ask("GET", "/desk/callers").json()["ways"]) == {"ticket", "click_to_call"}


@pytest.mark.parametrize("is_forged", [False, True])
def test_what_is_forged_is_not_what_the_secret_signs(signer: Caller, is_forged: bool) -> None:
    wish = {"caller": "vip", "openedBy": "signed_post", "forged": is_forged}
    fields = signer.ask("POST", "/desk/call", json=wish).json()["fields"]
    signed = hmac.digest(SECRET.encode(), f"{fields['timestamp']}.{fields['payload']}".encode(), "sha256")

    assert (fields["signature"] == signed.hex()) is not is_forged
    assert len(fields["signature"]) == 64


def test_a_caller_without_a_visit_has_no_button_to_press(signer: Caller) -> None:
    answer = signer.ask("POST", "/desk/call", json={"caller": "unmonitored", "openedBy": "click_to_call"})

    assert (answer.status_code, answer.json()["error"][:38]) == (502, "This caller is on no page that LivePer")


def test_a_button_that_is_pressed_twice_is_two_engagements(signer: Caller) -> None:
    wish = {"caller": "vip", "openedBy": "click_to_call"}
    first, second = (signer.ask("POST", "/desk/call", json=wish).json()["url"] for _ in range(2))

    assert first != second


def test_a_desk_that_may_not_read_the_audit_says_so(desk: Caller) -> None:
    assert desk.ask("GET", "/desk/callers").json()["audit"] is None
    assert desk.ask("GET", "/desk/audit").json() == {"error": "This desk may not read the panel's audit."}


def test_an_audit_that_is_not_there_is_said_plainly(panel: Panel) -> None:
    operator = Operator(panel_url="http://127.0.0.1:9", username="operator", password="never told")
    desk = Desk(panel_url=panel.url, key=KEY, operator=operator)
    with Emulator(desk=desk) as emulator, Caller(emulator) as caller:
        answer = caller.ask("GET", "/desk/audit")

    assert (answer.status_code, answer.json()) == (502, {"error": "The panel's audit cannot be reached."})
