"""What counts when two answers are compared without reading either."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from lpcontext.visits.parsing.fingerprint import compute_fingerprint
from tests.visits.responses import documented_state

Json = dict[str, Any]


def with_pages(*pages: Json, **fields: Any) -> Json:
    return {"id": "S", "appSessions": [{"id": "S", "pages": list(pages), **fields}]}


def page(number: int, *, begun: object = None, stay: object = 1000) -> Json:
    return {"id": str(number), "startTime": number * 10_000 if begun is None else begun, "timeOnPage": stay}


def digest(state: Json) -> bytes:
    return compute_fingerprint(state)[0]


def turned_around(value: Any) -> Any:
    """The same, with the keys of every object in the opposite order."""
    if isinstance(value, dict):
        return {key: turned_around(value[key]) for key in reversed(value)}
    return [turned_around(each) for each in value] if isinstance(value, list) else value


def test_the_order_of_keys_does_not_count_at_any_depth() -> None:
    state = documented_state()

    assert list(turned_around(state)) != list(state)
    assert digest(turned_around(state)) == digest(state)


def test_the_order_of_a_list_does() -> None:
    assert digest(with_pages(events=[1, 2])) != digest(with_pages(events=[2, 1]))


def test_time_on_the_current_page_does_not_count_and_is_returned() -> None:
    first, second = with_pages(page(1), page(2, stay=500)), with_pages(page(1), page(2, stay=5500))

    assert digest(first) == digest(second)
    assert (compute_fingerprint(first)[1], compute_fingerprint(second)[1]) == (500, 5500)


def test_time_on_an_earlier_page_counts() -> None:
    assert digest(with_pages(page(1), page(2))) != digest(with_pages(page(1, stay=2000), page(2)))


def test_a_new_page_counts() -> None:
    assert digest(with_pages(page(1))) != digest(with_pages(page(1), page(2)))


@pytest.mark.parametrize(
    "make",
    [
        lambda stay: with_pages(page(2), page(1, stay=stay)),  # the last in the list is not the last begun
        lambda stay: with_pages(page(1, begun="soon"), page(2, stay=stay)),
        lambda stay: with_pages(page(1, stay=f"{stay}")),
        lambda stay: {"appSessions": [{"pages": [page(1, stay=stay)]}, {"pages": []}]},
        lambda stay: {"pages": [page(1, stay=stay)]},
        lambda stay: {"appSessions": [{"pages": [page(1, stay=stay), None]}]},
    ],
)
def test_in_any_doubt_which_page_is_current_its_time_counts(make: Any) -> None:
    first, second = make(1000), make(2000)

    assert digest(first) != digest(second)
    assert compute_fingerprint(first)[1] is None


@pytest.mark.parametrize("state", [{}, {"appSessions": None}, {"appSessions": []}, {"appSessions": [7]}, with_pages()])
def test_a_response_without_pages_has_a_digest_and_no_time(state: Json) -> None:
    digest, stay = compute_fingerprint(state)

    assert (len(digest), stay) == (16, None)


def test_the_response_stays_as_it_came() -> None:
    state = with_pages(page(1), page(2))
    before = copy.deepcopy(state)

    compute_fingerprint(state)

    assert state == before


def test_half_a_character_is_no_trouble() -> None:
    """JSON may spell half of a pair, which UTF-8 cannot write."""
    state = json.loads(
        '{"appSessions": [{"pages": [{"id": "1", "startTime": 1, "timeOnPage": 5, "title": "\\ud83d"}]}]}'
    )
    other = copy.deepcopy(state)
    other["appSessions"][0]["pages"][0]["title"] = "\ud83e"
    grown = copy.deepcopy(turned_around(state))
    grown["appSessions"][0]["pages"][0]["timeOnPage"] = 9

    assert digest(state) != digest(other)
    assert digest(state) == digest(grown)
    assert compute_fingerprint(grown)[1] == 9
    assert state["appSessions"][0]["pages"][0]["timeOnPage"] == 5
