"""What LivePerson's documents leave open, and how the emulator decides it (contract section 11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

HOUR_SECONDS = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """One field per open question; the defaults are the likelier answers.

    error_envelope     `flat` `{"time", "message", "internalCode"}`, or `nested` in `{"error": …}` (0.6)
    absent_sections    what the visit state says of parts it knows nothing about: `missing` or `null`
    oauth_refusal      401 as `json` (internal code 10) or as `form` (`oauth_problem=…`)
    timestamp_seconds  how far an oauth_timestamp may be from our clock; None accepts any
    attributes_bearer  whether writing attributes back takes a bearer; only OAuth 1.0 is named (3.3)
    validate_bearer    whether Validate Engagement takes a bearer; only OAuth 1.0 is named (3.3)
    session_seconds    how long a visit is remembered (4.3)
    login_seconds      how long a login lasts without a refresh (2.1)

    Of the Chat Agent API (section 7):

    version_required      whether a call without `v=1` is refused with 33
    single_items          one event, link, skill arrives as an `object`, or in an `array` all the same
    empty_lists           a list without items is `missing`, or there and `empty`
    agent_session_code    internal code for an agent session that is not there, or is another login's
    cookie_status         what a bearer gets without the agent session's own cookie
    unknown_chat_code     internal code for a chatId or participantId that is not there (or is another account's)
    unknown_among_chats   in the call for several chats, such a one is `left-out`, or the call is `refused`
    act_status            what every call that would act on a chat gets: the emulator only reads
    """

    error_envelope: Literal["flat", "nested"] = "flat"
    absent_sections: Literal["missing", "null"] = "missing"
    oauth_refusal: Literal["json", "form"] = "json"
    timestamp_seconds: float | None = 300.0
    attributes_bearer: bool = False
    validate_bearer: bool = True
    session_seconds: float = 6 * HOUR_SECONDS
    login_seconds: float = 8 * HOUR_SECONDS
    version_required: bool = True
    single_items: Literal["object", "array"] = "object"
    empty_lists: Literal["missing", "empty"] = "missing"
    agent_session_code: int = 12
    cookie_status: int = 401
    unknown_chat_code: int = 12
    unknown_among_chats: Literal["left-out", "refused"] = "left-out"
    act_status: Literal[403, 405] = 405
