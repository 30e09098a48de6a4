"""Everything LivePerson documents of a visit, read to the last field."""

from __future__ import annotations

from lpcontext.reading.day import Day
from lpcontext.visits.model import (
    Acceptance,
    Cart,
    Contact,
    Customer,
    Device,
    Event,
    Geo,
    Lead,
    Marketing,
    Page,
    Person,
    Product,
    ProductLine,
    Profiles,
    Purchase,
    Service,
    SiteSearch,
    ViewedProducts,
    Visit,
    VisitorError,
)
from lpcontext.visits.parsing.visit import parse_visit
from tests.visits.responses import documented_state, load, parse, visit_of

PAGE_ID = "1899669462"
STARTED_MS = 1475675316326
PERSON = Person(
    name="John",
    surname="Doe",
    age_years=34.0,
    born=Day(year=1980, month=4, day=15),
    contacts=(Contact(email="myname@example.com", phone="+1 212-788-8877"),),
    gender="MALE",
    company="company",
)
CUSTOMER = Customer(
    status="cancelled",
    type="vip",
    balance=-400.99,
    customer_id="138766AC",
    last_payment=Day(year=2014, month=10, day=15),
    registered=Day(year=2013, month=5, day=23),
)
CART_LINES = (ProductLine(product=Product(name="prod1", category="category", sku="sku", price=7.8), quantity=1.0),)
BOUGHT = (
    ProductLine(product=Product(name="antivirus pro plan", category="software", sku="xyz001", price=7.8), quantity=3.0),
)
SHOE = ProductLine(product=Product(name="red high heel shoe", category="women shoes", sku="xyz567", price=77.8))


def documented_visit() -> Visit:
    parsed = parse_visit(documented_state())
    assert parsed.drift == ()
    return parsed.visit


def test_the_documented_response_tells_who_the_visitor_is() -> None:
    visit = documented_visit()

    assert visit.session_id == "jnPABZYjQcOS2Uk5fp_HnA.c524460e4432e9f93cf700af590f16ef181f20e6"
    assert visit.person == PERSON
    assert visit.customer == CUSTOMER
    assert visit.marketing == Marketing(channel=1, affiliate="Yahoo", campaign_id="US coupon campaign")


def test_the_documented_response_tells_what_was_bought_and_what_went_wrong() -> None:
    visit = documented_visit()

    assert visit.cart == Cart(total=11.7, item_count=6, lines=CART_LINES)
    assert visit.cart_change == 11.7
    assert visit.purchases == (
        Purchase(order_id="DRV1534XC", total=11.7, repeated=False, sequence_id="1", cart=Cart(lines=BOUGHT)),
    )
    assert visit.viewed == (SHOE,)
    assert visit.leads == (
        Lead(topic="luxury car test drive 2015", value=22.22, lead_id="xyz123", sequence_id="1", repeated=False),
    )
    assert visit.services == (
        Service(
            topic="order checkbook",
            status=0,
            category="finance",
            service_id="service12",
            sequence_id="1",
            repeated=False,
        ),
    )
    assert visit.errors == (VisitorError(message="Expiration date missing", code="er100004"),)


def test_the_documented_response_tells_place_device_and_profiles() -> None:
    visit = documented_visit()

    assert visit.app_session_count == 1
    assert visit.started_at_ms == documented_state()["appSessions"][0]["startTime"]
    assert visit.geo == Geo(
        country="Israel",
        country_code="IL",
        state="Tel Aviv",
        city="Tel Aviv",
        isp="LivePerson",
        organisation="LivePerson",
    )
    assert visit.device == Device(
        os="MAC_OSX",
        family="DESKTOP",
        mobile=False,
        detected=True,
        ip="195.62.30.20",
        user_agent="Mozilla/5.0 (Macintosh; Intel Mac OS X 10_9_5) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/53.0.2785.143 Safari/537.36",
    )
    assert visit.profiles == Profiles(
        active_profiles=("493914412", "1249882912"),
        all_profiles=("493914412", "1249882912"),
        active_behaviours=("493914512", "522493012"),
        all_behaviours=("493914512", "522493012"),
        all_onsite_locations=("493914612",),
    )


