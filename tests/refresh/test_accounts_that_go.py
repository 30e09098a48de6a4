"""An account that is removed or paused: nothing of its visitors is shown any more, whoever still has a token."""

from __future__ import annotations

import time

import pytest

from lpcontext.refresh.asking import seal_subject, watch_ms
from lpcontext.refresh.tasks import refresh_visit
from lpcontext.snapshots import Held, Vitals, find_snapshot, keep_held, name_of, watch
from lpcontext.subjects import VisitKey
from lpcontext.visits import Person, Visit

KEY = VisitKey(account_id="71820394", visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")


@pytest.mark.django_db
@pytest.mark.usefixtures("memory")
def test_what_was_known_is_forgotten_with_the_account() -> None:
    now_ms = int(time.time() * 1000)
    name = name_of(KEY)
    keep_held(
        name, Vitals(state="live", first_seen_ms=now_ms, due_ms=now_ms), Held(visit=Visit(person=Person(name="Ada")))
    )
    watch(name, now_ms=now_ms, watch_ms=watch_ms())

    refresh_visit.run(subject=seal_subject(KEY), due_ms=now_ms)

    found = find_snapshot(name)
    assert found is not None
    assert (found.state, found.visit) == ("unauthorized", None)
