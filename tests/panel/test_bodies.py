"""The body as a whole: one root, the parts in their order, and nothing in it that a clock could change."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from lpcontext.panel.caching import render_cache
from lpcontext.visits import Cart, Geo, ViewedProducts, Visit, VisitorError
from lpcontext.visits.model import Product, ProductLine
from tests.panel.render_helpers import AT_MS, CALLER, documented_visit, event, look, page, read, sections

FILLED = {"identity", "now", "attention", "commerce", "pages", "engagements", "session", "campaign", "attributes"}


def test_the_documented_visit_fills_its_parts() -> None:
    assert set(sections(look(documented_visit()))) >= FILLED


def test_a_body_is_one_root_that_names_its_version() -> None:
    body = look(documented_visit())

    assert body.startswith('<div id="panel-body" data-version="abc">')
    assert body.endswith("</div>")
    assert body.count('id="panel-body"') == 1
    assert body.count("<div") == body.count("</div>")
    assert body.count("<section") == body.count("</section>")


def test_the_same_visit_is_the_same_bytes_remembered_or_not() -> None:
    first = look(documented_visit())
    again = look(documented_visit())
    render_cache.forget_rendered()

    assert first == again == look(documented_visit())


def test_of_a_visit_nobody_knows_anything_of_only_the_visitor_is_shown() -> None:
    body = look(Visit())

    assert sections(body) == ["identity"]
    assert read(body, "identity") == "Unknown visitor the page has reported no name An unnamed visitor is on the site."


def test_ids_occur_once() -> None:
    crowded = replace(documented_visit(), events=documented_visit().events * 3)

    ids = re.findall(r' id="([^"]*)"', look(crowded))

    assert "" not in ids
    assert len(ids) == len(set(ids))


def test_a_new_event_leaves_every_older_row_as_it_was() -> None:
    before = Visit(pages=(page(0), page(1)), events=(event(VisitorError(message="first")),))
    after = replace(before, events=(*before.events, event(VisitorError(message="second"), on=1, after_ms=90_000)))

    rows = re.findall(r'<li id="p1e[^"]*".*?</li>', look(before), re.DOTALL)

    assert len(rows) == 1
    assert rows[0] in look(after)


def test_what_is_remembered_of_one_visitor_is_never_shown_for_another() -> None:
    one = Visit(person=CALLER, geo=Geo(city="Tel Aviv"), pages=(page(0),), cart=Cart(total=5, item_count=1))
    other = replace(one, geo=Geo(city="Haifa"), cart=Cart(total=6, item_count=1))

    assert "Haifa" not in look(one)
    assert "Tel Aviv" not in look(other)
    assert "6.00" in read(look(other), "commerce")


def test_a_body_holds_absolute_times_only() -> None:
    body = look(documented_visit())

    assert '<time datetime="2016-10-05T13:48:36Z"' in body
    assert not re.search(r"\bago\b(?!\")", re.sub(r"<[^>]*>", "", body))


def test_nothing_in_a_body_is_inline_script_or_style() -> None:
    body = look(documented_visit())

    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:", body)


def busy_visit() -> Visit:
    """50 pages and 60 events: the visit the numbers of the design are about."""
    tell: list[Callable[[int], Cart | ViewedProducts | VisitorError]] = [
        lambda n: Cart(
            total=10.0 + n, item_count=n, lines=(ProductLine(product=Product(name="shoe", price=7.8), quantity=1),)
        ),
        lambda n: ViewedProducts(lines=(ProductLine(product=Product(name=f"Red shoe {n}", price=77.8)),)),
        lambda n: VisitorError(message=f"Field {n} is missing", code="er100004"),
    ]
    events = tuple(event(tell[n % 3](n), on=n * 50 // 60, after_ms=n * 50_000) for n in range(60))
    return replace(documented_visit(), pages=tuple(page(n) for n in range(50)), events=events)


def test_a_busy_visit_is_at_most_six_kilobytes_on_the_wire() -> None:
    body = look(busy_visit())

    assert body.count('class="stop ') == 50
    assert len(gzip.compress(body.encode(), 6)) <= 6 * 1024


@pytest.mark.parametrize("masked", [True, False])
def test_viewer_classes_share_nothing(masked: bool) -> None:
    visit = Visit(person=CALLER)
    look(visit, masked=not masked)

    assert ("myname@example.com" in look(visit, masked=masked)) is not masked


def test_a_quiet_visitor_is_said_to_be_quiet() -> None:
    visit = Visit(pages=(page(0),), started_at_ms=AT_MS)

    assert "on the site since 13:48 UTC" in read(look(visit), "now")
    assert "quiet since 13:49 UTC" in read(look(visit, present=False, active_at_ms=AT_MS + 60_000), "now")
