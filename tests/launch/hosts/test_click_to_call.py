"""Click-to-call: nothing is shown before LivePerson has confirmed it, and each engagement opens one panel, once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lpcontext.accounts.models import Account
from lpcontext.accounts.registry import add_account
from lpcontext.accounts.rights import CLICK_TO_CALL, Grant, find_rights
from lpcontext.audit.models import AuditRecord
from lpcontext.launch import issue_ticket
from lpcontext.sealing import get_sealer
from lpcontext.subjects import VisitKey, now_ms
from tests.launch.hosts.conftest import ACCOUNT, CRM, SESSION, VISITOR, assert_opened, assert_refused
from tests.support.scripted_server import HANG_UP, ScriptedServer, reply

KEY = {"kind": "oauth1", "app_key": "k", "secret": "s", "access_token": "t", "access_token_secret": "ts"}
CONTEXT = "7"
IDS = {"aid": ACCOUNT, "vid": VISITOR, "sid": SESSION, "cid": CONTEXT, "campaign": "34", "engagement": "35"}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("memory")]


@pytest.fixture
def liveperson(settings: Any) -> Any:
    """It has offered this engagement."""
    with ScriptedServer() as server:
        settings.DOMAIN_API_URL = server.base_url
        server.will(CONTEXT, reply(200))
        yield server


@pytest.fixture
def account(liveperson: ScriptedServer) -> Account:
    return add_account(account_id=ACCOUNT, document=KEY, origins=[CRM], sealer=get_sealer()).account


def open_address(client: Client, **changed: str | None) -> Any:
    ids = {name: value for name, value in (IDS | changed).items() if value is not None}
    return client.get("/launch/click-to-call", ids)


def test_a_confirmed_engagement_opens_the_panel(client: Client, account: Account) -> None:
    assert_opened(open_address(client))

    record = AuditRecord.objects.get()
    assert (record.action, record.host, record.verified_by) == ("opened", "click_to_call", CLICK_TO_CALL)


def test_it_opens_one_panel_once(client: Client, account: Account, liveperson: ScriptedServer) -> None:
    open_address(client)

    assert_refused(open_address(client), "second use")
    assert len(liveperson.asked_for(CONTEXT)) == 1


def test_liveperson_is_asked_so_often_for_strangers_and_launches_that_are_proven_go_on(
    client: Client, account: Account, liveperson: ScriptedServer, settings: Any
) -> None:
    settings.LIMIT_PER_ACCOUNT = 10
    liveperson.will(CONTEXT, *[reply(404)] * 4)
    statuses = [open_address(client, vid=f"{VISITOR}{number}").status_code for number in range(4)]
    ticket = issue_ticket(
        account, VisitKey(account_id=ACCOUNT, visitor_id=VISITOR, session_id=SESSION), now_ms=now_ms()
    )

    assert statuses == [403, 403, 429, 429]
    assert len(liveperson.asked_for(CONTEXT)) == 2
    assert client.get(ticket.path).status_code == 200


def test_names_may_be_the_brands_own(client: Client, account: Account, settings: Any) -> None:
    settings.CLICK_TO_CALL_CAMPAIGN, settings.CLICK_TO_CALL_ENGAGEMENT = "lpCampaign", "lpEngagement"

    own = {"lpCampaign": "34", "lpEngagement": "35", "account": ACCOUNT}
    assert_opened(open_address(client, campaign=None, engagement=None, aid=None, **own))


@pytest.mark.parametrize(
    ("answer", "check"),
    [
        (reply(404), "LivePerson: not valid"),
        (reply(422), "LivePerson: not valid"),
        (reply(401), "LivePerson: the account's credentials may not ask"),
    ],
)
def test_what_liveperson_does_not_confirm_gives_the_one_refusal(
    client: Client, account: Account, liveperson: ScriptedServer, answer: Any, check: str
) -> None:
    liveperson.will(CONTEXT, answer)

    assert_refused(open_address(client), check, VISITOR)


@pytest.mark.parametrize(
    ("changed", "check"),
    [
        ({"aid": "99999999"}, "account"),
        ({"aid": None}, "account"),
        ({"vid": None}, "no visitor id"),
        ({"sid": None, "cid": None}, "no session and no context id"),
        ({"campaign": None}, "no campaign id"),
        ({"engagement": ""}, "no engagement id"),
        ({"vid": "x" * 5000}, "ids"),
    ],
)
def test_without_all_ids_liveperson_is_not_asked(
    client: Client, account: Account, liveperson: ScriptedServer, changed: dict[str, str | None], check: str
) -> None:
    assert_refused(open_address(client, **changed), check)
    assert liveperson.asked == []


@pytest.mark.parametrize("answer", [HANG_UP, reply(503), reply(429)])
def test_while_liveperson_does_not_answer_nothing_is_shown_or_used_up(
    client: Client, account: Account, liveperson: ScriptedServer, answer: Any
) -> None:
    liveperson.will(CONTEXT, answer)

    waiting = open_address(client)
    liveperson.will(CONTEXT, reply(200))

    assert (waiting.status_code, waiting["Refresh"]) == (503, "5")
    assert "LivePerson cannot be asked just now" in waiting.text
    assert not AuditRecord.objects.exists()
    assert_opened(open_address(client))


def test_it_can_be_switched_off_and_ends_what_it_opened(client: Client, account: Account) -> None:
    grant = Grant(account.pk, account.slug, CLICK_TO_CALL)
    assert find_rights([grant])[grant].is_good

    Account.objects.update(click_to_call=False)

    assert not find_rights([grant])[grant].is_good
    assert_refused(open_address(client), "click-to-call is switched off")


def test_what_only_looks_ahead_uses_up_nothing(client: Client, account: Account, liveperson: ScriptedServer) -> None:
    looked = client.get("/launch/click-to-call", IDS, headers={"User-Agent": "Slackbot-LinkExpanding 1.0"})

    assert 'method="post"' in looked.text
    assert liveperson.asked == []
    assert_opened(open_address(client))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(sorted(IDS.keys() - {"cid"})), st.text(max_size=60), max_size=6))
def test_nothing_that_is_sent_is_an_error_of_ours(client: Client, account: Account, changed: dict[str, str]) -> None:
    marker = "reflect-me-not"

    answer = open_address(client, **changed, note=marker)

    assert answer.status_code in (200, 403)
    assert marker not in answer.text
