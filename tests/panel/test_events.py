"""Events that name no page we know of."""

from __future__ import annotations

from lpcontext.visits import (
    Visit,
    VisitorError,
)
from tests.panel.render_helpers import event, look, page, read


def test_an_event_of_no_known_page_has_a_part_of_its_own() -> None:
    body = look(Visit(pages=(page(0),), events=(event(VisitorError(message="Lost"), on=99),)))

    assert "Lost" in read(body, "events")
    assert "Lost" not in read(body, "pages")
