"""Tokens of many panels at the price of one page: sealed here with the keys that a stack of the tests has, too."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from lpcontext.launch import open_token, seal_token
from lpcontext.subjects import VisitKey, now_ms
from tests.support.stack_subjects import VisitSubject


def issue_tokens_like(token: str, subjects: Sequence[VisitSubject]) -> list[str]:
    """As if each of these visits had been opened as the one of `token` was: they are of its account."""
    launch = open_token(token, now_ms=now_ms())
    keys = [VisitKey(account_id=s.account, visitor_id=s.visitor_id, session_id=s.session_id) for s in subjects]
    return [seal_token(replace(launch, subject=key)) for key in keys]
