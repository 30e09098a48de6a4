"""Shapes the documents contradict each other about, or that somebody will send one day."""

from __future__ import annotations

from typing import Any

import pytest

from lpcontext.visits.model import Cart, Contact, Event, Page, Product, ProductLine, Skill, UnknownAttribute, Visit
from lpcontext.visits.parsing.visit import UnreadableVisit, parse_visit
from tests.visits.responses import event_of, on_page, parse, state_of, visit_of

SHORT = "jnPABZYjQcOS2Uk5fp_HnA"
LONG = f"{SHORT}.c524460e4432e9f93cf700af590f16ef181f20e6"


@pytest.mark.parametrize("state", [None, "", "x", 7, 1.5, True, [], [{"appSessions": []}]])
def test_a_response_that_is_no_object_is_unreadable(state: object) -> None:
    with pytest.raises(UnreadableVisit, match="not a JSON object"):
        parse_visit(state)


@pytest.mark.parametrize("state", [{}, {"id": "S1"}, {"time": 1, "internalCode": 12}, {"error": {"message": "x"}}])
def test_a_response_with_neither_sessions_nor_any_field_of_a_visit_is_unreadable(state: object) -> None:
    with pytest.raises(UnreadableVisit, match="neither appSessions nor any field"):
        parse_visit(state)


@pytest.mark.parametrize("sessions", ["x", 7, ["x"], [[], 7]])
def test_app_sessions_without_any_object_are_unreadable(sessions: object) -> None:
    with pytest.raises(UnreadableVisit, match="appSessions holds no object"):
        parse_visit({"id": "S1", "appSessions": sessions})


def test_what_is_unreadable_is_not_repeated_in_the_error() -> None:
    with pytest.raises(UnreadableVisit) as caught:
        parse_visit({"id": "secret", "appSessions": "secret"})

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("sessions", [[], None])
def test_no_app_session_at_all_is_a_visit_with_nothing_and_says_so(sessions: object) -> None:
    parsed = parse_visit({"id": "S1", "appSessions": sessions})

    assert parsed.visit == Visit(session_id="S1", app_session_count=0)
    assert parsed.drift == ()


def two_sessions() -> dict[str, Any]:
    first = {"id": LONG, "startTime": 1000, "ipv4": "192.0.2.1"}
    second = {"id": "another.c524", "startTime": 2000, "ipv4": "192.0.2.2"}
    return {"id": LONG, "appSessions": [first, second]}


@pytest.mark.parametrize("wanted", [SHORT, LONG, f"{SHORT}.{'0' * 40}"])
def test_of_several_app_sessions_the_wanted_one_is_shown_whatever_its_suffix(wanted: str) -> None:
    visit = parse_visit(two_sessions(), wanted_session=wanted).visit

    assert (visit.session_id, visit.started_at_ms, visit.app_session_count) == (LONG, 1000, 2)


def test_two_session_ids_that_differ_behind_a_dot_are_two_sessions() -> None:
    sessions = [{"id": "123.999", "startTime": 1}, {"id": "123.567", "startTime": 2}]

    assert parse_visit({"appSessions": sessions}, wanted_session="123.999").visit.session_id == "123.999"


@pytest.mark.parametrize("wanted", [None, ""])
def test_of_several_app_sessions_the_newest_is_shown_when_none_is_wanted(wanted: str | None) -> None:
    visit = parse_visit(two_sessions(), wanted_session=wanted).visit

    assert (visit.session_id, visit.app_session_count) == ("another.c524", 2)


def test_of_several_parts_of_the_wanted_session_the_newest_is_shown() -> None:
    sessions = [{"id": SHORT, "startTime": 2}, {"id": LONG, "startTime": 3}, {"id": "x", "startTime": 4}]

    assert parse_visit({"appSessions": sessions}, wanted_session=SHORT).visit.session_id == LONG


def test_of_app_sessions_that_tell_no_time_the_last_is_shown() -> None:
    assert parse_visit({"appSessions": [{"id": "a"}, {"id": "b"}]}).visit.session_id == "b"


