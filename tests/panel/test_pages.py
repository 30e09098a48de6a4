"""Pages newest first, with what happened on each, and what is not shown."""

from __future__ import annotations

from msgspec.structs import replace

from lpcontext.visits import Cart, Engagement, Person, UnknownAttribute, Visit, VisitorError
from lpcontext.visits.model import Acceptance
from tests.panel.render_helpers import AT_MS, CALLER, event, look, markup_of, page, read

MINUTE = 60_000


def test_pages_stand_newest_first_with_their_events_below() -> None:
    visit = Visit(
        pages=(page(0), page(1)), events=(event(Cart(total=3, item_count=2)), event(VisitorError(message="No"), on=1))
    )
    text = read(look(visit), "pages")

    assert text.index("Page 1") < text.index("No") < text.index("Page 0") < text.index("Cart: 2 items, 3.00")


def test_repeats_are_folded_and_counted() -> None:
    visit = Visit(pages=(page(0),), events=(event(VisitorError(message="No")),) * 3)

    assert "No × 3" in read(look(visit), "pages")


def test_filters_are_offered_only_where_they_tell_something_apart() -> None:
    error, cart = event(VisitorError(message="No")), event(Cart(total=1, item_count=1))

    assert "data-filter" not in look(Visit(pages=(page(0),), events=(error,)))
    assert "All Errors 1 Cart 1" in read(look(Visit(pages=(page(0),), events=(error, cart))), "pages")


def test_pages_that_are_not_shown_are_counted() -> None:
    pages = tuple(page(number) for number in range(70))
    text = read(look(Visit(pages=pages, events=(event(VisitorError(message="No")),))), "pages")

    assert "Show all 60 pages" in text
    assert "10 earlier pages with 1 event not shown" in text


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


def test_offers_stand_on_the_page_where_they_were_made() -> None:
    offer = Engagement(page_id="0", type=2, acceptances=(Acceptance(at_ms=AT_MS + MINUTE, page_id="1"),))
    text = read(look(Visit(pages=(page(0), page(1)), engagements=(offer,))), "pages")

    assert text.index("Offer accepted: Toaster") < text.index("Page 0") < text.index("Offer shown: Toaster")


def test_what_a_page_reports_of_a_person_is_an_event_in_words() -> None:
    events = (event(CALLER), event(Person(age_years=34.0)))

    text = read(look(Visit(pages=(page(0),), events=events)), "pages")

    assert "Told a name: John Doe" in text
    assert "Told personal details" in text