def test_the_documented_page_has_a_scheme_and_its_onsite_location() -> None:
    assert documented_visit().pages == (
        Page(
            id=PAGE_ID,
            url="https://testfile.com",
            title="Test Page",
            started_at_ms=STARTED_MS,
            stay_ms=21482,
            loaded=True,
            onsite_location_ids=("493914612",),
        ),
    )


def test_the_documented_engagements_tell_the_offer_and_the_click() -> None:
    ignored, clicked = documented_visit().engagements

    assert (ignored.context_id, clicked.context_id) == ("1", "2")
    assert ignored.acceptances == ()
    assert clicked.acceptances == (Acceptance(at_ms=1475675334770, page_id=PAGE_ID),)
    assert (clicked.campaign_id, clicked.engagement_id, clicked.goal_id) == ("554983412", "555008212", "554983512")
    assert (clicked.campaign_revision, clicked.engagement_revision) == (232, 193)
    assert (clicked.state, clicked.channel, clicked.type, clicked.conversation_type) == (1, 1, 6, 0)
    assert (clicked.goal_type, clicked.goal_indicator) == (5, 5)
    assert (clicked.zone_id, clicked.page_id, clicked.control_group, clicked.offsite) == (
        493911612,
        PAGE_ID,
        "TEST",
        False,
    )
    assert (clicked.profile_ids, clicked.behaviour_ids, clicked.onsite_location_ids) == (
        ("493914412",),
        ("493914512",),
        ("493914612",),
    )
    assert (clicked.availability_policy, clicked.rendering_type) == (0, 0)


def test_each_documented_kind_of_event_is_read() -> None:
    attributes = {event.kind: event.attribute for event in documented_visit().events}

    assert attributes == {
        "marketingCampaignInfo": Marketing(channel=1, affiliate="Yahoo", campaign_id="US coupon campaign"),
        "lead": Lead(topic="luxury car test drive 2015", value=22.22, lead_id="xyz123"),
        "cartStatus": Cart(total=11.7, item_count=6, lines=CART_LINES),
        "purchase": Purchase(order_id="DRV1534XC", total=11.7, cart=Cart(lines=BOUGHT)),
        "viewedProduct": ViewedProducts(lines=(SHOE,)),
        "customerInfo": CUSTOMER,
        "personalInfo": PERSON,
        "serviceActivity": Service(topic="order checkbook", status=0, category="finance", service_id="service12"),
        "visitorError": VisitorError(message="Expiration date missing", code="er100004"),
    }


def test_each_documented_event_has_its_time_and_page() -> None:
    events = documented_visit().events

    assert len(events) == 9
    assert {(event.at_ms, event.page_id) for event in events} == {(STARTED_MS, PAGE_ID)}


def test_the_events_filed_by_kind_are_the_same_events() -> None:
    by_kind = load("visit-state-events-by-type-doc.json")

    assert visit_of(events=list(by_kind.values())).events == documented_visit().events


def test_the_newer_events_of_chat_carry_a_currency() -> None:
    documented = load("lpsdes-chat-doc.json")["unauthenticatedSdes"]

    attributes = {
        event.kind: event.attribute
        for event in visit_of(events=[{kind: documented[kind]} for kind in documented]).events
    }

    assert attributes["cartStatus"] == Cart(total=11.7, item_count=6, currency="USD", lines=CART_LINES)
    assert attributes["viewedProduct"] == ViewedProducts(currency="USD", lines=(SHOE,))
    assert attributes["purchase"] == Purchase(order_id="DRV1534XC", total=11.7, currency="USD", cart=Cart(lines=BOUGHT))
    assert attributes["lead"] == Lead(topic="luxury car test drive 2015", value=22.22, lead_id="xyz123", currency="USD")


