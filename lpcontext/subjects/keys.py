"""The keys of all kinds of subject: what a launch, a watch and a snapshot are about."""

from __future__ import annotations

from typing import TypeAlias

import msgspec


class VisitKey(msgspec.Struct, frozen=True, array_like=True, kw_only=True, tag="visit"):
    """Which visit: the account, the monitoring visitor id (vid) and session id (sid)."""

    account_id: str
    visitor_id: str
    session_id: str


class ChatKey(msgspec.Struct, frozen=True, array_like=True, kw_only=True, tag="chat"):
    """Which chat: the account and the chatId, which LivePerson also calls chatSessionKey."""

    account_id: str
    chat_id: str


Subject: TypeAlias = VisitKey | ChatKey
