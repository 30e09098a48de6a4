"""Contract 0.4: the many ways in which LivePerson says that there is nothing."""

from __future__ import annotations

import pytest

from lpcontext.reading.day import Day
from lpcontext.visits.model import Customer, Engagement, Person, Purchase, Skill, Visit
from tests.visits.responses import event_of, visit_of

NULLS = [None, "", "   ", "*!@NULL*!@"]


@pytest.mark.parametrize("null", NULLS)
def test_a_text_in_any_null_form_is_absent(null: object) -> None:
    assert visit_of(externalReferrer=null).external_referrer is None


@pytest.mark.parametrize("null", NULLS)
def test_a_number_in_any_null_form_is_absent(null: object) -> None:
    assert visit_of(cart={"cartStatus": {"numItems": 0, "total": null}, "lastTotalChange": null}).cart_change is None


@pytest.mark.parametrize("null", NULLS)
@pytest.mark.parametrize(
    "name", ["cart", "customerInfo", "geo", "marketingCampaignInfo", "personalInfo", "searchEngine"]
)
def test_a_part_in_any_null_form_is_absent(name: str, null: object) -> None:
    assert visit_of(**{name: null}) == Visit(session_id="S1")


@pytest.mark.parametrize("null", [*NULLS, []])
@pytest.mark.parametrize("name", ["engagements", "events", "leads", "pages", "purchases", "visitorError"])
def test_a_list_in_any_null_form_is_empty(name: str, null: object) -> None:
    assert visit_of(**{name: null}) == Visit(session_id="S1")


@pytest.mark.parametrize("null", [*NULLS, {}])
@pytest.mark.parametrize("name", ["mobileDeviceInfo", "revActiveVPs", "revAllOSLs"])
def test_a_map_in_any_null_form_is_empty(name: str, null: object) -> None:
    assert visit_of(**{name: null}) == Visit(session_id="S1")


@pytest.mark.parametrize("name", ["siteControlGroup", "deviceOS", "deviceFamily"])
def test_na_in_an_enum_is_not_applicable(name: str) -> None:
    assert visit_of(**{name: "NA"}) == Visit(session_id="S1")


def test_somebody_called_na_keeps_the_name() -> None:
    person = visit_of(personalInfo={"personalInfo": {"name": "NA"}}).person

    assert person == Person(name="NA")


def test_a_campaign_control_of_na_is_not_applicable() -> None:
    (engagement,) = visit_of(engagements=[{"id": "1", "engagement": {"campaignControl": "NA"}}]).engagements

    assert engagement == Engagement(context_id="1")


def test_a_skill_of_minus_one_with_a_null_name_is_no_skill() -> None:
    (engagement,) = visit_of(
        engagements=[
            {
                "id": "1",
                "engagement": {
                    "engagementEntity": {"engagementSkill": {"skillName": "*!@NULL*!@", "skillId": -1}},
                },
            }
        ]
    ).engagements

    assert engagement.skill is None


def test_a_skill_without_a_name_keeps_its_id() -> None:
    skill = {"skillName": "*!@NULL*!@", "skillId": 7}
    (engagement,) = visit_of(engagements=[{"engagement": {"engagementEntity": {"engagementSkill": skill}}}]).engagements

    assert engagement.skill == Skill(id="7")


def test_an_empty_search_engine_is_none_at_all() -> None:
    assert visit_of(searchEngine={"searchEngine": "", "keywords": ""}).web_search is None


def test_an_event_at_time_zero_has_no_time_and_is_not_in_1970() -> None:
    assert event_of("cartStatus", {"serverTimeStamp": 0, "numItems": 1}).at_ms is None


def test_an_event_with_empty_contexts_has_no_page() -> None:
    assert event_of("cartStatus", {"contexts": {}, "numItems": 1}).page_id is None


def test_a_purchase_whose_cart_has_only_null_forms_has_no_cart() -> None:
    cart = {"serverTimeStamp": 0, "contexts": {}, "total": None, "numItems": None, "currency": None, "products": []}

    assert event_of("purchase", {"orderId": "A", "cart": cart}).attribute == Purchase(order_id="A")


def test_a_missing_click_is_no_acceptance() -> None:
    (engagement,) = visit_of(engagements=[{"id": "1"}]).engagements

    assert engagement.acceptances == ()


def test_a_contact_with_nothing_in_it_is_left_out() -> None:
    contact = {"email": None, "phone": "", "phoneType": None, "address": None, "preferredContactMethod": None}

    assert visit_of(personalInfo={"personalInfo": {"contacts": [contact, None]}}).person is None


def test_a_day_with_nothing_in_it_is_absent() -> None:
    info = {"customerId": "7", "lastPaymentDate": {"year": None, "month": None, "day": None}, "registrationDate": {}}

    assert visit_of(customerInfo={"customerInfo": info}).customer == Customer(customer_id="7")


def test_a_day_may_lack_a_piece() -> None:
    info = {"lastPaymentDate": {"year": 2014, "month": 10}}

    assert visit_of(customerInfo={"customerInfo": info}).customer == Customer(last_payment=Day(year=2014, month=10))


def test_null_among_pages_and_events_is_passed_over() -> None:
    assert visit_of(pages=[None], events=[None, {}, {"cartStatus": None}]) == Visit(session_id="S1")


def test_sections_of_a_page_may_be_null() -> None:
    (page,) = visit_of(pages=[{"id": "1", "pageBasic": {"sections": None}}]).pages

    assert page.sections == ()
