"""What is read of a Canvas envelope that is proven: ids, the record, the agent (peers.md 4.2)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lpcontext.accounts.models import LaunchHost, LaunchKey
from lpcontext.audit.models import AuditRecord
from lpcontext.launch.hosts.canvas_envelope import read_envelope
from lpcontext.launch.model import CrmRecord
from tests.launch.hosts.canvas_requests import ORGANISATION, SECRET, build_envelope, pack, post, sign
from tests.launch.hosts.conftest import SESSION, VISITOR, MakeKey, assert_opened, find_failed_check


@pytest.fixture
def key(make_key: MakeKey) -> LaunchKey:
    return make_key(LaunchHost.CANVAS, SECRET, tenant=ORGANISATION)


@pytest.mark.parametrize("place", ["parameters", "record"])
def test_ids_may_be_parameters_or_fields_of_the_record(client: Client, key: LaunchKey, place: str) -> None:
    envelope = build_envelope()
    environment: dict[str, Any] = {"parameters": {}, "record": {}}
    environment[place] = {"LP_visitor__c": "x", "visitorId__c": VISITOR, "Session_Id__c": SESSION}
    envelope["context"]["environment"] = environment

    assert_opened(post(client, key, sign(pack(envelope))))


def test_the_organisation_s_short_id_is_the_same_organisation(client: Client, key: LaunchKey) -> None:
    envelope = build_envelope()
    envelope["context"]["organization"] = {"organizationId": ORGANISATION[:15]}

    assert_opened(post(client, key, sign(pack(envelope))))


def test_a_record_s_own_account_is_not_liveperson_s(client: Client, key: LaunchKey) -> None:
    """`AccountId` is a standard field of contacts and cases."""
    envelope = build_envelope()
    envelope["context"]["environment"]["record"] = {"AccountId": "001x000000AAAAAAAA", "Id": "003x000000BBBBBBBB"}

    assert_opened(post(client, key, sign(pack(envelope))))


def test_what_the_record_says_is_carried(key: LaunchKey) -> None:
    envelope = build_envelope()
    envelope["context"]["environment"]["record"] = {
        "Id": "003x000000BBBBBBBB", "Phone": "+49 30 901820", "Email": "c@shop.example", "AccountNumber": "K-7",
    }  # fmt: skip

    asked = read_envelope(envelope, key)

    assert asked.crm == CrmRecord(
        phone="+49 30 901820",
        email="c@shop.example",
        customer_id="K-7",
        record_url="https://x.my.salesforce.com/003x000000BBBBBBBB",
    )
    assert (asked.locale, asked.time_zone, asked.agent_id) == ("en-US", "America/New_York", "005x0000001SyyEAAS")


@pytest.mark.parametrize("place", ["http://x.my.salesforce.com", "javascript:x", 7, None])
def test_an_instance_that_is_no_web_address_gives_no_record_address(key: LaunchKey, place: Any) -> None:
    envelope = build_envelope(client={"instanceUrl": place})
    envelope["context"]["environment"]["record"] = {"Id": "003x000000BBBBBBBB"}

    assert read_envelope(envelope, key).crm is None


def test_an_id_that_is_no_text_is_named(client: Client, key: LaunchKey) -> None:
    envelope = build_envelope()
    envelope["context"]["environment"]["parameters"] = {"chatId": 4294967303, "visitorId": None}

    answer = post(client, key, sign(pack(envelope)))

    assert answer.status_code == 400
    assert "chatId must be a text, in quotes." in answer.text
    assert find_failed_check() == "field chatId"


def test_half_a_letter_is_no_id_and_no_name(client: Client, key: LaunchKey) -> None:
    """JSON may escape one half of a pair alone, which no encoding can write."""
    ids, names = build_envelope(), build_envelope()
    ids["context"]["environment"]["parameters"]["visitorId"] = "\ud800"
    names["context"]["user"] |= {"userId": "\ud800", "fullName": "Ann\u0007", "userName": "ann"}

    assert post(client, key, sign(pack(ids))).status_code == 400
    assert_opened(post(client, key, sign(pack(names))))
    assert AuditRecord.objects.get(action="opened").agent_name == ""


def test_spaces_of_every_width_stay_in_a_number(key: LaunchKey) -> None:
    envelope = build_envelope()
    envelope["context"]["environment"]["parameters"]["phone"] = "+33\u00a06\u202f12 34"

    crm = read_envelope(envelope, key).crm

    assert crm is not None
    assert crm.phone == "+33\u00a06\u202f12 34"


def test_more_than_an_address_holds_is_refused_before_it_is_shown(client: Client, key: LaunchKey) -> None:
    envelope = build_envelope()
    envelope["context"]["user"] |= {"userId": "\U00020000" * 200, "fullName": "\U00020000" * 200}
    envelope["context"]["environment"]["parameters"] |= {"email": "\U00020000" * 254, "phone": "\U00020000" * 60}

    answer = post(client, key, sign(pack(envelope)))

    assert answer.status_code == 400
    assert "say more than an address holds" in answer.text


def test_whoever_is_proven_is_told_which_id_is_wrong(client: Client, key: LaunchKey) -> None:
    envelope = build_envelope()
    envelope["context"]["environment"]["parameters"] = {"visitorId": VISITOR}

    answer = post(client, key, sign(pack(envelope)))

    assert answer.status_code == 400
    assert "A visit needs both its visitor id and its session id" in answer.text


def test_an_envelope_with_many_fields_opens_and_one_without_end_does_not(client: Client, key: LaunchKey) -> None:
    many = build_envelope(links={f"link{number}": "/services/data" for number in range(800)})
    endless = sign("A" * 70_000)

    assert_opened(post(client, key, sign(pack(many))))
    assert post(client, key, endless).status_code == 400
