"""The keys of all kinds of subject: what a launch, a watch and a snapshot are about.

A kind of subject is its key here and its file in `refresh/kinds/`: what is named, sealed, queued and opened by kind
reads it from the key.
"""

from __future__ import annotations

from typing import ClassVar, TypeAlias

import msgspec

from lpcontext.subjects.session_ids import short_session_id


class VisitKey(msgspec.Struct, frozen=True, array_like=True, kw_only=True, tag="visit"):
    """Which visit: the account, the monitoring visitor id (vid) and session id (sid)."""

    kind: ClassVar[str] = "visit"

    account_id: str
    visitor_id: str
    session_id: str

    @property
    def identity(self) -> tuple[str, ...]:
        """What names it; the same for both forms of its session id (contract 0.3)."""
        return self.account_id, self.visitor_id, short_session_id(self.session_id)


class ChatKey(msgspec.Struct, frozen=True, array_like=True, kw_only=True, tag="chat"):
    """Which chat: the account and the chatId, which LivePerson also calls chatSessionKey."""

    kind: ClassVar[str] = "chat"

    account_id: str
    chat_id: str

    @property
    def identity(self) -> tuple[str, ...]:
        """What names it."""
        return self.account_id, self.chat_id


Subject: TypeAlias = VisitKey | ChatKey
"""A key of any kind; its `kind` is the word for it everywhere: `data-subject`, the queue it waits in, its hash."""
