"""What one object of a response can be asked."""

from __future__ import annotations

import pytest

from lpcontext.reading.day import Day
from lpcontext.reading.reader import Reader


def reader(**fields: object) -> tuple[Reader, set[str]]:
    drift: set[str] = set()
    return Reader(fields, path="top", drift=drift), drift


@pytest.mark.parametrize(
    ("time", "at_ms"),
    [
        ("1970-01-01T00:00:01Z", 1_000),
        ("1970-01-01T00:00:01.5+00:00", 1_500),
        ("1970-01-01T03:00:01.001+03:00", 1_001),
        ("1969-12-31T19:00:01-0500", 1_000),
        (" 1970-01-01T00:00:01Z ", 1_000),
        (1_000, 1_000),
        ("1000", 1_000),
        (None, None),
        ("", None),
        (0, None),
    ],
)
def test_a_time_is_read_in_either_spelling(time: object, at_ms: int | None) -> None:
    fields, drift = reader(time=time)

    assert fields.iso_time_ms("time") == at_ms
    assert drift == set()


@pytest.mark.parametrize(
    "time", ["1970-01-01T00:00:01", "1970-01-01", "1970-13-01T00:00:01Z", "now", -1, 10**18, 1.5, True, [], {}]
)
def test_an_instant_that_is_none_is_dropped_and_noted(time: object) -> None:
    fields, drift = reader(time=time)

    assert fields.iso_time_ms("time") is None
    assert drift == {"top.time"}


def test_lines_are_kept_apart_and_whole() -> None:
    fields, drift = reader(text="a\r\nb\x0bc\x00\u2029" + "d" * 100_000)

    assert fields.lines("text") == "a\nb\nc\n" + "d" * 100_000
    assert drift == set()


@pytest.mark.parametrize("nothing", [None, "", " \n ", "*!@NULL*!@"])
def test_no_lines_are_nothing(nothing: object) -> None:
    fields, drift = reader(text=nothing)

    assert fields.lines("text") is None
    assert drift == set()


def test_lines_that_are_a_number_are_its_text() -> None:
    fields, _ = reader(text=7)

    assert fields.lines("text") == "7"


@pytest.mark.parametrize("value", [[], {}, True, "\x00"])
def test_lines_that_are_none_are_dropped_and_noted(value: object) -> None:
    fields, drift = reader(text=value)

    assert fields.lines("text") is None
    assert drift == {"top.text"}


def test_a_choice_means_what_its_word_means() -> None:
    fields, drift = reader(size="big")

    assert fields.choice("size", {"big": 9}) == 9
    assert fields.choice("none", {"big": 9}) is None
    assert drift == set()


def test_a_choice_of_another_word_is_dropped_and_noted() -> None:
    fields, drift = reader(size="huge")

    assert fields.choice("size", {"big": 9}) is None
    assert drift == {"top.size"}


def test_a_day_is_read_from_pieces() -> None:
    fields, _ = reader(on={"year": 2018, "month": "1", "day": 32})

    assert fields.day("on") == Day(year=2018, month=1)
