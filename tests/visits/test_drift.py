"""A value of the wrong type is dropped alone, and its path noted, without the value."""

from __future__ import annotations

import pytest

from lpcontext.reading.day import Day
from lpcontext.visits.model import Customer, Geo, Person
from lpcontext.visits.parsing.visit import parse_visit
from tests.visits.responses import Json, documented_state, parse


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"geo": {"country": ["IL"]}}, "appSessions[].geo.country"),
        ({"geo": {"country": True}}, "appSessions[].geo.country"),
        ({"geo": 7}, "appSessions[].geo"),
        ({"userAgent": {}}, "appSessions[].userAgent"),
        ({"startTime": "yesterday"}, "appSessions[].startTime"),
        ({"startTime": -1}, "appSessions[].startTime"),
        ({"startTime": 10**15}, "appSessions[].startTime"),
        ({"startTime": 1475675316326.5}, "appSessions[].startTime"),
        ({"mobileDeviceInfo": {"mobile": "perhaps"}}, "appSessions[].mobileDeviceInfo.mobile"),
        ({"mobileDeviceInfo": {"mobile": 2}}, "appSessions[].mobileDeviceInfo.mobile"),
        ({"revActiveVPs": ["493914412"]}, "appSessions[].revActiveVPs"),
        ({"personalInfo": {"personalInfo": {"name": ["x"]}}}, "appSessions[].personalInfo.personalInfo.name"),
        ({"personalInfo": {"personalInfo": 3}}, "appSessions[].personalInfo.personalInfo"),
        ({"personalInfo": {"contacts": ["x"]}}, "appSessions[].personalInfo.contacts[]"),
        ({"customerInfo": {"balance": "a lot"}}, "appSessions[].customerInfo.balance"),
        ({"customerInfo": {"lastPaymentDate": {"month": 13}}}, "appSessions[].customerInfo.lastPaymentDate.month"),
        ({"customerInfo": {"registrationDate": "2013-05-23"}}, "appSessions[].customerInfo.registrationDate"),
        ({"cart": {"cartStatus": {"products": 3}}}, "appSessions[].cart.cartStatus.products[]"),
        ({"viewedProduct": [[]]}, "appSessions[].viewedProduct[]"),
        ({"purchases": [{"total": True}]}, "appSessions[].purchases[].total"),
        ({"pages": [{"pageBasic": {"sections": [["x"]]}}]}, "appSessions[].pages[].pageBasic.sections[]"),
        ({"pages": [{"timeOnPage": -5}]}, "appSessions[].pages[].timeOnPage"),
        ({"events": ["cartStatus"]}, "appSessions[].events[]"),
        ({"events": [{"cartStatus": 1}]}, "appSessions[].events[].cartStatus"),
        ({"events": [{"cartStatus": {"total": []}}]}, "appSessions[].events[].cartStatus.total"),
        ({"events": [{"lead": {"lead": {"value": []}}}]}, "appSessions[].events[].lead.lead.value"),
        ({"events": [{"purchase": {"contexts": 1}}]}, "appSessions[].events[].purchase.contexts"),
        ({"engagements": [{"engagement": {"state": "up"}}]}, "appSessions[].engagements[].engagement.state"),
        ({"engagements": [{"impressionAccepted": [1]}]}, "appSessions[].engagements[].impressionAccepted[]"),
    ],
)
def test_a_value_of_the_wrong_type_is_noted_by_its_path(fields: Json, path: str) -> None:
    assert parse(**fields).drift == (path,)


def test_one_odd_field_leaves_its_neighbours_alone() -> None:
    parsed = parse(geo={"country": "Israel", "city": {"name": "Tel Aviv"}})

    assert parsed.visit.geo == Geo(country="Israel")


def test_a_day_no_calendar_has_loses_only_that_piece() -> None:
    parsed = parse(customerInfo={"lastPaymentDate": {"year": 2014, "month": 10, "day": 32}})

    assert parsed.visit.customer == Customer(last_payment=Day(year=2014, month=10))


def test_the_same_path_is_noted_once_and_all_are_sorted() -> None:
    parsed = parse(pages=[{"startTime": "a"}, {"startTime": "b"}], geo={"city": []})

    assert parsed.drift == ("appSessions[].geo.city", "appSessions[].pages[].startTime")


def test_beside_the_sessions_the_path_begins_at_the_top() -> None:
    assert parse_visit({"geo": {"city": []}}).drift == ("geo.city",)


