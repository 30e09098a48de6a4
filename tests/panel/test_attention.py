"""What somebody should know before the caller says it."""

from __future__ import annotations

from lpcontext.visits import (
    Service,
    Visit,
    VisitorError,
)
from tests.panel.render_helpers import event, look, markup_of, page, read


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
