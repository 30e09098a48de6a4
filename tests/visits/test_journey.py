"""The pages a visitor viewed, newest first."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lpcontext.visits.journey import Journey, PageEvent, PageView, build_journey, find_current_page
from lpcontext.visits.model import Cart, Visit, VisitorError
from lpcontext.visits.parsing.visit import parse_visit
from tests.visits.responses import Json, large_state, on_page, visit_of


def page(id_: str, *, at_ms: int | None = None, url: str | None = None, stay_ms: int | None = None) -> Json:
    return {"id": id_, "startTime": at_ms, "url": url or f"shop.example/{id_}", "timeOnPage": stay_ms}


def cart(items: int, *, page_id: str | None, at_ms: int | None = None) -> Json:
    contexts = {"page": {"id": page_id}} if page_id else None
    return {"cartStatus": {"serverTimeStamp": at_ms, "contexts": contexts, "numItems": items}}


def error(message: str, *, page_id: str, at_ms: int) -> Json:
    return {"visitorError": on_page(page_id, at_ms=at_ms, message=message)}


def journey_of(**fields: object) -> Journey:
    return build_journey(visit_of(**fields))


def names(journey: Journey) -> list[str | None]:
    return [page_view.page.id if page_view.page else None for page_view in journey.page_views]


def items(page_view: PageView) -> list[tuple[Any, int]]:
    found = []
    for page_event in page_view.events:
        attribute = page_event.event.attribute
        assert isinstance(attribute, Cart | VisitorError)
        found.append((attribute.item_count if isinstance(attribute, Cart) else attribute.message, page_event.count))
    return found


def test_a_visit_with_nothing_has_no_journey_and_no_page() -> None:
    assert build_journey(Visit()) == Journey()
    assert find_current_page(Visit()) is None


def test_the_current_page_is_the_one_opened_last() -> None:
    found = find_current_page(visit_of(pages=[page("b", at_ms=2), page("a", at_ms=1)]))

    assert found is not None
    assert found.id == "b"


def test_pages_are_found_newest_first_with_their_own_events_newest_first() -> None:
    journey = journey_of(
        pages=[page("a", at_ms=100), page("b", at_ms=200)],
        events=[
            cart(1, page_id="a", at_ms=110),
            cart(2, page_id="a", at_ms=120),
            cart(3, page_id="b", at_ms=210),
        ],
    )

    assert names(journey) == ["b", "a"]
    assert [items(page_view) for page_view in journey.page_views] == [[(3, 1)], [(2, 1), (1, 1)]]


def test_an_event_belongs_to_the_page_it_names_though_its_time_says_another() -> None:
    journey = journey_of(pages=[page("a", at_ms=100), page("b", at_ms=200)], events=[cart(1, page_id="a", at_ms=250)])

    assert [items(page_view) for page_view in journey.page_views] == [[], [(1, 1)]]


def test_an_event_that_names_no_page_belongs_to_the_one_open_at_its_time() -> None:
    journey = journey_of(
        pages=[page("a", at_ms=100), page("b", at_ms=200)],
        events=[cart(1, page_id=None, at_ms=199), cart(2, page_id=None, at_ms=200)],
    )

    assert [items(page_view) for page_view in journey.page_views] == [[(2, 1)], [(1, 1)]]


def test_an_event_before_any_page_belongs_to_none() -> None:
    journey = journey_of(pages=[page("a", at_ms=100)], events=[cart(1, page_id=None, at_ms=50)])

    assert names(journey) == ["a", None]
    assert items(journey.page_views[1]) == [(1, 1)]


def test_an_event_on_a_page_we_do_not_hold_belongs_to_none_and_stands_at_its_time() -> None:
    journey = journey_of(
        pages=[page("a", at_ms=100), page("b", at_ms=200)], events=[cart(1, page_id="gone", at_ms=150)]
    )

    assert names(journey) == ["b", None, "a"]


def test_an_event_without_page_and_time_stands_at_the_end() -> None:
    journey = journey_of(pages=[page("a", at_ms=100)], events=[cart(1, page_id=None)])

    assert names(journey) == ["a", None]


def test_events_of_a_visit_without_pages_are_one_page_view() -> None:
    journey = journey_of(events=[cart(1, page_id="x", at_ms=1), cart(2, page_id=None, at_ms=2)])

    assert names(journey) == [None]
    assert items(journey.page_views[0]) == [(2, 1), (1, 1)]


def test_a_page_that_was_reloaded_is_one_page_view_with_the_events_and_time_of_all_loads() -> None:
    journey = journey_of(
        pages=[
            page("a1", at_ms=100, url="shop.example/pay", stay_ms=30),
            page("a2", at_ms=200, url="shop.example/pay", stay_ms=40),
            page("a3", at_ms=300, url="shop.example/pay"),
        ],
        events=[error("Refused", page_id="a1", at_ms=110), error("Refused", page_id="a3", at_ms=310)],
    )

    (page_view,) = journey.page_views
    assert names(journey) == ["a3"]
    assert (page_view.loads, page_view.stay_ms) == (3, 70)
    assert items(page_view) == [("Refused", 2)]
    assert page_view.events[0].event.at_ms == 310


def test_a_page_opened_again_after_another_is_a_page_view_of_its_own() -> None:
    journey = journey_of(pages=[page("1", at_ms=1, url="x"), page("2", at_ms=2, url="y"), page("3", at_ms=3, url="x")])

    assert names(journey) == ["3", "2", "1"]


def test_pages_without_an_address_are_not_taken_for_reloads() -> None:
    journey = journey_of(pages=[{"id": "1"}, {"id": "2"}])

    assert names(journey) == ["2", "1"]


def test_repeats_are_folded_though_another_kind_came_between() -> None:
    journey = journey_of(
        pages=[page("a", at_ms=0)],
        events=[
            cart(1, page_id="a", at_ms=1),
            error("Refused", page_id="a", at_ms=2),
            cart(1, page_id="a", at_ms=3),
            error("Refused", page_id="a", at_ms=4),
        ],
    )

    assert items(journey.page_views[0]) == [("Refused", 2), (1, 2)]


def test_a_cart_that_went_up_and_down_again_keeps_its_three_steps() -> None:
    steps = [cart(count, page_id="a", at_ms=at_ms) for at_ms, count in enumerate([1, 2, 1], start=1)]

    assert items(journey_of(pages=[page("a", at_ms=0)], events=steps).page_views[0]) == [(1, 1), (2, 1), (1, 1)]


def test_more_events_than_fit_are_counted() -> None:
    events = [cart(n // 2, page_id="a", at_ms=n) for n in range(1, 41)]

    (page_view,) = journey_of(pages=[page("a", at_ms=0)], events=events).page_views

    assert len(page_view.events) == 12
    assert sum(page_event.count for page_event in page_view.events) + page_view.hidden_events == 40
    assert items(page_view)[0] == (20, 1)


def test_more_page_views_than_fit_are_counted_with_their_events() -> None:
    pages = [page(str(n), at_ms=n) for n in range(1, 101)]
    events = [cart(n, page_id=str(n), at_ms=n) for n in range(1, 101)]

    journey = journey_of(pages=pages, events=events)

    assert names(journey)[0] == "100"
    assert (len(journey.page_views), journey.hidden_page_views, journey.hidden_events) == (60, 40, 40)


def test_the_documented_page_tells_its_nine_events() -> None:
    (page_view,) = build_journey(parse_visit(large_state(pages=1, events=9)).visit).page_views

    assert len(page_view.events) == 9
    assert all(isinstance(page_event, PageEvent) for page_event in page_view.events)


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.none() | st.integers(1, 50)), max_size=12),
    st.lists(st.tuples(st.integers(0, 3), st.none() | st.sampled_from("abcx"), st.none() | st.integers(1, 50))),
    st.integers(0, 4),
    st.integers(0, 4),
)
def test_no_page_and_no_event_disappears_without_a_count(
    pages: list[tuple[str, int | None]], events: list[tuple[int, str | None, int | None]], page_views: int, most: int
) -> None:
    visit = visit_of(
        pages=[page(str(n), at_ms=at_ms, url=url) for n, (url, at_ms) in enumerate(pages)],
        events=[cart(count, page_id=page_id, at_ms=at_ms) for count, page_id, at_ms in events],
    )

    whole = build_journey(visit, most_page_views=1_000, most_events=1_000)
    cut = build_journey(visit, most_page_views=page_views, most_events=most)

    assert sum(page_view.loads for page_view in whole.page_views if page_view.page) == len(pages)
    assert count_events(whole) == count_events(cut) == len(events)
    assert len(cut.page_views) + cut.hidden_page_views == len(whole.page_views)


def count_events(journey: Journey) -> int:
    shown = sum(page_event.count for page_view in journey.page_views for page_event in page_view.events)
    return shown + sum(page_view.hidden_events for page_view in journey.page_views) + journey.hidden_events