def test_a_session_that_is_no_object_is_noted_and_the_others_are_read() -> None:
    parsed = parse_visit({"appSessions": ["x", {"id": "S1"}]})

    assert parsed.drift == ("appSessions[]",)
    assert (parsed.visit.session_id, parsed.visit.app_session_count) == ("S1", 1)


@pytest.mark.parametrize("event", [{"myname@example.com": 7}, {"myname@example.com": {"contexts": 7}}])
def test_the_name_of_an_unknown_event_is_never_part_of_a_path(event: Json) -> None:
    (path,) = parse(events=[event]).drift

    assert path.startswith("appSessions[].events[].*")
    assert "myname" not in path


def test_no_path_ever_holds_a_value() -> None:
    state = documented_state()
    session = state["appSessions"][0]
    spoilt = {name: [{"secret": "secret"}, "secret"] for name in session}

    drift = parse_visit({"appSessions": [spoilt]}).drift

    assert len(drift) > 10
    assert "secret" not in " ".join(drift)


@pytest.mark.parametrize(
    ("sent", "read"),
    [(12, 12.0), ("12", 12.0), (" -400.99 ", -400.99), ("1e3", 1000.0), ("+7", 7.0), (1.5, 1.5), (0, 0.0)],
)
def test_a_number_is_a_number_in_either_print(sent: object, read: float) -> None:
    parsed = parse(customerInfo={"balance": sent})

    assert parsed.drift == ()
    assert parsed.visit.customer == Customer(balance=read)


@pytest.mark.parametrize(
    "sent",
    [
        float("nan"),
        float("inf"),
        float("-inf"),
        "NaN",
        "Infinity",
        1e300,
        10**400,
        "1_000",
        "1,000.50",
        "0x10",
        "١٢",
        True,
        False,
    ],
)
def test_what_is_no_finite_number_is_dropped(sent: object) -> None:
    parsed = parse(customerInfo={"balance": sent, "customerId": "7"})

    assert parsed.drift == ("appSessions[].customerInfo.balance",)
    assert parsed.visit.customer == Customer(customer_id="7")


@pytest.mark.parametrize("sent", [500, 500.0, "500", "500.0", " 500 "])
def test_a_whole_number_is_whole_in_every_print(sent: object) -> None:
    assert parse(customerInfo={"companySize": sent}).visit.customer == Customer(company_size=500)


@pytest.mark.parametrize("sent", [500.5, "500.5", 2**53 + 1, "9" * 400, 10**4000, True])
def test_what_is_no_exact_whole_number_is_dropped(sent: object) -> None:
    parsed = parse(customerInfo={"companySize": sent, "customerId": "7"})

    assert parsed.visit.customer == Customer(customer_id="7")
    assert parsed.drift == ("appSessions[].customerInfo.companySize",)


@pytest.mark.parametrize(("sent", "read"), [(4444, "4444"), (4444.0, "4444"), (-1, "-1"), (1.5, "1.5"), (0, "0")])
def test_an_id_that_comes_as_a_number_is_text(sent: object, read: str) -> None:
    assert parse(customerInfo={"socialId": sent}).visit.customer == Customer(social_id=read)


@pytest.mark.parametrize("sent", [True, 10**4000, float("nan"), 1e300, {"id": 1}])
def test_what_can_be_no_id_is_dropped(sent: object) -> None:
    parsed = parse(customerInfo={"socialId": sent, "customerId": "7"})

    assert parsed.visit.customer == Customer(customer_id="7")
    assert parsed.drift == ("appSessions[].customerInfo.socialId",)


@pytest.mark.parametrize(("sent", "read"), [("true", True), ("False", False), (1, True), ("0", False), (True, True)])
def test_a_flag_is_a_flag_in_every_print(sent: object, read: bool) -> None:
    (lead,) = parse(leads=[{"repeatedLeadId": sent}]).visit.leads

    assert lead.repeated is read


def test_a_single_object_counts_as_a_list_of_one() -> None:
    parsed = parse(personalInfo={"personalInfo": {"contacts": {"email": "a@b.example"}}})

    assert parsed.drift == ()
    assert parsed.visit.person is not None
    assert [contact.email for contact in parsed.visit.person.contacts] == ["a@b.example"]


def test_the_response_itself_is_not_changed_by_reading_it() -> None:
    state = documented_state()

    parse_visit(state)

    assert state == documented_state()


def test_a_person_of_the_wrong_type_does_not_become_an_empty_person() -> None:
    assert parse(personalInfo={"personalInfo": {"name": 1.5, "surname": []}}).visit.person == Person(name="1.5")
