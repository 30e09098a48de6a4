"""Woven templates draw what Django draws, and refuse what a part's template may not say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import get_template
from django.utils.safestring import SafeString
from msgspec.structs import replace

from lpcontext.panel.contexts.attention import NeedsAttention
from lpcontext.panel.contexts.attributes import tell_attributes
from lpcontext.panel.contexts.brief import Brief
from lpcontext.panel.contexts.commerce import Commerce
from lpcontext.panel.contexts.identity import Identity
from lpcontext.panel.contexts.notice import Notice
from lpcontext.panel.contexts.now import Now, Presence
from lpcontext.panel.contexts.offers import OfferMoment, Offers, name_pages
from lpcontext.panel.contexts.session import tell_campaign, tell_session
from lpcontext.panel.contexts.stop import StopContext
from lpcontext.panel.contexts.timeline import Strays, Timeline
from lpcontext.panel.veil import Veil
from lpcontext.panel.weaving import CannotWeave, draw_template, weave
from lpcontext.snapshots import VisitSnapshot
from lpcontext.subjects import State
from lpcontext.visits import Engagement, Visit, build_journey, find_attention, find_current_page, find_display_name
from lpcontext.visits.model import Skill
from tests.panel.render_helpers import AT_MS, documented_visit, page
from tests.panel.test_bodies import busy_visit
from tests.panel.test_hostile_text import hostile_visit

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
VISITS = {
    "documented": documented_visit(),
    "busy": busy_visit(),
    "hostile": hostile_visit(),
    "empty": Visit(),
    "no titles": Visit(pages=(page(0, title=None), page(1, title=None, url=None))),
    "offers": Visit(engagements=(Engagement(skill=Skill(id="7")),) * 14),
}


def settled(markup: str) -> str:
    return re.sub(r"\s*\n\s*", "\n", markup).strip()


def contexts_of(visit: Visit) -> Iterator[Any]:
    """Every part of a visit, as rendering makes them."""
    veil, here, now = Veil.of(visit, masked=True), Presence("here"), find_current_page(visit)
    name, attention = find_display_name(visit), find_attention(visit)
    brief = Brief.of(name, visit.customer, visit.geo, now, here, attention, visit.cart, visit.purchases, veil)
    yield Identity.of(name, visit.person, visit.customer, brief, veil)
    yield Now.of(now, here, visit.started_at_ms, visit.geo, "en", visit.device, veil)
    yield NeedsAttention.of(attention, veil)
    yield Commerce.of(visit.cart, AT_MS, visit.purchases, visit.viewed, visit.leads, visit.services, veil)
    yield Offers.of(visit.engagements, name_pages(visit.engagements, visit.pages), veil)
    yield tell_session(visit.started_at_ms, 2, visit.device, visit.geo, visit.web_search, visit.external_referrer, veil)
    yield tell_campaign(visit.marketing, veil)
    yield tell_attributes(
        visit.person, visit.customer, "TEST", visit.visitor_id, visit.session_id, "1", visit.profiles, veil
    )
    journey = build_journey(visit)
    yield Timeline.of(journey, 2, SafeString("<li>…</li>"), 13)
    for stop in journey.page_views:
        yield StopContext.of(stop, 1, (OfferMoment("Offer shown", count=2),), "here", veil)
        yield Strays.of(stop, veil)
    yield Notice.of(VisitSnapshot(state=State.CACHED, first_seen_ms=1, version="v", as_of_ms=AT_MS, next_try_ms=AT_MS))
    yield Notice.of(VisitSnapshot(state=State.WRONG_ACCOUNT, first_seen_ms=1, version="v"))


@pytest.mark.parametrize("name", VISITS)
def test_a_woven_part_is_what_django_would_draw(name: str) -> None:
    for context in filter(None, contexts_of(VISITS[name])):
        woven = draw_template(context.template, part=context)

        assert settled(woven) == settled(get_template(context.template).render({"part": context}))


def test_the_frames_of_a_body_are_what_django_would_draw() -> None:
    scope = {"version": "v<", "notice": SafeString("<p>"), "left": "a&b", "right": "", "more": SafeString("<i>")}

    for name in ("panel/_body.html", "panel/_bare.html", "panel/_waiting.html"):
        assert settled(draw_template(name, **scope)) == settled(get_template(name).render(scope))


def test_every_template_of_a_part_can_be_woven() -> None:
    parts = sorted(path.name for path in (TEMPLATES / "panel").glob("_*.html"))

    assert len(parts) > 10
    for name in parts:
        weave(f"panel/{name}")


@pytest.fixture
def template(tmp_path: Path, settings: Any) -> Any:
    def write(text: str) -> str:
        name = f"t{abs(hash(text))}.html"
        (tmp_path / name).write_text(text)
        return name

    backend = dict(settings.TEMPLATES[0])
    settings.TEMPLATES = [{**backend, "DIRS": [tmp_path]}]
    return write


@pytest.mark.parametrize(
    "text",
    [
        "{{ name|upper }}",
        "{% if count > 3 %}many{% endif %}",
        "{% if one and other %}both{% endif %}",
        "{% now 'H:i' %}",
        "{% for one, other in pairs %}{{ one }}{% endfor %}",
        "{% for one in ones %}{% empty %}none{% endfor %}",
        "{% include name only %}",
        "{% with other=name %}{{ other }}{% endwith %}",
    ],
)
def test_a_template_that_decides_is_refused_by_name(text: str, template: Any) -> None:
    name = template(text)

    with pytest.raises(CannotWeave, match=name):
        weave(name)


def test_values_are_escaped_unless_they_are_markup_already(template: Any) -> None:
    name = template("{{ plain }}{{ markup }}{{ number }}")

    assert draw_template(name, plain="<&>", markup=SafeString("<b>"), number=3) == "&lt;&amp;&gt;<b>3"


def test_a_name_nobody_gave_is_an_error_and_no_blank(template: Any) -> None:
    name = template("{{ part.nmae }}")

    with pytest.raises(AttributeError):
        draw_template(name, part=replace(Visit(), session_id="x"))
