"""LivePerson's codes as words an agent reads (contract 4.6 to 5.3).

Only documented codes have words. A number without one is shown as such ("type 4"), an enum text as it came
("FRIDGE_OS"), and absent or not applicable is None.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SERVICE_STATUSES: Mapping[int, str] = MappingProxyType(
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
    }
)

FAILED_STATUSES = frozenset({3, 4, 6})
"""Of a service: cancelled, not approved, missing details. They stopped the visitor."""

WAITING_STATUSES = frozenset({10, 11, 12})
"""Of a service: it waits for somebody, or is pending."""

CHANNELS: Mapping[int, str] = MappingProxyType(
    {0: "Direct", 1: "Search", 2: "Social", 3: "Email", 4: "Referral", 5: "Paid search", 6: "Display"}
)
"""How the visitor came: originatingChannel, with the two that only Engagement History names."""

ENGAGEMENT_CHANNELS: Mapping[int, str] = MappingProxyType({-1: "Unknown", 1: "Web", 2: "Voice"})

ENGAGEMENT_TYPES: Mapping[int, str] = MappingProxyType(
    {0: "Peeling corner", 1: "Overlay", 2: "Toaster", 3: "Slide-out", 5: "Embedded", 6: "Sticky"}
)

ENGAGEMENT_STATES: Mapping[int, str] = MappingProxyType({1: "Online", 2: "Offline", 4: "Busy"})
"""By the Web Tag and the Engagement Trigger API, where 0 means not applicable."""

CONVERSATION_TYPES: Mapping[int, str] = MappingProxyType({0: "Chat", 1: "Messaging"})

DEVICES: Mapping[str, str] = MappingProxyType({"DESKTOP": "Desktop", "TABLET": "Tablet", "MOBILE": "Mobile"})

SYSTEMS: Mapping[str, str] = MappingProxyType(
    {
        "WINDOWS": "Windows",
        "MAC_OSX": "macOS",
        "MAC_OS": "macOS",
        "OSX": "macOS",
        "LINUX": "Linux",
        "IOS": "iOS",
        "ANDROID": "Android",
    }
)
"""One system has three spellings: Visit Information, Data Access, messaging."""

CONTROL_GROUPS: Mapping[str, str] = MappingProxyType({"CONTROL": "Control group", "TEST": "Test group"})

GENDERS: Mapping[str, str] = MappingProxyType({"MALE": "Male", "FEMALE": "Female", "OTHER": "Other"})

PHONE_TYPES: Mapping[str, str] = MappingProxyType(
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
    }
)


def format_service_status(status: int | None) -> str | None:
    return _format_code(status, SERVICE_STATUSES, noun="status")


def format_channel(channel: int | None) -> str | None:
    """How the visitor came, from marketingCampaignInfo.originatingChannel."""
    return _format_code(channel, CHANNELS, noun="channel")


def format_engagement_channel(channel: int | None) -> str | None:
    return _format_code(channel, ENGAGEMENT_CHANNELS, noun="channel")


def format_engagement_type(type_: int | None) -> str | None:
    """The form of an offer."""
    return _format_code(type_, ENGAGEMENT_TYPES, noun="type")


def format_engagement_state(state: int | None) -> str | None:
    """Whether somebody was there to talk when the offer was made; None for 0, not applicable."""
    return _format_code(state or None, ENGAGEMENT_STATES, noun="state")


def format_conversation_type(type_: int | None) -> str | None:
    return _format_code(type_, CONVERSATION_TYPES, noun="type")


def format_device_family(family: str | None) -> str | None:
    return _format_name(family, DEVICES)


def format_os(system: str | None) -> str | None:
    return _format_name(system, SYSTEMS)


def format_control_group(group: str | None) -> str | None:
    return _format_name(group, CONTROL_GROUPS)


def format_gender(gender: str | None) -> str | None:
    return _format_name(gender, GENDERS)


def format_phone_type(type_: str | None) -> str | None:
    return _format_name(type_, PHONE_TYPES)


def _format_code(code: int | None, words: Mapping[int, str], *, noun: str) -> str | None:
    return None if code is None else words.get(code) or f"{noun} {code}"


def _format_name(name: str | None, words: Mapping[str, str]) -> str | None:
    """The word for an enum text in any case; "NA" is not applicable, anything unknown stays as it came."""
    if name is None or name.upper() == "NA":
        return None
    return words.get(name.upper(), name)
