"""What probably made them call, and nothing the visit does not prove."""

from __future__ import annotations

import pytest

from lpcontext.visits.attention.model import Attention
from lpcontext.visits.attention.rules import find_attention
from lpcontext.visits.model import Visit
from lpcontext.visits.parsing.visit import parse_visit
from tests.visits.attentions import PAGES, attention_of, error_at, service_at, views
from tests.visits.responses import documented_state, large_state


def test_a_visit_with_nothing_asks_for_no_attention() -> None:
    assert find_attention(Visit()) == ()


def test_the_documented_visit_asks_for_attention_to_its_error_alone() -> None:
    assert find_attention(parse_visit(documented_state()).visit) == (
        Attention(
            kind="error",
            severity="bad",
            title="Expiration date missing",
            detail="er100004",
            at_ms=1475675316326,
            page_title="Test Page",
        ),
    )


def test_the_same_error_is_reported_once_with_its_count_and_its_latest_time_and_page() -> None:
    events = [error_at(at_ms, message="Refused", code="e1", contextId="Checkout") for at_ms in (210, 220, 230)]

    assert attention_of(pages=PAGES, events=events) == (
        Attention(
            kind="error",
            severity="bad",
            title="Refused",
            detail="e1 · Checkout",
            count=3,
            at_ms=230,
            page_title="Pay",
        ),
    )


def test_errors_are_the_same_only_with_the_same_message_and_code() -> None:
    reported = [("Refused", "e1"), ("Refused", "e2"), ("Expired", "e1")]
    errors = [{"message": message, "code": code} for message, code in reported]

    assert [(item.title, item.detail) for item in attention_of(visitorError=errors)] == reported


def test_an_error_that_is_only_listed_is_reported_without_a_time() -> None:
    (found,) = attention_of(visitorError=[{"message": "Refused"}, {"message": "Refused"}])

    assert (found.count, found.at_ms, found.page_title, found.detail) == (2, None, None, None)


def test_an_error_that_is_listed_and_an_event_is_counted_once() -> None:
    (found,) = attention_of(
        visitorError=[{"message": "Refused"}, {"message": "Refused"}], events=[error_at(5, message="Refused")]
    )

    assert (found.count, found.at_ms) == (2, 5)


@pytest.mark.parametrize(("resolved", "found"), [(True, 0), (False, 1), (None, 1)])
def test_an_error_that_was_resolved_asks_for_no_attention(resolved: bool | None, found: int) -> None:
    assert len(attention_of(visitorError=[{"message": "Refused", "resolved": resolved}])) == found


def test_an_error_that_was_resolved_later_asks_for_no_attention() -> None:
    events = [error_at(1, message="Refused"), error_at(2, message="Refused", resolved=True)]

    assert attention_of(events=events) == ()


def test_an_error_that_came_back_after_it_was_resolved_counts_anew() -> None:
    reported = [(1, None), (2, None), (3, True), (4, False)]
    events = [error_at(at_ms, message="Refused", resolved=resolved) for at_ms, resolved in reported]

    (found,) = attention_of(events=events)

    assert (found.count, found.at_ms) == (1, 4)


def test_an_error_without_a_message_is_still_reported() -> None:
    (found,) = attention_of(visitorError=[{"code": "e1"}])

    assert (found.title, found.detail) == ("An error without a message", "e1")


@pytest.mark.parametrize(
    ("status", "severity", "word"),
    [
        (3, "bad", "Cancelled"),
        (4, "bad", "Not approved"),
        (6, "bad", "Missing details"),
        (10, "warn", "Waiting for customer response"),
        (11, "warn", "Waiting for response"),
        (12, "warn", "Pending"),
    ],
)
def test_a_request_that_failed_or_hangs_is_reported(status: int, severity: str, word: str) -> None:
    (found,) = attention_of(serviceActivity=[{"topic": "Loan", "status": status}])

    assert (found.kind, found.severity, found.title, found.detail) == ("service", severity, "Loan", word)


@pytest.mark.parametrize("status", [None, 0, 1, 2, 5, 7, 8, 9, 13, 99])
def test_any_other_request_is_not(status: int | None) -> None:
    assert attention_of(serviceActivity=[{"topic": "Loan", "status": status}]) == ()


def test_the_last_status_of_a_request_decides() -> None:
    declined_then_approved = [service_at(1, 4, serviceId="s1"), service_at(2, 2, serviceId="s1")]
    approved_then_declined = [service_at(1, 2, serviceId="s1"), service_at(2, 4, serviceId="s1")]

    assert attention_of(events=declined_then_approved) == ()
    assert [item.detail for item in attention_of(events=approved_then_declined)] == ["Not approved"]


def test_the_sequence_of_listed_requests_decides_and_not_their_order() -> None:
    listed = [
        {"serviceId": "s1", "status": 4, "serviceSeqId": "10"},
        {"serviceId": "s1", "status": 1, "serviceSeqId": "9"},
    ]

    assert [item.detail for item in attention_of(serviceActivity=listed)] == ["Not approved"]


def test_requests_with_other_ids_are_other_requests() -> None:
    events = [service_at(1, 4, serviceId="s1", topic="Loan"), service_at(2, 2, serviceId="s2", topic="Loan")]

    assert len(attention_of(pages=PAGES, events=events)) == 1


def test_a_request_declined_twice_says_so() -> None:
    (found,) = attention_of(pages=PAGES, events=[service_at(1, 4, topic="Loan"), service_at(2, 4, topic="Loan")])

    assert (found.count, found.at_ms, found.page_title) == (2, 2, "Pay")


def test_a_page_opened_three_times_in_a_row_is_a_loop() -> None:
    assert attention_of(pages=views("a", "pay", "pay", "pay")) == (
        Attention(
            kind="loop",
            severity="warn",
            title="Same page opened 3 times",
            detail="3 times in a row",
            count=3,
            at_ms=4,
            page_title="PAY",
        ),
    )


def test_a_page_come_back_to_for_the_third_time_is_a_loop() -> None:
    (found,) = attention_of(pages=views("pay", "a", "pay", "b", "pay", "pay"))

    assert (found.count, found.detail, found.at_ms) == (4, None, 6)


def test_a_page_opened_twice_is_no_loop() -> None:
    assert attention_of(pages=views("a", "a", "b", "b")) == ()


def test_another_query_is_another_page() -> None:
    assert attention_of(pages=views("p?step=1", "p?step=2", "p?step=3")) == ()


def test_pages_without_an_address_are_no_loop() -> None:
    assert attention_of(pages=[{"id": str(n)} for n in range(5)]) == ()


def test_a_loop_on_a_page_without_a_title_is_named_by_its_path() -> None:
    pages = [{"id": str(n), "url": "https://shop.example/pay?card=4111"} for n in range(3)]

    assert [item.page_title for item in attention_of(pages=pages)] == ["shop.example/pay"]


def test_bad_comes_before_warn_and_the_latest_before_the_earlier() -> None:
    found = attention_of(
        siteControlGroup="CONTROL",
        pages=[*PAGES, *views("x", "x", "x")],
        events=[error_at(1, message="Refused"), service_at(2, 12, topic="Loan"), error_at(3, message="Expired")],
    )

    assert [(item.kind, item.at_ms) for item in found] == [
        ("error", 3),
        ("error", 1),
        ("loop", 3),
        ("service", 2),
        ("control-group", None),
    ]


def test_a_giant_session_folds_into_a_handful() -> None:
    assert len(find_attention(parse_visit(large_state(pages=500, events=2_000)).visit)) == 8
