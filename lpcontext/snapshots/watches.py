"""Who is watched, and what waits to be refreshed for it.

Each account has a sorted set of watches, scored by their end, and a queue per kind of subject, scored by when a subject
is due: it has one place in it, however often it is asked for. Only people set watches.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lpcontext.snapshots.codec import decode_status, encode_status, seal_account, seal_key
from lpcontext.snapshots.memory import PREFIX, run_clocked_script
from lpcontext.snapshots.model import SubjectStatus
from lpcontext.snapshots.naming import (
    ACTIVE,
    CHANGES,
    ENQUEUED,
    account_key,
    claims_key,
    lease_key,
    name_of,
    name_of_account,
    queue_key,
    shift_request_key,
    subject_key,
    watches_key,
)
from lpcontext.snapshots.store import KEEP_MS
from lpcontext.snapshots.watch_scripts import ENQUEUE, WATCH, WATCH_MANY
from lpcontext.subjects import Subject

# What belongs to an account as a whole is kept so long after the last look at any of its subjects.
ACCOUNT_KEEP_MS = 3600 * 1000
# A shift was requested and none has begun: nobody requests one again before this, or the broker would fill up.
_REQUEST_AGAIN_MS = 600 * 1000


@dataclass(frozen=True, slots=True)
class WatchedStatus:
    """What is known of a subject somebody watches. `is_queued`: a worker will come to it. `now_ms`: epoch ms."""

    status: SubjectStatus | None
    is_queued: bool
    now_ms: int


def watch_subject(name: str, *, kind: str, account: str, watch_ms: int) -> WatchedStatus:
    """Watch the subject for `watch_ms`, keep its snapshot, read its status: one round trip.

    Raises MemoryUnavailable.
    """
    keys = [subject_key(name), queue_key(account, kind), watches_key(account)]
    now_ms, status, due = run_clocked_script(WATCH, keys=keys, args=[name, watch_ms, KEEP_MS, ACCOUNT_KEEP_MS])
    return WatchedStatus(status=decode_status(status), is_queued=due is not None, now_ms=now_ms)


def enqueue(
    subject: Subject,
    *,
    status: SubjectStatus,
    after_ms: int = 0,
    instead_of: SubjectStatus | None = None,
    anew: bool = False,
    watched_with: str = "",
) -> bool:
    """Have it refreshed in `after_ms`, unless that is so already or a worker is at it. True: a shift must be started.

    `status` is kept where it has none, and `instead_of` the one that was read, if nobody has written meanwhile: all
    processes then learn of it; with `anew`, whatever else was kept is forgotten. It is watched as long as
    `watched_with`, the name of another subject of its account, where one is given: a worker's own wish is no look.
    Raises MemoryUnavailable.
    """
    name, account, kind = name_of(subject), name_of_account(subject.account_id), subject.kind
    keys = [
        *(subject_key(name), queue_key(account, kind), claims_key(account, kind), watches_key(account)),
        *(lease_key(account, 0), shift_request_key(account, 0), ACTIVE, account_key(account)),
    ]
    args: list[str | bytes | int] = [
        *(name, after_ms, seal_key(name, subject), encode_status(status), KEEP_MS, ACCOUNT_KEEP_MS),
        *(seal_account(subject.account_id), watched_with, account, _REQUEST_AGAIN_MS, PREFIX + ENQUEUED),
        *(encode_status(instead_of) if instead_of else "", int(anew), PREFIX + CHANGES),
    ]
    _, must_start = run_clocked_script(ENQUEUE, keys=keys, args=args)
    return bool(must_start)


def watch_subjects(account: str, names: Mapping[str, Sequence[str]], *, watch_ms: int) -> tuple[bool, list[str]]:
    """Panels of these subjects, by kind, have ticked lately. True where a shift must be started; and which names wait
    in no queue, so that no worker will come to them. Raises MemoryUnavailable.
    """
    kinds = list(names)
    keys = [watches_key(account), lease_key(account, 0), shift_request_key(account, 0), ACTIVE, account_key(account)]
    args: list[str | int] = [account, watch_ms, KEEP_MS, ACCOUNT_KEEP_MS, _REQUEST_AGAIN_MS, PREFIX + subject_key("")]
    for number, kind in enumerate(kinds, start=len(keys) + 1):
        for name in names[kind]:
            args += [number, name]
    keys += [queue_key(account, kind) for kind in kinds]
    _, must_start, missing = run_clocked_script(WATCH_MANY, keys=keys, args=args)
    return bool(must_start), [name.decode() for name in missing]
