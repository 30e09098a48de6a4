"""Which of LivePerson's many ids a text is, and what to say when it is the wrong one (contract 0.2, 0.3).

Monitoring ids are opaque, so only what LivePerson's documents show of the others is recognised, and numbers by their
size alone: every sentence about them says "looks like".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, TypeAlias

from lpcontext.subjects.shapes import CHAT_ID, LONG_SESSION_ID

Wanted: TypeAlias = Literal["visitor", "session", "chat"]


class IdKind(StrEnum):
    """What an id looks like."""

    CHAT = "chat"
    ENGINE_VISIT = "engine-visit"
    ENGINE_VISITOR = "engine-visitor"
    RT_SESSION = "rt-session"
    AGENT_SESSION = "agent-session"
    MONITORING_SESSION = "monitoring-session"
    MONITORING = "monitoring"
    PARTICIPANT = "participant"
    UNKNOWN = "unknown"


_SHAPES = (
    (IdKind.CHAT, CHAT_ID),
    (IdKind.ENGINE_VISIT, re.compile(r"H[0-9]{1,32}K[0-9]{1,20}")),
    (IdKind.MONITORING_SESSION, LONG_SESSION_ID),
    (IdKind.PARTICIPANT, re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")),
)
_NUMBER = re.compile(r"[0-9]{7,20}")
_MONITORING = re.compile(r"[A-Za-z0-9_-]{22}")
_RT_SESSIONS = range(2**32, 2**32 + 2**24)  # 4294967524, 4294992744, 4295036103 in the documents of 2015 to 2018

_FITTING: Mapping[IdKind, tuple[Wanted, ...]] = MappingProxyType(
    {
        IdKind.CHAT: ("chat",),
        IdKind.MONITORING_SESSION: ("session",),
        IdKind.MONITORING: ("visitor", "session"),
        IdKind.UNKNOWN: ("visitor", "session"),  # they are opaque: nothing speaks against it
    }
)

_WHAT: Mapping[IdKind, str] = MappingProxyType(
    {
        IdKind.CHAT: "This is a chat id; the chat can be opened with it alone.",
        IdKind.ENGINE_VISIT: "This is the chat engine's visit id: a chat id without its middle part.",
        IdKind.ENGINE_VISITOR: "This number looks like the chat engine's visitorId, which leads to no visit.",
        IdKind.RT_SESSION: "This number looks like an rtSessionId, which connects chat records and leads to no visit.",
        IdKind.AGENT_SESSION: "This number looks like an agent session id, which belongs to an agent's login.",
        IdKind.MONITORING_SESSION: "This looks like a monitoring session id (sid).",
        IdKind.MONITORING: "This looks like a monitoring visitor id (vid) or session id (sid).",
        IdKind.PARTICIPANT: "This looks like a participant id, or the id of a messaging conversation.",
        IdKind.UNKNOWN: "This is not a chat id.",
    }
)

_WHERE: Mapping[Wanted, str] = MappingProxyType(
    {
        "visitor": "The visitor id (vid) is sharkVisitorId in the chat's info, and the cookie LPVID on the site.",
        "session": "The session id (sid) is sharkSessionId in the chat's info, and the cookie LPSID-… on the site.",
        "chat": "The chat id is chatSessionKey in the chat's info, and looks like H…-…K….",
    }
)


def recognise_id(text: str) -> IdKind:
    """What this id looks like."""
    for kind, shape in _SHAPES:
        if shape.fullmatch(text):
            return kind
    if _NUMBER.fullmatch(text):
        return _recognise_number(int(text))
    return IdKind.MONITORING if _MONITORING.fullmatch(text) else IdKind.UNKNOWN


def explain_id(kind: IdKind, *, wanted: Wanted) -> str | None:
    """Which id was given instead of the wanted one, and where that is found; None when it may be the right one."""
    if wanted in _FITTING.get(kind, ()):
        return None
    return f"{_WHAT[kind]} {_WHERE[wanted]}"


def _recognise_number(number: int) -> IdKind:
    """By the sizes in LivePerson's documents: agent sessions are below 2^31, rtSessionIds today just above 2^32."""
    if number in _RT_SESSIONS:
        return IdKind.RT_SESSION
    return IdKind.AGENT_SESSION if number < 2**31 else IdKind.ENGINE_VISITOR
