"""Events of a chat that are not as documented: times, kinds, ids, line breaks and escapes."""

from __future__ import annotations

import pytest

from lpcontext.chats.model import ChatEvent
from tests.chats.responses import event_of, parse_whole, read_events


@pytest.mark.parametrize(
    ("time", "at_ms"),
    [
        ("2015-08-30T18:06:02+03:00", 1440947162000),
        ("2015-08-30T18:06:02.001+03:00", 1440947162001),
        ("2015-08-30T15:06:02.5Z", 1440947162500),
        ("2015-08-30T15:06:02.123456+0000", 1440947162123),
        (1440947162001, 1440947162001),
        ("1440947162001", 1440947162001),
        (0, None),
    ],
)
def test_a_time_is_read_with_and_without_milliseconds(time: object, at_ms: int | None) -> None:
    assert event_of(type="line", time=time).at_ms == at_ms


@pytest.mark.parametrize(
    "time", ["2015-08-30T18:06:02", "2015-02-30T18:06:02Z", "30.08.2015", "2015-08-30", "0001-01-01T00:00:00Z", True]
)
def test_a_time_that_could_be_any_is_dropped_alone(time: object) -> None:
    parsed = read_events({"events": {"event": {"type": "line", "text": "hi", "time": time}}})

    assert parsed.value.events == (ChatEvent(kind="line", text="hi"),)
    assert parsed.drift == ("events.event[].time",)


@pytest.mark.parametrize("message_id", [4, "4", "4.0"])
def test_a_system_message_id_is_a_number_however_it_came(message_id: object) -> None:
    assert event_of(type="line", systemMessageId=message_id).system_message_id == 4


@pytest.mark.parametrize(("sub_type", "private"), [("ONLY_TO_REP", True), ("REGULAR", False), (None, False)])
def test_a_line_for_agents_only_is_marked(sub_type: str | None, private: bool) -> None:
    assert event_of(type="line", subType=sub_type).only_to_agents is private


def test_rich_content_stays_as_it_came() -> None:
    event = event_of(type="line", textType="rich-content", text='{"type":"button"}')

    assert (event.text_type, event.text) == ("rich-content", '{"type":"button"}')


def test_a_transfer_is_read_with_its_skill_and_fields() -> None:
    event = event_of(type="a2a-transfer", id=7, skill="Billing", domain="va-a", remoteSiteId=25, link={"rel": "x"})

    assert (event.kind, event.skill) == ("transfer", "Billing")
    assert event.fields == (("skill", "Billing"), ("domain", "va-a"), ("remoteSiteId", "25"))


@pytest.mark.parametrize("kind", ["url", "resource", "hologram"])
def test_an_event_of_a_kind_without_documented_fields_is_kept_with_its_plain_ones(kind: str) -> None:
    event = event_of(type=kind, id=7, time="2015-08-30T15:06:02Z", address="https://a.example", shown=True, deep={})

    assert (event.kind, event.id, event.at_ms) == (kind, 7, 1440947162000)
    assert event.fields == (("address", "https://a.example"), ("shown", "true"))


def test_an_event_that_does_not_say_what_it_is_is_dropped_alone() -> None:
    parsed = read_events({"events": {"event": [{"id": 1, "text": "hi"}, {"id": 2, "type": "line"}]}})

    assert parsed.value.events == (ChatEvent(kind="line", id=2),)
    assert parsed.drift == ("events.event[]",)


def test_an_event_whose_id_is_no_number_is_kept_without_it() -> None:
    parsed = read_events({"events": {"event": {"id": "x", "type": "line", "text": "hi"}}})

    assert parsed.value.events == (ChatEvent(kind="line", text="hi"),)
    assert parsed.drift == ("events.event[].id",)


def test_a_line_keeps_its_line_breaks() -> None:
    assert event_of(type="line", text="one\r\ntwo\u2028three\x07\n").text == "one\ntwo\nthree"


def test_escapes_in_html_from_json_stay_what_they_are() -> None:
    assert event_of(type="line", textType="html", text="&lt;b&gt;x&lt;/b&gt;").text == "&lt;b&gt;x&lt;/b&gt;"


def test_escapes_in_html_from_xml_are_those_of_the_xml() -> None:
    body = (
        '<events><event id="1" type="line"><textType>html</textType><text>&lt;b&gt;x&lt;/b&gt;</text></event></events>'
    )
    (event,) = parse_whole(read_events, body).events

    assert event.text == "<b>x</b>"


def test_html_in_a_cdata_section_is_text() -> None:
    body = '<events><event id="1" type="line"><text><![CDATA[<b>x</b> & y]]></text></event></events>'
    (event,) = parse_whole(read_events, body).events

    assert event.text == "<b>x</b> & y"
