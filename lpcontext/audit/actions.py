"""What is recorded: which action, by whom, of which subject."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from lpcontext.subjects import Subject


class Action(StrEnum):
    """The words stand in the database: they stay."""

    OPENED = "opened"
    REVEALED = "revealed"
    COPIED = "copied"
    REPORTED = "reported"
    EXPORTED = "exported"
    REFUSED = "refused"


class Actor(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """Who acts. `host`: where they came from (`launch.hosts`, `api`, `admin`); `verified_by`: who vouched for them."""

    host: str
    verified_by: str = ""
    agent_id: str | None = None
    agent_name: str | None = None


class Entry(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """One record as it waits to be written. New fields come last, with a default: old ones may still wait.

    `at_ms` is epoch ms. `kinds` are the kinds of personal data, or the parts, it was about. `failed_check` is for
    operators alone: whoever was refused is not told which check failed.
    """

    record_id: str
    at_ms: int
    action: Action
    actor: Actor
    account_id: str = ""
    subject: Subject | None = None
    kinds: tuple[str, ...] = ()
    reason: str = ""
    failed_check: str = ""
    request_id: str = ""
    address: str = ""
