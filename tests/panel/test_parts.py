"""What each part says of what it is given."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from lpcontext.visits import (
    Cart,
    Customer,
    Day,
    Device,
    Engagement,
    Geo,
    Lead,
    Page,
    Person,
    Profiles,
    Purchase,
    Service,
    UnknownAttribute,
    Visit,
    VisitorError,
)
from lpcontext.visits.model import Acceptance, Product, ProductLine, Skill
from tests.panel.render_helpers import AT_MS, CALLER, documented_visit, event, look, markup_of, page, read, sections

MINUTE = 60_000


def test_a_caller_with_a_name_is_told_in_a_sentence_or_two() -> None:
    visit = Visit(
        person=CALLER,
        customer=Customer(type="vip"),
        pages=(page(0, title="Payment"),),
        events=(event(VisitorError(message="Expiration date missing")),) * 2,
        cart=Cart(total=11.7, item_count=6),
    )

    assert (
        "John Doe, vip customer, has been on Payment since 13:48 UTC and met “Expiration date missing” twice. "
        "Six items, 11.70, are waiting in the cart." in read(look(visit), "identity")
    )


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (1, "One item, 5.00, is waiting in the cart."),
        (12, "Twelve items, 5.00, are waiting in the cart."),
        (1300, "1,300 items, 5.00, are waiting in the cart."),
    ],
)
def test_the_cart_is_counted_in_words(count: int, told: str) -> None:
    assert told in read(look(Visit(cart=Cart(total=5, item_count=count))), "identity")


def test_an_empty_cart_waits_for_nobody() -> None:
    body = look(Visit(cart=Cart(total=0, item_count=0)))

    assert "waiting in the cart" not in read(body, "identity")
    assert "Cart, empty" in read(body, "commerce")


def test_somebody_without_a_name_is_told_by_their_place() -> None:
    told = read(look(Visit(geo=Geo(city="Tel Aviv", state="Tel Aviv", country="Israel"))), "identity")

    assert "An unnamed visitor from Tel Aviv, Israel is on the site." in told
    assert "the page has reported no name" in told


def test_identity_shows_status_balance_and_masked_contacts() -> None:
    told = read(look(documented_visit()), "identity")

    assert "reported by the page, not verified" in told
    assert "vip cancelled Balance −400.99 Customer 138766AC" in told
    assert told.index("m•••••@example.com") < told.index("+1 •••-•••-8877")


def test_a_status_that_matters_stands_out() -> None:
    markup = markup_of(look(documented_visit()), "identity")

    assert '<span class="chip warn"><bdi>cancelled</bdi></span>' in markup
    assert '<span class="chip "><bdi>vip</bdi></span>' in markup


def test_the_device_is_named_as_people_name_it() -> None:
    assert "Uses Desktop · Chrome 53 · macOS" in read(look(documented_visit()), "now")


def test_an_unknown_browser_is_left_out() -> None:
    assert "Uses Mobile · iOS" in read(look(Visit(device=Device(family="MOBILE", os="IOS", user_agent="???"))), "now")


def test_a_language_has_its_name_and_an_unknown_one_its_code() -> None:
    assert "Hebrew (he-IL)" in read(look(Visit(person=Person(language="he-IL"))), "now")
    assert "Language xx" in read(look(Visit(person=Person(language="xx"))), "now")


def test_a_page_without_a_title_is_called_by_its_path() -> None:
    body = look(Visit(pages=(page(0, title=None, url="https://shop.example/cart?id=1"), page(1, title=None, url=None))))

    assert "Page without a title" in read(body, "now")
    assert "/cart" in read(body, "pages")
    assert "id=1" not in body.replace("https://shop.example/cart?id=1", "")


def test_what_needs_attention_says_what_where_and_how_often() -> None:
    visit = Visit(pages=(page(0, title="Payment"),), events=(event(VisitorError(message="No card", code="er1")),) * 2)

    assert "No card × 2 Error er1 on Payment, not resolved · at 13:48 UTC" in read(look(visit), "attention")


def test_a_declined_service_is_bad_news_everywhere() -> None:
    service = Service(topic="Loan", status=4)
    body = look(Visit(services=(service,), pages=(page(0),), events=(event(service),)))

    assert "Loan Not approved" in read(body, "attention")
    assert '<li id="service-0-0" class="bad">' in markup_of(body, "commerce")
    assert 'class="bad" data-kind="error"' in markup_of(body, "pages")
    assert "“Loan” is not approved" in read(body, "identity")


def test_a_cart_shows_the_pages_own_count_before_its_lines() -> None:
    lines = (ProductLine(product=Product(name="prod1", sku="sku", category="category", price=7.8), quantity=1),)
    told = read(look(Visit(cart=Cart(total=11.7, item_count=6, currency="EUR", lines=lines))), "commerce")

    assert told.endswith("Cart 6 items EUR 11.70 prod1 sku · category 1 × EUR 7.80")


def test_long_lists_say_what_they_leave_out() -> None:
    line = ProductLine(product=Product(name="shoe"))
    body = look(Visit(viewed=(line,) * 9, leads=(Lead(topic="drive"),) * 6, purchases=(Purchase(order_id="1"),) * 5))
    told = read(body, "commerce")

    assert "Orders Order 1 Order 1 Order 1 and 2 more" in told
    assert "and 4 more" in told
    assert "and 1 more" in told


def test_pages_stand_newest_first_with_their_events_below() -> None:
    visit = Visit(
        pages=(page(0), page(1)), events=(event(Cart(total=3, item_count=2)), event(VisitorError(message="No"), on=1))
    )
    told = read(look(visit), "pages")

    assert told.index("Page 1") < told.index("No") < told.index("Page 0") < told.index("Cart: 2 items, 3.00")


def test_repeats_are_folded_and_counted() -> None:
    visit = Visit(pages=(page(0),), events=(event(VisitorError(message="No")),) * 3)

    assert "No × 3" in read(look(visit), "pages")


def test_filters_are_offered_only_where_they_tell_something_apart() -> None:
    error, cart = event(VisitorError(message="No")), event(Cart(total=1, item_count=1))

    assert "data-filter" not in look(Visit(pages=(page(0),), events=(error,)))
    assert "All Errors 1 Cart 1" in read(look(Visit(pages=(page(0),), events=(error, cart))), "pages")


def test_pages_that_are_not_shown_are_counted() -> None:
    pages = tuple(page(number) for number in range(70))
    told = read(look(Visit(pages=pages, events=(event(VisitorError(message="No")),))), "pages")

    assert "Show all 60 pages" in told
    assert "10 earlier pages with 1 event not shown" in told


def test_an_event_of_no_known_page_has_a_part_of_its_own() -> None:
    body = look(Visit(pages=(page(0),), events=(event(VisitorError(message="Lost"), on=99),)))

    assert "Lost" in read(body, "events")
    assert "Lost" not in read(body, "pages")


def test_an_unknown_event_is_shown_as_such() -> None:
    fact = UnknownAttribute(fields=(("mood", "cross"), ("level", "3")))

    assert "somethingNew: mood cross, level 3" in read(
        look(Visit(pages=(page(0),), events=(event(fact, kind="somethingNew"),))), "pages"
    )


def test_a_time_that_stands_above_already_is_silent_but_there() -> None:
    events = (event(VisitorError(message="No"), after_ms=1000), event(Cart(total=1, item_count=1), after_ms=2 * MINUTE))
    markup = markup_of(look(Visit(pages=(page(0),), events=events)), "pages")

    assert '<time datetime="2016-10-05T13:48:37Z">13:48 UTC</time>' in markup
    assert '<time datetime="2016-10-05T13:50:36Z">13:50 UTC</time>' in markup
    early = replace(Visit(pages=(page(0),)), events=events[:1])
    assert '<time datetime="2016-10-05T13:48:37Z" hidden>' in markup_of(look(early), "pages")


def test_an_offer_says_its_form_and_what_came_of_it() -> None:
    offers = (
        Engagement(page_id="0", type=6, channel=1, state=1, conversation_type=0, campaign_id="5", goal_id="6"),
        Engagement(page_id="0", type=4, skill=Skill(name="Sales"), acceptances=(Acceptance(at_ms=AT_MS, page_id="0"),)),
    )
    told = read(look(Visit(pages=(page(0, title="Cart"),), engagements=offers)), "engagements")

    assert "2 shown, 1 accepted" in told
    assert "type 4 accepted 13:48 UTC on Cart Skill Sales" in told
    assert "Sticky Web · Chat · Online shown, not accepted on Cart campaign 5 · goal 6" in told


def test_offers_stand_on_the_page_where_they_were_made() -> None:
    offer = Engagement(page_id="0", type=2, acceptances=(Acceptance(at_ms=AT_MS + MINUTE, page_id="1"),))
    told = read(look(Visit(pages=(page(0), page(1)), engagements=(offer,))), "pages")

    assert told.index("Offer accepted: Toaster") < told.index("Page 0") < told.index("Offer shown: Toaster")


def test_session_names_where_the_visitor_came_from_without_the_query() -> None:
    visit = Visit(external_referrer="https://search.example/find?q=secret", app_session_count=2)
    told = read(look(visit), "session")

    assert "Came from search.example/find" in told
    assert "secret" not in told
    assert "2 told, one shown" in told


def test_attributes_hold_what_stands_nowhere_else() -> None:
    visit = Visit(
        person=Person(age_years=34.0, born=Day(year=1980, month=4), gender="MALE"),
        customer=Customer(login_status=0, registered=Day(year=2013, month=5, day=23)),
        control_group="TEST",
    )
    told = read(look(visit), "attributes")

    assert "Age 34 Born Apr 1980 Gender Male Login status code 0 Registered 23 May 2013 Site test Test group" in told


def test_ids_are_there_to_be_copied_whole() -> None:
    visit = Visit(
        session_id="abc.def", pages=(Page(id="77"),), profiles=Profiles(all_profiles=("1", "2"), active_profiles=("2",))
    )
    body = look(visit)

    assert "<code data-value>abc.def</code>" in body
    assert "Profiles 1, 2 (active)" in read(body, "attributes")
    assert sections(body).count("attributes") == 1
