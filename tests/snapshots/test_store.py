"""What is kept, how it is named, how long it stays, and that Redis tells nobody anything."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from lpcontext.snapshots import (
    Held,
    Snapshot,
    Vitals,
    find_body,
    find_snapshot,
    is_watched,
    keep_body,
    keep_held,
    name_of,
    watch,
)
from lpcontext.snapshots.memory import connect
from lpcontext.snapshots.store import KEEP_AT_MOST_MS, KEEP_MS, place_of
from lpcontext.subjects import VisitKey
from lpcontext.visits import Page, Person, Visit

pytestmark = pytest.mark.usefixtures("memory")

NOW = 1_800_000_000_000
KEY = VisitKey(account_id="71820394", visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")
VISIT = Visit(
    person=Person(name="Ada", surname="Lovelace"), pages=(Page(id="1", url="https://shop.example/", title="Home"),)
)
LIVE = Vitals(state="live", first_seen_ms=NOW, as_of_ms=NOW, due_ms=NOW + 5000)


def test_what_was_kept_is_found() -> None:
    keep_held(name_of(KEY), LIVE, Held(visit=VISIT))

    found = find_snapshot(name_of(KEY))

    assert found is not None
    assert (found.visit, found.state) == (VISIT, "live")


def test_nothing_is_found_of_a_subject_nobody_looked_at() -> None:
    assert find_snapshot(name_of(KEY)) is None


def test_both_forms_of_a_session_id_name_one_visit() -> None:
    long_form = replace(KEY, session_id=KEY.session_id + ".c524460e4432e9f93cf700af590f16ef181f20e6")

    assert name_of(long_form) == name_of(KEY)


def test_another_visitor_account_or_session_has_another_name() -> None:
    others = [replace(KEY, visitor_id="other"), replace(KEY, account_id="other"), replace(KEY, session_id="other")]

    assert len({name_of(key) for key in [KEY, *others]}) == 4


def test_a_dump_of_redis_tells_no_name_and_no_id() -> None:
    name = name_of(KEY)
    keep_held(name, LIVE, Held(visit=VISIT))
    watch(name, now_ms=NOW, watch_ms=1000)
    keep_body(name, b"<p>Ada Lovelace</p>", version="a" * 16, viewer="masked")

    dump = b"".join(key + connect().dump(key) for key in connect().scan_iter())

    assert len(dump) > 300
    for told in (
        b"Ada",
        b"Lovelace",
        b"shop.example",
        KEY.visitor_id.encode(),
        KEY.session_id.encode(),
        KEY.account_id.encode(),
    ):
        assert told not in dump


def test_a_snapshot_lives_fifteen_minutes_after_the_last_look() -> None:
    name = name_of(KEY)
    keep_held(name, LIVE, Held(visit=VISIT))
    connect().pexpire(place_of(name), 1000)

    keep_held(name, LIVE, Held(visit=VISIT))  # a refresh is no look
    after_refresh = connect().pttl(place_of(name))
    watch(name, now_ms=NOW, watch_ms=1000)

    assert 0 < after_refresh <= 1000
    assert KEEP_MS - 5000 < connect().pttl(place_of(name)) <= KEEP_MS


def test_after_six_hours_a_look_begins_anew() -> None:
    name = name_of(KEY)
    keep_held(name, LIVE, Held(visit=VISIT))

    assert watch(name, now_ms=NOW + KEEP_AT_MOST_MS + 1, watch_ms=1000) is None
    assert find_snapshot(name) is None


def test_a_look_keeps_the_heartbeat_going_for_a_while() -> None:
    assert not is_watched(name_of(KEY))

    watch(name_of(KEY), now_ms=NOW, watch_ms=60_000)

    assert is_watched(name_of(KEY))


def test_the_version_changes_when_a_drawn_fact_does_and_not_with_time() -> None:
    name = name_of(KEY)
    first = keep_held(name, LIVE, Held(visit=VISIT))
    later = keep_held(name, replace(LIVE, as_of_ms=NOW + 5000, due_ms=NOW + 10_000), Held(visit=VISIT, stay_ms=999))
    changed = keep_held(name, LIVE, Held(visit=replace(VISIT, person=None)))
    ended = keep_held(name, replace(LIVE, state="ended"), Held(visit=VISIT))

    assert first.version == later.version
    assert len({first.version, changed.version, ended.version}) == 3


def test_a_body_is_found_only_in_its_own_version_and_viewer_class() -> None:
    name = name_of(KEY)
    keep_held(name, LIVE, Held(visit=VISIT))
    keep_body(name, b"body", version="a" * 16, viewer="masked")

    assert find_body(name, version="a" * 16, viewer="masked") == b"body"
    assert find_body(name, version="b" * 16, viewer="masked") is None
    assert find_body(name, version="a" * 16, viewer="open") is None


def test_a_snapshot_another_subjects_bytes_were_put_into_is_not_believed() -> None:
    other = replace(KEY, visitor_id="other")
    keep_held(name_of(KEY), LIVE, Held(visit=VISIT))
    keep_held(name_of(other), LIVE, Held(visit=replace(VISIT, person=None)))
    connect().hset(place_of(name_of(other)), "v", connect().hget(place_of(name_of(KEY)), "v") or b"")

    found = find_snapshot(name_of(other))

    assert found == Snapshot.of(replace(LIVE, version=found.version if found else ""), None)


def test_large_visits_are_compressed() -> None:
    pages = tuple(Page(id=str(i), url=f"https://shop.example/goods/{i}", title="A page of goods") for i in range(500))
    keep_held(name_of(KEY), LIVE, Held(visit=Visit(pages=pages)))

    assert len(connect().hget(place_of(name_of(KEY)), "v") or b"") < 8_000
    found = find_snapshot(name_of(KEY))
    assert found is not None
    assert found.visit == Visit(pages=pages)
