"""/metrics: numbers for operators, from all processes together; names of nobody."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from lpcontext.accounts.models import Account, Trouble
from lpcontext.accounts.registry import note_trouble
from lpcontext.snapshots import count

TOKEN = "scrapes-every-fifteen-seconds"
pytestmark = pytest.mark.django_db


def _samples(client: Client, **headers: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    text = client.get("/metrics", headers=headers).text
    families = text_string_to_metric_families(text)
    return {(one.name, tuple(one.labels.items())): one.value for family in families for one in family.samples}


def test_counters_of_all_processes_are_shown_with_their_labels(client: Client, memory: None) -> None:
    count("upstream_failures", kind="TimedOut")
    count("upstream_failures", kind="TimedOut")
    count("upstream_failures", kind="RateLimited")
    count("payload_drift", path="appSessions[].geo.country")

    samples = _samples(client)

    assert samples["lpcontext_upstream_failures_total", (("kind", "TimedOut"),)] == 2
    assert samples["lpcontext_upstream_failures_total", (("kind", "RateLimited"),)] == 1
    assert samples["lpcontext_payload_drift_total", (("path", "appSessions[].geo.country"),)] == 1


def test_every_counter_says_what_it_counts(client: Client, memory: None) -> None:
    count("asks_lost")

    text = client.get("/metrics").text

    assert "# HELP lpcontext_asks_lost_total Refreshes that could not be handed to the broker\n" in text
    assert "# TYPE lpcontext_asks_lost_total counter\n" in text


def test_parts_that_do_not_answer_are_shown_as_zero_and_the_rest_goes_on(client: Client, no_memory: None) -> None:
    samples = _samples(client)

    assert samples["lpcontext_ready", (("part", "database"),)] == 1
    assert samples["lpcontext_ready", (("part", "memory"),)] == 0
    assert not [name for name, _ in samples if name.endswith("_total")]


def test_accounts_in_trouble_are_counted_by_kind_and_never_named(client: Client, memory: None) -> None:
    for account_id in ("11111111", "22222222", "33333333"):
        Account.objects.create(id=account_id, name="Shop")
    for account_id in ("11111111", "22222222"):
        note_trouble(account_id, Trouble.UNAUTHORIZED, now=datetime(2026, 11, 23, tzinfo=UTC))

    text = client.get("/metrics").text

    assert 'lpcontext_troubled_accounts{trouble="unauthorized"} 2.0\n' in text
    assert "11111111" not in text
    assert "Shop" not in text


def test_without_a_token_and_without_a_word_nobody_may_read(client: Client, settings: Settings) -> None:
    settings.METRICS_LOCAL = False

    assert client.get("/metrics").status_code == 401


def test_without_a_token_this_machine_alone_may_read(client: Client, memory: None) -> None:
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.7").status_code == 401


@pytest.mark.parametrize("sign", ["X-Forwarded-For", "Forwarded", "X-Forwarded-Proto", "X-Real-Ip", "Via"])
def test_a_proxy_on_this_machine_does_not_make_the_world_local(sign: str, client: Client) -> None:
    assert client.get("/metrics", headers={sign: "203.0.113.9"}).status_code == 401


def test_with_a_token_only_its_bearer_may_read(client: Client, memory: None, settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN

    assert (
        client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}, REMOTE_ADDR="10.0.0.7").status_code == 200
    )
    for wrong in ("", f"Bearer {TOKEN}x", "Bearer ", TOKEN, f"Basic {TOKEN}", "Bearer ünsafe"):
        assert client.get("/metrics", headers={"authorization": wrong}).status_code == 401


def test_a_refusal_says_what_to_do_and_no_number(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN

    refused = client.get("/metrics")

    assert refused.headers["WWW-Authenticate"].startswith("Bearer")
    assert "LPCONTEXT_METRICS_TOKEN" in refused.text
    assert "lpcontext_" not in refused.text
    assert TOKEN not in refused.text