@pytest.mark.parametrize("name", ["ipv4", "lpv4", "ipv6", "iPV6"])
def test_the_address_is_read_under_each_of_its_names(name: str) -> None:
    device = visit_of(**{name: "192.0.2.7"}).device

    assert device is not None
    assert device.ip == "192.0.2.7"


def test_ipv4_wins_over_the_other_names() -> None:
    device = visit_of(ipv6="2001:db8::7", lpv4="192.0.2.8", ipv4="192.0.2.7").device

    assert device is not None
    assert device.ip == "192.0.2.7"


@pytest.mark.parametrize("wrap", [lambda info: info, lambda info: {"personalInfo": info}])
def test_personal_info_may_be_doubled_or_not(wrap: Any) -> None:
    person = visit_of(personalInfo=wrap({"name": "John"})).person

    assert person is not None
    assert person.name == "John"


def test_a_cart_may_be_wrapped_or_not() -> None:
    assert visit_of(cart={"cartStatus": {"numItems": 2}}).cart == Cart(item_count=2)
    assert visit_of(cart={"numItems": 2}).cart == Cart(item_count=2)


@pytest.mark.parametrize("body", [{"message": "Card refused"}, {"visitorError": {"message": "Card refused"}}])
def test_an_event_may_be_nested_or_flat(body: dict[str, Any]) -> None:
    event = event_of("visitorError", {"serverTimeStamp": 5, **body})

    assert event.at_ms == 5
    assert event.attribute == event_of("visitorError", {"message": "Card refused"}).attribute


def test_a_flat_event_may_be_nested_too() -> None:
    assert event_of("cartStatus", {"cartStatus": {"numItems": 2}}).attribute == Cart(item_count=2)


def test_a_product_may_be_wrapped_or_bare() -> None:
    expected = (ProductLine(product=Product(name="Lamp"), quantity=2.0),)

    assert visit_of(viewedProduct=[{"product": {"name": "Lamp"}, "quantity": 2}]).viewed == expected
    assert visit_of(viewedProduct=[{"name": "Lamp", "quantity": 2}]).viewed == expected


def test_a_line_that_names_no_product_is_left_out() -> None:
    assert visit_of(cart={"numItems": 1, "products": [{"product": None, "quantity": 1}]}).cart == Cart(item_count=1)


def test_the_item_count_of_a_cart_need_not_be_the_sum_of_its_lines() -> None:
    cart = visit_of(cart={"numItems": 6, "products": [{"product": {"name": "Lamp"}, "quantity": 1}]}).cart

    assert cart is not None
    assert (cart.item_count, cart.lines[0].quantity) == (6, 1.0)


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ({"address": {"country": "Norway", "region": "Oslo"}}, Contact(country="Norway", region="Oslo")),
        ({"address": "Storgata 1, Oslo"}, Contact(address="Storgata 1, Oslo")),
        ({"phone": 2127888877, "phoneType": "HOME_FAX"}, Contact(phone="2127888877", phone_type="HOME_FAX")),
        ({"preferredContactMethod": "EMAIL"}, Contact(preferred="EMAIL")),
    ],
)
def test_the_newer_fields_of_a_contact_are_read(sent: dict[str, Any], read: Contact) -> None:
    person = visit_of(personalInfo={"personalInfo": {"contacts": [sent]}}).person

    assert person is not None
    assert person.contacts == (read,)


def test_a_page_without_a_basic_part_has_its_address_without_a_scheme() -> None:
    assert visit_of(pages=[{"id": "1", "url": "testfile.com"}]).pages == (Page(id="1", url="testfile.com"),)


def test_a_page_with_only_a_basic_part_is_whole() -> None:
    basic = {"url": "https://a.example/", "startTime": 7, "title": "A", "referrer": "https://b.example/"}

    assert visit_of(pages=[{"pageBasic": {**basic, "sections": ["loans", "car"]}}]).pages == (
        Page(
            url="https://a.example/",
            title="A",
            referrer="https://b.example/",
            started_at_ms=7,
            sections=("loans", "car"),
        ),
    )


