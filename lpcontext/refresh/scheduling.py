"""Somebody looks at a subject: have it kept young, and show what is known of it."""

from __future__ import annotations

from msgspec.structs import replace

from lpcontext.refresh.kinds import find_kind
from lpcontext.refresh.shift_starter import start_shift
from lpcontext.refresh.subject_view import SubjectView
from lpcontext.refresh.timing import due_in_a_hurry, watch_ms
from lpcontext.snapshots import (
    KEEP_AT_MOST_MS,
    SubjectStatus,
    WatchedStatus,
    enqueue,
    find_key,
    memory_now_ms,
    name_of,
    name_of_account,
    waiting_status,
    watch_subject,
)
from lpcontext.subjects import Subject


def view_subject(subject: Subject, *, is_launch: bool = False, in_a_hurry: bool = False) -> SubjectView:
    """Watch the subject, and what is behind it. Raises MemoryUnavailable.

    `is_launch`: a new launch asks again what LivePerson has said no to. `in_a_hurry`: the agent wants it now.
    """
    name, kind = name_of(subject), subject.kind
    status = _watch(subject, name=name, is_launch=is_launch, in_a_hurry=in_a_hurry)
    if not status.related:
        return SubjectView.of(name, kind, status)
    behind = find_key(status.related)
    if behind is None:
        return SubjectView.of(name, kind, _find_related_anew(subject, status))
    visit = _watch(behind, name=status.related, is_launch=is_launch, in_a_hurry=in_a_hurry)
    return SubjectView.of(name, kind, status, visit)


def _watch(subject: Subject, *, name: str, is_launch: bool, in_a_hurry: bool) -> SubjectStatus:
    account = name_of_account(subject.account_id)
    found = watch_subject(name, kind=subject.kind, account=account, watch_ms=watch_ms())
    waiting = waiting_status(now_ms=found.now_ms, interval_ms=find_kind(subject).interval_ms())
    status = found.status or waiting
    if _begins_anew(found, is_launch=is_launch):
        anew = replace(waiting, serial=status.serial + 1)
        _enqueue(subject, anew, now_ms=found.now_ms, instead_of=status, anew=True)
        return anew
    if in_a_hurry:
        return _hurry(subject, status, now_ms=found.now_ms)
    if not found.is_queued and status.due_ms is not None:
        _enqueue(subject, status, now_ms=found.now_ms)
    return status


def _find_related_anew(subject: Subject, status: SubjectStatus) -> SubjectStatus:
    """Memory has lost what is behind it: the next answer names it once more."""
    now_ms = memory_now_ms()
    lone = replace(status, related="", due_ms=now_ms, serial=status.serial + 1)
    _enqueue(subject, lone, now_ms=now_ms, instead_of=status)
    return lone


def _begins_anew(found: WatchedStatus, *, is_launch: bool) -> bool:
    """LivePerson forgets a visit after six hours; and what it did not know a while ago it may know at a new launch."""
    status = found.status
    if status is None or found.is_queued:
        return False
    if found.now_ms - status.first_seen_ms > KEEP_AT_MOST_MS:
        return True
    return (
        is_launch and status.state.is_refused_at_first and due_in_a_hurry(status, now_ms=found.now_ms) <= found.now_ms
    )


def _hurry(subject: Subject, status: SubjectStatus, *, now_ms: int) -> SubjectStatus:
    """Sooner than it was due, if that is not too soon; what is over is asked for again."""
    due_ms = due_in_a_hurry(status, now_ms=now_ms)
    if status.due_ms is not None and status.due_ms <= due_ms:
        _enqueue(subject, status, now_ms=now_ms)
        return status
    hurried = replace(status, due_ms=due_ms, serial=status.serial + 1)
    _enqueue(subject, hurried, now_ms=now_ms, instead_of=status)
    return hurried


def _enqueue(
    subject: Subject,
    status: SubjectStatus,
    *,
    now_ms: int,
    instead_of: SubjectStatus | None = None,
    anew: bool = False,
) -> None:
    """When its status says that it is due."""
    after_ms = max(0, (status.due_ms or now_ms) - now_ms)
    if enqueue(subject, status=status, after_ms=after_ms, instead_of=instead_of, anew=anew):
        start_shift(subject.account_id)
