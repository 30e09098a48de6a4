"""What to call somebody."""

from __future__ import annotations

from typing import Any

import pytest

from lpcontext.visits.identity import find_display_name
from lpcontext.visits.model import Visit
from tests.visits.responses import visit_of


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"personalInfo": {"name": "John", "surname": "Doe"}}, "John Doe"),
        ({"personalInfo": {"name": "John"}}, "John"),
        ({"personalInfo": {"surname": "Doe"}}, "Doe"),
        ({"personalInfo": {"name": "John"}, "customerInfo": {"userName": "user000"}}, "John"),
        ({"personalInfo": {"company": "company"}, "customerInfo": {"userName": "user000"}}, "user000"),
        ({"customerInfo": {"userName": "user000", "accountName": "bank corp"}}, "user000"),
        ({"customerInfo": {"accountName": "bank corp"}}, "bank corp"),
        ({"customerInfo": {"customerId": "7"}}, None),
    ],
)
def test_a_visitor_is_called_by_the_best_name_the_page_gave(fields: dict[str, Any], name: str | None) -> None:
    assert find_display_name(visit_of(**fields)) == name


def test_an_anonymous_visitor_has_no_name() -> None:
    assert find_display_name(Visit()) is None
