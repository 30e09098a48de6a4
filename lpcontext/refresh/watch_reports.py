"""Panels that ticked lately, reported to memory for many at once: so long are their subjects watched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from lpcontext.refresh.shift_starter import start_shift
from lpcontext.refresh.timing import watch_ms
from lpcontext.snapshots import name_of, name_of_account, watch_subjects
from lpcontext.subjects import Subject, VisitKey

# One script holds up all others while it runs.
_REPORT_AT_ONCE = 500

FindRelated = Callable[[str], str]


class WatchedSubject(NamedTuple):
    """A subject as a tick names it, reckoned once a panel."""

    subject: Subject
    name: str
    kind: str
    account: str

    @classmethod
    def of(cls, subject: Subject) -> WatchedSubject:
        return cls(subject, name_of(subject), subject.kind, name_of_account(subject.account_id))


def report_watches(ticked: Iterable[WatchedSubject], *, find_related: FindRelated) -> Iterator[str]:
    """Panels of these have ticked: they are watched, as are the visits behind them; shifts that are missing start.

    `find_related`: the name of the visit behind a subject, "" for none. Yields the names that wait in no queue, so that
    no worker will come to them. Raises MemoryUnavailable.
    """
    by_account: dict[str, list[WatchedSubject]] = defaultdict(list)
    for watched in ticked:
        by_account[watched.account].append(watched)
    for of_account in by_account.values():
        for start in range(0, len(of_account), _REPORT_AT_ONCE):
            yield from _report_account(of_account[start : start + _REPORT_AT_ONCE], find_related)


def _report_account(ticked: Sequence[WatchedSubject], find_related: FindRelated) -> list[str]:
    """Subjects of one account."""
    names: dict[str, list[str]] = defaultdict(list)
    for watched in ticked:
        names[watched.kind].append(watched.name)
        related = find_related(watched.name)
        if related:
            names[VisitKey.kind].append(related)
    must_start, missing = watch_subjects(ticked[0].account, names, watch_ms=watch_ms())
    if must_start:
        start_shift(ticked[0].subject.account_id)
    return missing
