"""Whatever arrives, it is only ever text, it fits, and it can be kept."""

from __future__ import annotations

import copy
import json
import time
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lpcontext.chats.model import ChatResponse, Survey, Transcript
from lpcontext.chats.parsing.chat import parse_chat
from lpcontext.chats.parsing.errors import UnreadableChat
from lpcontext.chats.status import compute_chat_status
from lpcontext.chats.survey_answers import find_survey_answers
from lpcontext.chats.transcript import extend_transcript
from lpcontext.masking.chat_lines import mask_chat_line
from lpcontext.subjects.recognising import recognise_id
from tests.chats.responses import JSON_BODIES, VERBS, Verb, as_xml, event_of, load, read_events

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["*!@NULL*!@", "", "0", "-1", "\ud800", 10**400, "2015-08-30T18:06:02+03:00", "line"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def paths_into(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a JSON value, from the root to the leaves."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, inner in items for place in paths_into(inner, (*path, key)))]


def put(body: Any, path: tuple[str | int, ...], value: Any) -> Any:
    """The response with this value in that place."""
    if not path:
        return value
    body = copy.deepcopy(body)
    holder = body
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return body


PLACES = [(name, path) for name in JSON_BODIES for path in paths_into(load(name))]


def check_everything(verb: Verb, body: object) -> None:
    """It parses or says that it cannot; what was parsed survives the memory, and every question has an answer."""
    try:
        parsed = verb(body)
    except UnreadableChat:
        return
    found = parsed.value
    if isinstance(found, msgspec.Struct):
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=type(found)) == found
    msgspec.msgpack.encode(found)
    json.dumps(parsed.drift).encode()
    ask_everything(found)


def ask_everything(found: object) -> None:
    if isinstance(found, ChatResponse):
        held = extend_transcript(Transcript(), found.transcript)
        assert extend_transcript(held, found.transcript) == held
        msgspec.json.encode(compute_chat_status(found.chat, held))
        recognise_id(found.chat.visitor_id or "")
        for event in held.events:
            mask_chat_line(event.text or "")
    if isinstance(found, Survey):
        find_survey_answers(found)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(set(VERBS.values()), key=str)), JSON)
def test_any_json_is_a_response_or_unreadable(verb: Verb, body: object) -> None:
    check_everything(verb, body)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PLACES), JSON)
def test_any_json_in_any_place_of_a_documented_response_can_be_kept(
    place: tuple[str, tuple[str | int, ...]], value: object
) -> None:
    name, path = place

    check_everything(VERBS[name], put(load(name), path, value))


CHAT_PLACES = [
    path for path in paths_into(load("chat-resources-doc.json")) if path[1:2] == ("info",) and len(path) == 3
]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(CHAT_PLACES), JSON)
def test_any_json_in_one_field_of_a_chat_spoils_no_other_field(path: tuple[str | int, ...], value: object) -> None:
    documented = parse_chat(load("chat-resources-doc.json")).value

    changed = parse_chat(put(load("chat-resources-doc.json"), path, value)).value

    names = documented.chat.__struct_fields__
    assert sum(getattr(changed.chat, name) != getattr(documented.chat, name) for name in names) <= 1
    assert changed.transcript == documented.transcript


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_bytes_as_xml_are_unreadable_or_a_response(body: bytes | str) -> None:
    check_everything(parse_chat, body)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_documented_response_in_xml_with_any_damage_is_unreadable_or_can_be_kept(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([name for name in JSON_BODIES if not name.startswith("participant")]))
    body = load(name)
    assert isinstance(body, dict)
    document = as_xml(body).encode()
    start = data.draw(st.integers(0, len(document)))
    end = data.draw(st.integers(start, min(len(document), start + 40)))

    check_everything(VERBS[name], document[:start] + data.draw(st.binary(max_size=20)) + document[end:])


def test_a_script_in_a_line_is_text_like_any_other() -> None:
    assert event_of(type="line", text="<script>alert(1)</script>").text == "<script>alert(1)</script>"


def test_a_line_of_a_hundred_kilobytes_is_cut_and_says_so() -> None:
    event = event_of(type="line", text="x" * 100_000)

    assert event.text == "x" * 5_000
    assert event.hidden_characters == 95_000


def test_a_line_of_just_the_longest_length_is_whole() -> None:
    event = event_of(type="line", text="x" * 5_000)

    assert (event.text, event.hidden_characters) == ("x" * 5_000, 0)


def test_html_is_not_cut_inside_a_tag() -> None:
    event = event_of(type="line", textType="html", text="a" * 4_990 + '<a href="https://long.example">link</a>')

    assert event.text == "a" * 4_990
    assert event.hidden_characters == 39


def test_html_that_is_one_endless_tag_leaves_nothing_and_says_how_much() -> None:
    event = event_of(type="line", textType="html", text="<a " + "x" * 9_997)

    assert (event.text, event.hidden_characters) == (None, 10_000)


def test_a_lone_surrogate_in_a_line_can_be_kept() -> None:
    assert event_of(type="line", text="a\ud800b").text == "a\ufffdb"


def test_deep_nesting_is_passed_over() -> None:
    deep: Any = "bottom"
    for _ in range(50_000):
        deep = {"chat": deep, "event": deep}

    parsed = parse_chat({"chat": {"info": {"agentName": deep, "state": "ended"}, "events": deep}})

    assert parsed.value.chat.state == "ended"


def test_of_an_enormous_response_the_last_twenty_thousand_events_are_read_and_the_rest_is_noted() -> None:
    parsed = read_events({"events": {"event": [{"id": n, "type": "line"} for n in range(20_001)]}})

    assert (len(parsed.value.events), parsed.value.events[0].id) == (20_000, 1)
    assert parsed.drift == ("events.event[]",)


@pytest.mark.parametrize("spelling", ["json", "xml"])
def test_ten_thousand_lines_are_read_in_seconds(spelling: str) -> None:
    body: Any = {"events": {"event": [{"@id": n, "@type": "line", "text": f"line {n}"} for n in range(10_000)]}}
    body = as_xml(body) if spelling == "xml" else body

    began = time.process_time()
    transcript = extend_transcript(Transcript(), read_events(body).value)

    assert time.process_time() - began < 5
    assert (len(transcript.events), transcript.hidden, transcript.next_from) == (500, 9_500, 10_000)


def test_a_parsed_response_is_equal_to_itself_read_again() -> None:
    body = load("chat-resources-doc.json")

    assert parse_chat(body) == parse_chat(body)
