"""Tokens carry a launch for hours, sealed; no ticket opens as one."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from lpcontext.accounts.models import Account
from lpcontext.launch import Launch, LaunchExpired, issue_ticket, open_token, seal_token
from lpcontext.launch.model import LaunchForged
from lpcontext.subjects import VisitKey

NOW = 1_800_000_000_000
KEY = VisitKey(account_id="71820394", visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")
LAUNCH = Launch(subject=KEY, slug="abc", opened_ms=NOW, expires_ms=NOW + 1000)


def test_a_token_opens_until_its_end() -> None:
    token = seal_token(LAUNCH)

    assert open_token(token, now_ms=NOW + 999) == LAUNCH
    with pytest.raises(LaunchExpired):
        open_token(token, now_ms=NOW + 1000)


@pytest.mark.django_db
def test_a_ticket_does_not_open_as_a_token() -> None:
    ticket = issue_ticket(Account.objects.create(id=KEY.account_id), KEY, now_ms=NOW)

    with pytest.raises(LaunchForged):
        open_token(ticket.path.removeprefix("/launch/ticket/"), now_ms=NOW)


def test_tokens_of_two_subjects_differ_in_what_they_open() -> None:
    other = replace(LAUNCH, subject=replace(KEY, visitor_id="somebody-else"))

    assert open_token(seal_token(other), now_ms=NOW).subject != KEY
