"""Whatever arrives, it is only ever text, it fits, and it can be kept."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lpcontext.visits.attention.rules import find_attention
from lpcontext.visits.identity import find_display_name
from lpcontext.visits.journey import build_journey
from lpcontext.visits.model import Person, Visit
from lpcontext.visits.parsing.visit import UnreadableVisit, parse_visit
from tests.masking.known import find_contacts
from tests.visits.responses import documented_state, large_state, parse, visit_of

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["*!@NULL*!@", "NA", "", "0", "12", "\ud800", 0, -1, 10**400, 1475675316326]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def paths_into(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a JSON value, from the root to the leaves."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, inner in items for place in paths_into(inner, (*path, key)))]


PLACES = paths_into(documented_state())


def put(state: Any, path: tuple[str | int, ...], value: Any) -> Any:
    """The state with this value in that place."""
    if not path:
        return value
    holder = state
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return state


def check_everything(state: object) -> None:
    """It parses or says that it cannot; what was parsed survives the memory, and every question has a response."""
    try:
        parsed = parse_visit(state, wanted_session="x")
    except UnreadableVisit:
        return
    kept = msgspec.msgpack.encode(parsed.visit)
    assert msgspec.msgpack.decode(kept, type=Visit) == parsed.visit
    json.dumps(parsed.drift).encode()
    for response in (build_journey(parsed.visit), find_attention(parsed.visit)):
        msgspec.json.encode(response)
    find_contacts(parsed.visit)
    find_display_name(parsed.visit)


@settings(max_examples=100, deadline=None)
@given(JSON)
def test_any_json_is_a_visit_or_unreadable(state: object) -> None:
    check_everything(state)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([path for path in PLACES if len(path) >= 3]), JSON)
def test_any_json_in_any_place_of_the_documented_response_spoils_no_other_part(
    path: tuple[str | int, ...], value: Any
) -> None:
    documented = msgspec.structs.asdict(parse_visit(documented_state()).visit)
    state = put(documented_state(), path, value)

    check_everything(state)
    read = msgspec.structs.asdict(parse_visit(state).visit)

    spoilt = {name for name in read if read[name] != documented[name]}
    assert len(spoilt) <= 1 or spoilt == {"cart", "cart_change"}


@settings(max_examples=100, deadline=None)
@given(JSON)
def test_any_json_under_each_known_kind_of_event_can_be_kept(body: object) -> None:
    kinds = [next(iter(item)) for item in documented_state()["appSessions"][0]["events"]]

    check_everything({"appSessions": [{"events": [{kind: body} for kind in [*kinds, "searchContent", "new"]]}]})


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("John\x00\x07\x1b Doe", "John Doe"),
        ("John\tDoe\r\n", "John Doe"),
        ("John\u2028Doe", "John Doe"),
        ("John\x85Doe", "John Doe"),
        ("John\x7f\x9f", "John"),
        ("  John  ", "John"),
        ("\u202eeoD nhoJ", "\u202eeoD nhoJ"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("{{ 7*7 }}", "{{ 7*7 }}"),
        ("J\ud800hn", "J\ufffdhn"),
        ("Jos\u00e9 😀", "José 😀"),
        ("李小龍", "李小龍"),
    ],
)
def test_a_text_is_one_line_without_control_characters(sent: str, read: str) -> None:
    assert visit_of(personalInfo={"personalInfo": {"name": sent}}).person == Person(name=read)


def test_a_text_of_nothing_but_control_characters_is_dropped() -> None:
    parsed = parse(personalInfo={"personalInfo": {"name": "\x00\x01"}})

    assert parsed.visit.person is None
    assert parsed.drift == ("appSessions[].personalInfo.personalInfo.name",)


def test_a_title_and_an_address_are_cut_at_two_thousand_characters() -> None:
    long = "https://a.example/" + "x" * 50_000
    (page,) = visit_of(pages=[{"pageTitle": "t" * 50_000, "url": long, "referrer": long}]).pages

    assert page.title == "t" * 1_999 + "…"
    assert page.url == long[:1_999] + "…"
    assert page.referrer == page.url


def test_any_other_text_is_cut_at_five_thousand_characters() -> None:
    (error,) = visit_of(visitorError=[{"message": "m" * 50_000}]).errors

    assert error.message == "m" * 4_999 + "…"


def test_a_text_of_just_the_longest_length_is_whole() -> None:
    (error,) = visit_of(visitorError=[{"message": "m" * 5_000}]).errors

    assert error.message == "m" * 5_000


def test_deep_nesting_is_passed_over() -> None:
    deep: Any = "bottom"
    for _ in range(50_000):
        deep = {"personalInfo": deep, "cartStatus": deep}

    parsed = parse_visit({"appSessions": [{"personalInfo": deep, "cart": deep, "geo": {"city": deep}}]})

    assert parsed.visit == Visit()
    assert "appSessions[].geo.city" in parsed.drift


def test_of_an_enormous_list_the_last_five_thousand_are_kept_and_the_rest_is_noted() -> None:
    parsed = parse(pages=[{"id": n} for n in range(20_000)])

    assert len(parsed.visit.pages) == 5_000
    assert parsed.visit.pages[-1].id == "19999"
    assert parsed.drift == ("appSessions[].pages[]",)


def test_a_giant_session_is_read_whole() -> None:
    parsed = parse_visit(large_state(pages=500, events=2_000))

    assert (len(parsed.visit.pages), len(parsed.visit.events), parsed.drift) == (500, 2_000, ())