def test_survey_skills_are_read_by_either_pair_of_names() -> None:
    skills = [{"id": 1, "name": "Sales"}, {"skillId": 2, "skillName": "Help"}, {"skillId": -1}]
    (engagement,) = visit_of(engagements=[{"engagement": {"engagementEntity": {"surveySkills": skills}}}]).engagements

    assert engagement.survey_skills == (Skill(id="1", name="Sales"), Skill(id="2", name="Help"))


def test_pages_are_sorted_by_time_and_one_without_a_time_stays_with_the_one_before() -> None:
    pages = [
        {"id": "c", "startTime": 3},
        {"id": "after c"},
        {"id": "a", "startTime": 1},
        {"id": "also a", "startTime": 1},
        {"id": "b", "startTime": 2},
    ]

    assert [page.id for page in visit_of(pages=pages).pages] == ["a", "also a", "b", "c", "after c"]


def test_pages_without_any_time_keep_their_order() -> None:
    assert [page.id for page in visit_of(pages=[{"id": "b"}, {"id": "a"}]).pages] == ["b", "a"]


def test_a_page_without_a_time_at_the_very_front_stays_with_the_first_that_has_one() -> None:
    pages = [{"id": "before b"}, {"id": "b", "startTime": 2}, {"id": "a", "startTime": 1}]

    assert [page.id for page in visit_of(pages=pages).pages] == ["a", "before b", "b"]


def test_events_are_sorted_by_time() -> None:
    events = [{"cartStatus": on_page("1", at_ms=at_ms, numItems=at_ms)} for at_ms in (3, 1, 2)]

    assert [event.at_ms for event in visit_of(events=events).events] == [1, 2, 3]


def test_an_unknown_event_is_kept_with_its_plain_fields_as_text() -> None:
    body = on_page("P", at_ms=9, mood="happy", score=4.5, stars=5, again=True, none=None, deep={"x": 1}, many=[1])

    assert event_of("moodReport", body) == Event(
        kind="moodReport",
        attribute=UnknownAttribute(fields=(("mood", "happy"), ("score", "4.5"), ("stars", "5"), ("again", "true"))),
        at_ms=9,
        page_id="P",
    )


def test_an_unknown_event_may_be_nested_under_its_own_name() -> None:
    assert event_of("moodReport", on_page("P", moodReport={"mood": "happy"})).attribute == UnknownAttribute(
        fields=(("mood", "happy"),)
    )


def test_an_unknown_event_is_kept_within_bounds() -> None:
    attribute = event_of("k" * 500, {f"field{n}": "v" * 900 for n in range(50)}).attribute

    assert isinstance(attribute, UnknownAttribute)
    assert len(attribute.fields) == 20
    assert {len(value) for _, value in attribute.fields} == {200}


def test_the_name_of_an_unknown_event_is_kept_within_bounds() -> None:
    assert len(event_of("k" * 500, {}).kind) == 200


def test_an_event_with_more_keys_than_its_kind_is_read_by_the_kinds_we_know() -> None:
    item = {"type": "cart", "cartStatus": {"numItems": 1}}

    (event,) = visit_of(events=[item]).events

    assert event == Event(kind="cartStatus", attribute=Cart(item_count=1))


def test_an_event_with_several_keys_none_of_which_we_know_is_dropped() -> None:
    parsed = parse(events=[{"type": "cart", "cart": {"numItems": 1}}])

    assert parsed.visit.events == ()
    assert parsed.drift == ("appSessions[].events[]",)


def test_unknown_enum_words_stay_as_they_came() -> None:
    device = visit_of(deviceOS="FRIDGE_OS", deviceFamily="KITCHEN").device

    assert device is not None
    assert (device.os, device.family) == ("FRIDGE_OS", "KITCHEN")


def test_the_ids_of_a_map_are_sorted_for_their_order_is_arbitrary() -> None:
    one = parse_visit(state_of(revAllVPs={"20": {}, "3": {}, "100": {}}))
    other = parse_visit(state_of(revAllVPs={"100": {}, "20": {}, "3": {}}))

    assert one == other
    assert one.visit.profiles is not None
    assert one.visit.profiles.all_profiles == ("3", "20", "100")
