"""How panels come to their tokens: through a ticket and its page, or sealed here, as the page would tell it."""

from __future__ import annotations

from lpcontext.accounts.models import Account
from lpcontext.launch import Launch, issue_ticket, seal_token
from lpcontext.subjects import VisitKey
from tests.bench.visits import ACCOUNT, session_of, visitor_of

SLUG = "bench0bench0"
_TOKEN_MS = 3_600_000


def key_of(number: int) -> VisitKey:
    return VisitKey(account_id=ACCOUNT, visitor_id=visitor_of(number), session_id=session_of(number))


def issue_ticket_path(number: int, *, now_ms: int) -> str:
    """As `lpcontext ticket` prints it; the page is the first to look at the visit."""
    return issue_ticket(Account(id=ACCOUNT, slug=SLUG), key_of(number), now_ms=now_ms).path


def issue_token(number: int, *, now_ms: int) -> str:
    return seal_token(Launch(subject=key_of(number), slug=SLUG, opened_ms=now_ms, expires_ms=now_ms + _TOKEN_MS))
