"""Launches that come too often: a calm page with when to come back, and nothing is used up."""

from __future__ import annotations

import hmac
import json
import time
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from lpcontext.accounts.launch_keys import set_launch_secret
from lpcontext.accounts.models import Account, LaunchHost, LaunchKey
from lpcontext.audit.models import AuditRecord
from lpcontext.launch import issue_ticket
from lpcontext.sealing import get_sealer
from lpcontext.snapshots import shared_now_ms
from lpcontext.subjects import VisitKey
from tests.limits.conftest import ACCOUNT, HTML, MOST, SESSION, VISITOR, count_until_refused, sign_in

VISIT = VisitKey(account_id=ACCOUNT, visitor_id=VISITOR, session_id=SESSION)
ADDRESS = f"/visits/{ACCOUNT}/{VISITOR}/?sid={SESSION}"


def make_ticket(account: Account, *, agent_id: str = "a-17", granted_by: str = "") -> str:
    return issue_ticket(account, VISIT, now_ms=shared_now_ms(), agent_id=agent_id, granted_by=granted_by).path


def open_path(client: Client, path: str, **meta: Any) -> Any:
    return client.get(path, headers={**HTML, "Sec-Fetch-Mode": "navigate"}, **meta)


@pytest.fixture
def key(account: Account) -> LaunchKey:
    key = LaunchKey(account=account, host=LaunchHost.CANVAS, name="test", tenant="00Dx0000000ABCD")
    set_launch_secret(key, "lpcontext-canvas-test-secret", sealer=get_sealer())
    key.save()
    return key


@pytest.mark.parametrize("limit", ["LIMIT_PER_ACCOUNT", "LIMIT_PER_AGENT"])
def test_an_agent_and_an_account_open_so_many(client: Client, account: Account, settings: Settings, limit: str) -> None:
    setattr(settings, limit, MOST)
    answers = [open_path(client, make_ticket(account)) for _ in range(MOST + 2)]
    other = open_path(client, make_ticket(account, agent_id="a-18"))

    assert count_until_refused([answer.status_code for answer in answers]) == MOST
    assert 0 < int(answers[-1]["Retry-After"]) <= 60 / MOST
    assert "Wait a moment, then try again." in answers[-1].text
    assert other.status_code == (200 if limit == "LIMIT_PER_AGENT" else 429)


def test_a_ticket_that_came_too_early_is_not_spent(client: Client, account: Account, settings: Settings) -> None:
    settings.LIMIT_PER_AGENT = 1
    open_path(client, make_ticket(account))
    ticket = make_ticket(account)
    early = open_path(client, ticket)
    settings.LIMIT_PER_AGENT = 0  # as if its time had come

    assert (early.status_code, open_path(client, ticket).status_code) == (429, 200)


def test_the_crms_frame_may_show_the_page(client: Client, account: Account, settings: Settings) -> None:
    settings.LIMIT_PER_AGENT = 1
    answers = [open_path(client, make_ticket(account)) for _ in range(2)]

    assert "frame-ancestors https://crm.example" in answers[1]["Content-Security-Policy"]


def test_a_spent_ticket_shown_again_takes_nothing_from_anybody(
    client: Client, account: Account, settings: Settings
) -> None:
    settings.LIMIT_PER_ACCOUNT = 2
    ticket = make_ticket(account)
    shown = [open_path(client, ticket).status_code for _ in range(6)]

    assert shown == [200] + [410] * 5
    assert open_path(client, make_ticket(account)).status_code == 200


def test_forged_tickets_from_one_network_are_soon_not_looked_at(
    client: Client, account: Account, settings: Settings
) -> None:
    settings.LIMIT_UNPROVEN = MOST
    statuses = [open_path(client, f"/launch/ticket/forged{number}").status_code for number in range(MOST + 2)]

    assert count_until_refused(statuses) == MOST
    assert open_path(client, make_ticket(account)).status_code == 429
    assert open_path(client, make_ticket(account), REMOTE_ADDR="192.0.2.9").status_code == 200


