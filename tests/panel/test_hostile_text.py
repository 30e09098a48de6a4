"""Whatever a page reports is text: never markup, never an unsafe link, never able to turn its neighbours round."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from lpcontext.visits import (
    Cart,
    Customer,
    Engagement,
    Geo,
    Marketing,
    Person,
    SiteSearch,
    UnknownAttribute,
    Visit,
    VisitorError,
)
from lpcontext.visits.model import Product, ProductLine, Skill
from tests.panel.render_helpers import AT_MS, documented_visit, event, look, markup_of, page, read

HOSTILE = """<img src=x onerror="alert(1)">'&"""


def hostile_visit() -> Visit:
    product = Product(name=HOSTILE, category=HOSTILE, sku=HOSTILE, price=1.0)
    return Visit(
        session_id=HOSTILE,
        started_at_ms=AT_MS,
        person=Person(name=HOSTILE, surname=HOSTILE, company=HOSTILE, gender=HOSTILE, language=HOSTILE),
        customer=Customer(
            status=HOSTILE, type=HOSTILE, customer_id=HOSTILE, currency=HOSTILE, balance=-1, role=HOSTILE
        ),
        marketing=Marketing(affiliate=HOSTILE, campaign_id=HOSTILE),
        cart=Cart(total=1, item_count=1, currency=HOSTILE, lines=(ProductLine(product=product, quantity=1),)),
        geo=Geo(country=HOSTILE, country_code=HOSTILE, city=HOSTILE, isp=HOSTILE),
        control_group=HOSTILE,
        external_referrer=HOSTILE,
        pages=(page(0, title=HOSTILE, url=f"https://shop.example/{HOSTILE}"),),
        events=(
            event(VisitorError(message=HOSTILE)),
            event(SiteSearch(keywords=(HOSTILE,)), kind="searchContent"),
            event(UnknownAttribute(fields=((HOSTILE, HOSTILE),)), kind=HOSTILE),
            event(VisitorError(message=HOSTILE, code="stray"), on=None, after_ms=-5000),
        ),
        engagements=(Engagement(page_id="0", skill=Skill(name=HOSTILE), campaign_id=HOSTILE),),
    )


def test_markup_from_a_page_is_shown_as_text() -> None:
    body = look(hostile_visit())

    assert "<img" not in body
    assert "onerror=&quot;alert(1)&quot;" in body
    assert "&amp;lt;" not in body, "escaped twice"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt://shop.example/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        "https://user:secret@shop.example/",
        "//shop.example/path",
        "shop.example/path",
    ],
)
def test_an_address_that_is_no_plain_web_address_is_text(url: str) -> None:
    body = look(Visit(pages=(page(0, url=url),)))

    assert "href" not in re.sub(r'<use href="#i-[a-z]+"', "", body)


def test_a_web_address_is_a_link_that_tells_the_other_site_nothing() -> None:
    now = markup_of(look(Visit(pages=(page(0),))), "now")

    assert '<a href="https://shop.example/pages/0"' in now
    assert 'rel="noopener noreferrer"' in now
    assert 'target="_blank"' in now


def test_text_that_turns_direction_is_fenced_in() -> None:
    turning = "\u202eevil\u2066 title"

    body = look(Visit(pages=(page(0, title=turning),), person=Person(name=turning)))

    assert body.count(f"<bdi>{turning}</bdi>") >= 3


def test_a_country_code_that_is_none_starts_no_clock() -> None:
    assert "data-country" not in look(Visit(geo=Geo(country="Nowhere", country_code="X1")))
    assert 'data-country="IL"' in look(Visit(geo=Geo(country="Israel", country_code="il")))


@pytest.mark.parametrize("where", ["title", "url"])
def test_contact_details_are_masked_wherever_a_page_repeats_them(where: str) -> None:
    values = {
        "title": "Hello myname@example.com",
        "url": "https://shop.example/reset/myname@example.com?phone=12127888877",
    }
    visit = replace(documented_visit(), pages=(page(0, **{where: values[where]}),))

    masked = look(visit)

    assert "myname@" not in masked
    assert "7888877" not in re.sub(r"<[^>]*>", "", masked)
    assert "12127888877" not in masked
    assert "m•••••@example.com" in read(masked, "now")
    assert "href" not in markup_of(masked, "now") or where == "title"


def test_contact_details_are_masked_in_errors_searches_and_unknown_events() -> None:
    visit = replace(
        documented_visit(),
        errors=(),
        events=(
            event(VisitorError(message="myname@example.com is taken")),
            event(SiteSearch(keywords=("+1 212-788-8877",))),
            event(UnknownAttribute(fields=(("mail", "myname@example.com"),)), kind="custom"),
        ),
    )

    assert "myname@" not in look(visit)
    assert "212-788-8877" not in look(visit)
    assert "myname@example.com is taken" in look(visit, masked=False)
