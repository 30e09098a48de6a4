"""Every documented code has its word, and no other code has one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lpcontext.visits import (
    channel_word,
    control_group_word,
    conversation_type_word,
    device_word,
    engagement_channel_word,
    engagement_state_word,
    engagement_type_word,
    gender_word,
    os_word,
    phone_type_word,
    service_status_word,
)

CODES: list[tuple[Callable[[int | None], str | None], dict[int, str | None], str]] = [
    (
        service_status_word,
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
        channel_word,
        {0: "Direct", 1: "Search", 2: "Social", 3: "Email", 4: "Referral", 5: "Paid search", 6: "Display"},
        "channel",
    ),
    (engagement_channel_word, {-1: "Unknown", 1: "Web", 2: "Voice"}, "channel"),
    (
        engagement_type_word,
        {0: "Peeling corner", 1: "Overlay", 2: "Toaster", 3: "Slide-out", 5: "Embedded", 6: "Sticky"},
        "type",
    ),
    (engagement_state_word, {0: None, 1: "Online", 2: "Offline", 4: "Busy"}, "state"),
    (conversation_type_word, {0: "Chat", 1: "Messaging"}, "type"),
]

NAMES: list[tuple[Callable[[str | None], str | None], dict[str, str | None]]] = [
    (device_word, {"DESKTOP": "Desktop", "TABLET": "Tablet", "MOBILE": "Mobile", "NA": None}),
    (
        os_word,
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
    (control_group_word, {"CONTROL": "Control group", "TEST": "Test group", "NA": None}),
    (gender_word, {"MALE": "Male", "FEMALE": "Female", "OTHER": "Other"}),
    (
        phone_type_word,
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
    assert engagement_type_word(4) == "type 4"


def test_the_unexplained_channel_of_data_access_is_shown_as_a_number() -> None:
    assert engagement_channel_word(100) == "channel 100"
