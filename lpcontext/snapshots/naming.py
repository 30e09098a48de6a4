"""What things are called in shared memory: keyed hashes that tell nothing of what they name."""

from __future__ import annotations

from lpcontext.sealing import get_sealer
from lpcontext.subjects import ChatKey, Subject, VisitKey, short_session_id


def name_of(subject: Subject) -> str:
    """32 hex digits; the same for both forms of a visit's session id (contract 0.3)."""
    match subject:
        case VisitKey():
            session_id = short_session_id(subject.session_id)
            return get_sealer().name_of("visit", subject.account_id, subject.visitor_id, session_id)
        case ChatKey():
            return get_sealer().name_of("chat", subject.account_id, subject.chat_id)


def name_of_account(account_id: str) -> str:
    """32 hex digits."""
    return get_sealer().name_of("account", account_id)


def kind_of(subject: Subject) -> str:
    """`visit` or `chat`: which queue it waits in, and how it is fetched."""
    match subject:
        case VisitKey():
            return "visit"
        case ChatKey():
            return "chat"
