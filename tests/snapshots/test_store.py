"""What is kept, how long it stays, and that Redis discloses nothing."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from lpcontext.snapshots import (
    ChatSnapshot,
    StoredChat,
    StoredVisit,
    SubjectStatus,
    VisitSnapshot,
    find_body,
    find_key,
    find_stored,
    keep_body,
    name_of,
    name_of_account,
    watch_subject,
)
from lpcontext.snapshots.memory import connect
from lpcontext.snapshots.store import KEEP_MS
from lpcontext.subjects import ChatKey, State, VisitKey
from lpcontext.visits import Page, Person, Visit
from tests.support.account_queue import redis_now_ms
from tests.support.stored_subject import find_status, forget_subject, store_subject

pytestmark = pytest.mark.usefixtures("memory")

NOW = 1_800_000_000_000
KEY = VisitKey(account_id="71820394", visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")
VISIT = Visit(
    person=Person(name="Ada", surname="Lovelace"), pages=(Page(id="1", url="https://shop.example/", title="Home"),)
)
# Due at once, so that it can be claimed and kept again.
LIVE = SubjectStatus(state=State.LIVE, first_seen_ms=NOW, as_of_ms=NOW, due_ms=1)


def keep(visit: Visit | None, status: SubjectStatus = LIVE, *, key: VisitKey = KEY) -> SubjectStatus:
    return store_subject(key, status, StoredVisit(visit=visit))


def find(key: VisitKey = KEY) -> VisitSnapshot | None:
    found = find_stored(name_of(key), StoredVisit)
    return VisitSnapshot.of(*found) if found else None


def test_what_was_kept_is_found() -> None:
    status = keep(VISIT)

    found = find()

    assert found is not None
    assert (found.visit, found.state) == (VISIT, State.LIVE)
    assert find_status(name_of(KEY)) == status
    assert find_key(name_of(KEY)) == KEY


def test_nothing_is_found_of_a_subject_nobody_looked_at() -> None:
    assert find() is None
    assert find_key(name_of(KEY)) is None
    assert find_status(name_of(KEY)) is None


def test_what_is_forgotten_is_not_found() -> None:
    keep(VISIT)
    forget_subject(name_of(KEY))

    assert find() is None


def test_a_dump_of_redis_discloses_no_name_and_no_id() -> None:
    name = name_of(KEY)
    keep(VISIT)
    keep_body(name, b"<p>Ada Lovelace</p>", version="a" * 16, viewer="masked")

    dump = b"".join(key + connect().dump(key) for key in connect().scan_iter())

    assert len(dump) > 300
    for secret in (
        b"Ada",
        b"Lovelace",
        b"shop.example",
        KEY.visitor_id.encode(),
        KEY.session_id.encode(),
        KEY.account_id.encode(),
    ):
        assert secret not in dump


def test_a_snapshot_lives_fifteen_minutes_after_the_last_look() -> None:
    name = name_of(KEY)
    keep(VISIT)
    after_look = connect().pttl(f"lpc:s:{name}")
    connect().pexpire(f"lpc:s:{name}", 1000)
    watch_subject("f" * 32, kind="visit", account=name_of_account(KEY.account_id), watch_ms=1000)  # of another subject

    assert 0 < connect().pttl(f"lpc:s:{name}") <= 1000 < after_look <= KEEP_MS
    watch_subject(name, kind="visit", account=name_of_account(KEY.account_id), watch_ms=1000)

    assert 1000 < connect().pttl(f"lpc:s:{name}") <= KEEP_MS


def test_the_version_changes_when_a_shown_fact_does_and_not_with_time() -> None:
    first = keep(VISIT)
    later = keep(VISIT, replace(LIVE, as_of_ms=NOW + 5000, due_ms=2, asked_ms=NOW, took_ms=9, serial=1))
    changed = keep(replace(VISIT, person=None), replace(LIVE, serial=2))
    ended = keep(VISIT, replace(LIVE, state=State.ENDED, serial=3))

    assert first.version == later.version
    assert len({first.version, changed.version, ended.version}) == 3


def test_a_time_counts_for_the_version_only_where_it_is_shown() -> None:
    cached = replace(LIVE, state=State.CACHED)
    versions = [
        keep(VISIT, replace(status, serial=number)).version
        for number, status in enumerate([cached, replace(cached, as_of_ms=NOW + 1), replace(cached, due_ms=2)])
    ]

    assert len(set(versions)) == 3


def test_a_body_is_found_only_in_its_own_version_and_viewer_class() -> None:
    name = name_of(KEY)
    keep(VISIT)
    keep_body(name, b"body", version="a" * 16, viewer="masked")

    assert find_body(name, version="a" * 16, viewer="masked") == b"body"
    assert find_body(name, version="b" * 16, viewer="masked") is None
    assert find_body(name, version="a" * 16, viewer="open") is None


def test_a_body_is_kept_beside_its_snapshot_and_goes_with_it() -> None:
    name = name_of(KEY)
    keep_body(name, b"body", version="a" * 16, viewer="masked")
    assert find_body(name, version="a" * 16, viewer="masked") is None

    keep(VISIT)
    keep_body(name, b"body", version="a" * 16, viewer="masked")
    forget_subject(name)
    assert find_body(name, version="a" * 16, viewer="masked") is None


def test_a_body_of_another_subject_is_not_believed() -> None:
    other = replace(KEY, visitor_id="other")
    for key in (KEY, other):
        keep(VISIT, key=key)
    keep_body(name_of(KEY), b"body", version="a" * 16, viewer="masked")
    body = connect().hget(f"lpc:s:{name_of(KEY)}", "b:masked") or b""
    connect().hset(f"lpc:s:{name_of(other)}", "b:masked", body)

    assert find_body(name_of(other), version="a" * 16, viewer="masked") is None


def test_a_snapshot_another_subjects_bytes_were_put_into_is_not_believed() -> None:
    other = replace(KEY, visitor_id="other")
    keep(VISIT)
    kept = keep(replace(VISIT, person=None), key=other)
    connect().hset(f"lpc:s:{name_of(other)}", "v", connect().hget(f"lpc:s:{name_of(KEY)}", "v") or b"")

    assert find(other) == VisitSnapshot.of(kept, None)


def test_a_key_another_subjects_bytes_were_put_into_is_not_believed() -> None:
    other = replace(KEY, visitor_id="other")
    keep(VISIT)
    keep(VISIT, key=other)
    connect().hset(f"lpc:s:{name_of(other)}", "k", connect().hget(f"lpc:s:{name_of(KEY)}", "k") or b"")

    assert find_key(name_of(other)) is None


@pytest.mark.parametrize("kept", [b"", b"\xc1", b"\x90", b"not a status"])
def test_a_status_another_version_of_us_may_have_kept_is_as_none(kept: bytes) -> None:
    keep(VISIT)
    connect().hset(f"lpc:s:{name_of(KEY)}", "m", kept)

    assert find_status(name_of(KEY)) is None
    assert find() is None


def test_large_visits_are_compressed() -> None:
    pages = tuple(Page(id=str(i), url=f"https://shop.example/goods/{i}", title="A page of goods") for i in range(500))
    keep(Visit(pages=pages))

    assert len(connect().hget(f"lpc:s:{name_of(KEY)}", "v") or b"") < 8_000
    found = find()
    assert found is not None
    assert found.visit == Visit(pages=pages)


def test_a_chat_is_kept_by_the_same_verbs() -> None:
    chat = ChatKey(account_id="71820394", chat_id="H2170755172687460894")
    store_subject(chat, LIVE, StoredChat(visit=KEY, slots=3))

    found = find_stored(name_of(chat), StoredChat)

    assert found is not None
    assert found[1] == StoredChat(visit=KEY, slots=3)
    assert ChatSnapshot.of(*found).slots == 3


def test_the_later_of_two_statuses_of_one_beginning_is_known_by_its_number() -> None:
    first = replace(LIVE, first_seen_ms=redis_now_ms(), serial=9)

    assert replace(first, serial=10).is_later_than(first)
    assert not first.is_later_than(first)
    assert not replace(first, serial=8).is_later_than(first)


@pytest.mark.parametrize("apart_ms", [1, -1, 3_600_000, -3_600_000])
def test_of_two_beginnings_nobody_knows_the_later(apart_ms: int) -> None:
    """A clock that was set back makes the second the earlier one."""
    one = replace(LIVE, serial=9)
    other = replace(LIVE, first_seen_ms=LIVE.first_seen_ms + apart_ms, serial=10)

    assert (one.is_later_than(other), other.is_later_than(one)) == (False, False)


def test_what_no_worker_has_written_is_later_than_nothing() -> None:
    made_up = replace(LIVE, state=State.WAITING, serial=0)

    assert not made_up.is_later_than(replace(LIVE, first_seen_ms=NOW - 1, serial=1))
    assert not made_up.is_later_than(replace(made_up, first_seen_ms=NOW - 1))