def test_the_newer_events_of_chat_carry_a_full_customer_and_language() -> None:
    documented = load("lpsdes-chat-doc.json")["unauthenticatedSdes"]

    customer, person = visit_of(events=[{kind: documented[kind]} for kind in ("customerInfo", "personalInfo")]).events

    assert customer.attribute == Customer(
        status="cancelled",
        type="vip",
        balance=-400.99,
        currency="USD",
        customer_id="138766AC",
        social_id="11256324780",
        imei="3543546543545688",
        user_name="user000",
        account_name="bank corp",
        role="broker",
        company_size=500,
        store_zip_code="20505",
        store_number="123865",
        last_payment=Day(year=2014, month=10, day=15),
        registered=Day(year=2013, month=5, day=23),
    )
    assert isinstance(person.attribute, Person)
    assert person.attribute.language == "en-US"
    assert person.attribute.contacts == (Contact(email="myname@example.com", phone="+1 212-788-8877"),)


def test_messaging_tells_the_same_events_as_chat() -> None:
    chat, messaging = load("lpsdes-chat-doc.json"), load("lpsdes-messaging-doc.json")

    def events(documented: dict[str, object]) -> tuple[Event, ...]:
        return visit_of(events=[{kind: body} for kind, body in documented.items()]).events

    assert events(messaging["unauthenticatedSdes"]) == events(chat["unauthenticatedSdes"])


def test_history_prints_numbers_as_texts_and_they_are_numbers_again() -> None:
    (cart,) = visit_of(**load("history-sde-cartStatus-doc.json")["sdes"]).events
    (customer,) = visit_of(**load("history-sde-customerInfo-doc.json")["sdes"]).events

    assert cart.attribute == Cart(total=11.7, item_count=6, currency="USD", lines=CART_LINES)
    assert cart.at_ms == 1440412721832
    assert isinstance(customer.attribute, Customer)
    assert customer.attribute.balance == -400.99
    assert customer.attribute.last_payment == Day(year=2014, month=10, day=15)


def test_history_prints_the_social_id_as_a_number_and_it_is_text_again() -> None:
    (customer,) = visit_of(**load("history-sde-customerInfo-doc.json")["sdes"]).events

    assert isinstance(customer.attribute, Customer)
    assert customer.attribute.social_id == "4444"


def test_history_wraps_each_contact_in_a_personal_contact() -> None:
    (event,) = visit_of(**load("history-sde-personalInfo-doc.json")["sdes"]).events

    assert isinstance(event.attribute, Person)
    assert event.attribute.contacts == (Contact(email="myname@example.com", phone="+1 212-788-8877"),)
    assert event.attribute.age_years == 34.0
    assert event.attribute.born == Day(year=1980, month=4, day=15)


def test_history_tells_a_purchase_whose_currency_is_on_the_cart() -> None:
    (event,) = visit_of(events=[load("history-sde-purchase-doc.json")]).events

    assert event.attribute == Purchase(
        order_id="DRV1534XC",
        total=11.7,
        currency="USD",
        cart=Cart(total=17.8, item_count=13, currency="USD", lines=BOUGHT),
    )


def test_history_tells_what_was_looked_for_on_the_site() -> None:
    (event,) = visit_of(**load("history-sde-searchContent-doc.json")["sdes"]).events

    assert event.attribute == SiteSearch(keywords=("apple", "banana"))
    assert event.at_ms == 1481111429931


def test_a_long_session_id_of_the_web_tag_finds_the_session_with_the_short_one() -> None:
    documented = load("webtag-conversationInfo-doc.json")["monitoringSessionId"]
    short = documented.split(".")[0]
    state = {"id": short, "appSessions": [{"id": short, "startTime": 1}, {"id": "another", "startTime": 2}]}

    assert parse_visit(state, wanted_session=documented).visit.session_id == short


def test_the_documented_response_without_its_wrapper_tells_the_same_visit() -> None:
    state = documented_state()

    flat = state["appSessions"][0] | {"id": state["id"]}

    assert parse_visit(flat).visit == documented_visit()


def test_a_response_that_lists_some_parts_beside_the_session_tells_the_same_visit() -> None:
    state = documented_state()
    session = state["appSessions"][0]
    for name in ("engagements", "pages", "userAgent", "deviceOS", "deviceFamily", "geo", "events", "ipv4"):
        state[name] = session.pop(name)

    assert parse_visit(state).visit == documented_visit()


def test_a_session_with_nothing_but_its_id_is_a_visit_with_nothing() -> None:
    assert parse().visit == Visit(session_id="S1")
