"""Every documented code has its word, and no other code has one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lpcontext.visits.codes import (
    format_channel,
    format_control_group,
    format_conversation_type,
    format_device_family,
    format_engagement_channel,
    format_engagement_state,
    format_engagement_type,
    format_gender,
    format_os,
    format_phone_type,
    format_service_status,
)

CODES: list[tuple[Callable[[int | None], str | None], dict[int, str | None], str]] = [
    (
        format_service_status,
        {
            0: "Complete",
            1: "In progress",
            2: "Approved",
            3: "Cancelled",
            4: "Not approved",
            5: "Reviewed",
            6: "Missing details",
            7: "Closed",
            8: "Removed",
            9: "Assigned",
            10: "Waiting for customer response",
            11: "Waiting for response",
            12: "Pending",
            13: "Resolved",
        },
        "status",
    ),
    (
        format_channel,
        {0: "Direct", 1: "Search", 2: "Social", 3: "Email", 4: "Referral", 5: "Paid search", 6: "Display"},
        "channel",
    ),
    (format_engagement_channel, {-1: "Unknown", 1: "Web", 2: "Voice"}, "channel"),
    (
        format_engagement_type,
        {0: "Peeling corner", 1: "Overlay", 2: "Toaster", 3: "Slide-out", 5: "Embedded", 6: "Sticky"},
        "type",
    ),
    (format_engagement_state, {0: None, 1: "Online", 2: "Offline", 4: "Busy"}, "state"),
    (format_conversation_type, {0: "Chat", 1: "Messaging"}, "type"),
]

NAMES: list[tuple[Callable[[str | None], str | None], dict[str, str | None]]] = [
    (format_device_family, {"DESKTOP": "Desktop", "TABLET": "Tablet", "MOBILE": "Mobile", "NA": None}),
    (
        format_os,
        {
            "WINDOWS": "Windows",
            "MAC_OSX": "macOS",
            "MAC_OS": "macOS",
            "OSX": "macOS",
            "LINUX": "Linux",
            "IOS": "iOS",
            "ANDROID": "Android",
            "NA": None,
        },
    ),
    (format_control_group, {"CONTROL": "Control group", "TEST": "Test group", "NA": None}),
    (format_gender, {"MALE": "Male", "FEMALE": "Female", "OTHER": "Other"}),
    (
        format_phone_type,
        {
            "HOME": "Home",
            "MOBILE": "Mobile",
            "WORK": "Work",
            "FAX": "Fax",
            "MAIN": "Main",
            "HOME_FAX": "Home fax",
            "WORK_FAX": "Work fax",
            "PAGER": "Pager",
            "OTHER": "Other",
        },
    ),
]


@pytest.mark.parametrize(("word", "words", "noun"), CODES)
def test_every_code_up_to_a_hundred_is_its_documented_word_or_a_number(
    word: Callable[[int | None], str | None], words: dict[int, str | None], noun: str
) -> None:
    assert {code: word(code) for code in range(-1, 101)} == {
        code: words.get(code, f"{noun} {code}") for code in range(-1, 101)
    }


@pytest.mark.parametrize(("word", "words"), NAMES)
def test_every_documented_name_is_its_word_in_any_case(
    word: Callable[[str | None], str | None], words: dict[str, str | None]
) -> None:
    assert {name: word(name) for name in words} == words
    assert {name: word(name.lower()) for name in words} == words


@pytest.mark.parametrize("word", [row[0] for row in NAMES])
def test_an_unknown_name_stays_as_it_came(word: Callable[[str | None], str | None]) -> None:
    assert word("FRIDGE_OS") == "FRIDGE_OS"


def test_what_is_absent_has_no_word() -> None:
    assert {word(None) for word, *_ in CODES} == {None}
    assert {word(None) for word, _ in NAMES} == {None}


def test_the_undocumented_engagement_type_is_shown_as_a_number() -> None:
    assert format_engagement_type(4) == "type 4"


def test_the_unexplained_channel_of_data_access_is_shown_as_a_number() -> None:
    assert format_engagement_channel(100) == "channel 100"