def test_wrong_signatures_are_no_way_around_and_a_flood_does_not_fill_the_audit(
    client: Client, key: LaunchKey, settings: Settings
) -> None:
    settings.LIMIT_UNPROVEN = MOST
    signed = {"signed_request": "p3NN1PamvQq/4fvHY/oK7fHDe97oT5BI7x1sJ5Z+I1Y=.e30="}
    statuses = [client.post(f"/launch/canvas/{key.slug}", signed, headers=HTML).status_code for _ in range(MOST + 5)]

    assert count_until_refused(statuses) == MOST
    assert AuditRecord.objects.filter(action="refused").count() == MOST


def test_a_key_of_another_customer_at_the_same_network_goes_on(
    client: Client, account: Account, key: LaunchKey, settings: Settings
) -> None:
    settings.LIMIT_UNPROVEN = 1
    signed = {"signed_request": "p3NN1PamvQq/4fvHY/oK7fHDe97oT5BI7x1sJ5Z+I1Y=.e30="}
    statuses = [client.post(f"/launch/canvas/{key.slug}", signed, headers=HTML).status_code for _ in range(3)]
    other = LaunchKey.objects.create(account=account, host=LaunchHost.CANVAS, name="other")

    assert statuses == [403, 429, 429]
    assert client.post(f"/launch/canvas/{other.slug}", signed, headers=HTML).status_code == 403
    assert open_path(client, make_ticket(account)).status_code == 200


def test_addresses_that_are_no_keys_share_one_limit(client: Client, account: Account, settings: Settings) -> None:
    settings.LIMIT_UNPROVEN = MOST
    paths = [f"/launch/canvas/no-such-key-{number}" for number in range(MOST + 3)]
    statuses = [client.post(path, {"signed_request": "a.b"}, headers=HTML).status_code for path in paths]

    assert statuses == [403] * MOST + [429] * 3
    assert AuditRecord.objects.filter(action="refused").count() == MOST


def test_a_signed_request_shown_again_takes_nothing_from_its_agent(
    client: Client, account: Account, settings: Settings
) -> None:
    settings.LIMIT_PER_AGENT = 2
    secret = "thirty-two-letters-or-a-few-more"
    key = LaunchKey(account=account, host=LaunchHost.SIGNED_POST, name="test")
    set_launch_secret(key, secret, sealer=get_sealer())
    key.save()

    def send(serial: int) -> Any:
        ids = {"accountId": ACCOUNT, "visitorId": VISITOR, "sessionId": SESSION}
        body = json.dumps({**ids, "agent": {"id": "7"}, "serial": serial})
        timestamp = str(int(time.time()) + 2)  # whole seconds, and no older than this memory
        signature = hmac.digest(secret.encode(), f"{timestamp}.{body}".encode(), "sha256").hex()
        form = {"payload": body, "timestamp": timestamp, "signature": signature}
        return lambda: client.post(f"/launch/signed/{key.slug}", form, headers=HTML).status_code

    first, second = send(1), send(2)
    statuses = [first(), *(first() for _ in range(5)), second()]

    assert statuses == [200] + [403] * 5 + [200]


def test_what_a_signed_in_agent_mistypes_counts_as_well(agent: Client, settings: Settings) -> None:
    settings.LIMIT_PER_AGENT = MOST
    statuses = [open_path(agent, "/visits/99/v/?sid=s").status_code for _ in range(MOST + 2)]

    assert statuses == [404] * MOST + [429] * 2


def test_a_server_reads_it_as_json(client: Client, account: Account, settings: Settings) -> None:
    settings.LIMIT_UNPROVEN = 1
    answers = [client.get("/launch/ticket/forged", headers={"Accept": "application/json"}) for _ in range(2)]

    assert answers[1].status_code == 429
    assert answers[1].json()["error"].startswith("More panels were asked for")
    assert answers[1]["Retry-After"]


def test_a_signed_in_agent_opens_so_many_by_address(agent: Client, settings: Settings) -> None:
    settings.LIMIT_PER_AGENT = MOST
    statuses = [open_path(agent, ADDRESS).status_code for _ in range(MOST + 2)]

    assert count_until_refused(statuses) == MOST
    assert open_path(sign_in("bob"), ADDRESS).status_code == 200
