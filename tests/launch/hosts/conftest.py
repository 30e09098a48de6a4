"""What the tests of signed launches share: an account with keys, the one refusal, and which check it was."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse

from lpcontext.accounts.launch_keys import set_launch_secret
from lpcontext.accounts.models import Account, LaunchHost, LaunchKey
from lpcontext.audit.models import AuditRecord
from lpcontext.sealing import get_sealer
from lpcontext.snapshots.memory import connect

ACCOUNT = "71820394"
VISITOR, SESSION = "QzZDNhYTViMjA1OTJjN2Y5", "ttJpjOmRQ0adbOusBi5UlA"
CRM = "https://crm.example"

MakeKey = Callable[..., LaunchKey]


@pytest.fixture
def make_key(db: None, memory: None) -> MakeKey:
    begin_memory(seconds_ago=3600)
    account = Account.objects.create(id=ACCOUNT, slug="abcdefabcdef", origins=[CRM])

    def make(host: LaunchHost, secret: str = "", **fields: Any) -> LaunchKey:
        key = LaunchKey(account=account, host=host, name="test", **fields)
        if secret:
            set_launch_secret(key, secret, sealer=get_sealer())
        key.save()
        return key

    return make


def begin_memory(*, seconds_ago: float) -> None:
    """As a worker has it that has been running for so long."""
    connect().set("lpc:born", int((time.time() - seconds_ago) * 1000), ex=3600)


def find_failed_check() -> str:
    """Of the launch that was refused last, as operators see it."""
    return AuditRecord.objects.filter(action="refused").latest("at").failed_check


def assert_opened(answer: HttpResponse, *, framed_by: str = CRM) -> None:
    assert answer.status_code == 200
    assert 'data-subject="visit"' in answer.content.decode()
    assert f"frame-ancestors {framed_by}" in answer["Content-Security-Policy"].split("; ")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def assert_refused(answer: HttpResponse, check: str, *marks: str) -> None:
    """The one page that every failed check gives: nothing of what was sent, nor of which check it was, is in it."""
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "The address is not one that lpcontext has given out." in page
    assert not any(mark in page for mark in (check, *marks) if mark)
    assert find_failed_check() == check
