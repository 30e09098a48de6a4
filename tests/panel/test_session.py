"""The session, and how the visitor came."""

from __future__ import annotations

from lpcontext.visits import (
    Visit,
)
from tests.panel.render_helpers import look, read


def test_session_names_where_the_visitor_came_from_without_the_query() -> None:
    visit = Visit(external_referrer="https://search.example/find?q=secret", app_session_count=2)
    text = read(look(visit), "session")

    assert "Came from search.example/find" in text
    assert "secret" not in text
    assert "2 told, one shown" in text
