"""What a signed-in agent opened lately, beside the look-up form: enough to recognise it by, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from lpcontext.accounts.models import Account
from lpcontext.launch import build_login_address
from lpcontext.panel.wording.time_tags import format_ago
from lpcontext.snapshots import MemoryUnavailable, RecentSubject, list_recent_subjects
from lpcontext.subjects import ChatKey, Subject

_SHOWN_LETTERS = 4


@dataclass(frozen=True, slots=True)
class RecentLine:
    """`ids`: their ends, as they are read out; `account` is its name, or its number where it has none."""

    kind: str
    ids: str
    account: str
    opened: SafeString
    address: str


def build_recent_list(owner: str) -> tuple[RecentLine, ...]:
    """Newest first, of accounts that are served; none while memory is away. `owner` as `accounts.Grant` spells it."""
    try:
        recent = list_recent_subjects(owner)
    except MemoryUnavailable:
        return ()
    return tuple(_build_lines(recent))


def _build_lines(recent: list[RecentSubject]) -> Iterator[RecentLine]:
    accounts = Account.objects.filter(is_active=True).in_bulk({each.subject.account_id for each in recent})
    for subject, opened_ms in recent:
        if subject.account_id in accounts:
            yield RecentLine(
                kind="Chat" if isinstance(subject, ChatKey) else "Visit",
                ids=_shorten_ids(subject),
                account=str(accounts[subject.account_id]),
                opened=format_ago(opened_ms),
                address=build_login_address(subject),
            )


def _shorten_ids(subject: Subject) -> str:
    if isinstance(subject, ChatKey):
        return f"…{subject.chat_id[-_SHOWN_LETTERS:]}"
    return f"…{subject.visitor_id[-_SHOWN_LETTERS:]} · …{subject.session_id[-_SHOWN_LETTERS:]}"
