"""Refresh: keeps what we know of watched subjects young.

Belongs here: who is watched and when they are due, shifts, what an answer or a failure makes of what is known, one file
per kind of subject in `kinds/`, Celery's tasks. Does not: how to ask (liveperson), how it is kept, claimed and leased
(snapshots), how it looks (panel).
Looks down on: connections, snapshots, liveperson, visits, chats, accounts, sealing, subjects. May be asked by: panel,
api, wsgi, and celery (`worker.py`).

A **watch** is a panel that ticked for a subject lately; people set it, nobody else. A watched subject waits in its
account's queue, once, scored by when it is due. A **shift** is a Celery task that works for one account: it holds a
short lease, takes what is due, asks LivePerson with bounded concurrency, keeps the answers and queues each subject
again; it ends soon after the last watcher. A large account has several, numbered from 0. A **claim** is a subject that
a shift works on: it has an owner and an end, is renewed and given back by that owner alone, and lapses with it. A look,
or any worker, starts the shift that is missing. So a lost worker costs at most two intervals, an account nobody watches
costs nothing, and a slow account delays no other.

From the top: `status_cache` and `scheduling` on the web's side, `worker`, `shift` and `consumer` on the worker's; then
what a shift uses (`calls`, `transitions` …); `kinds/` and `timing` below all.
"""

from lpcontext.refresh.scheduling import view_subject
from lpcontext.refresh.status_cache import StatusCache
from lpcontext.refresh.subject_view import SubjectView
from lpcontext.refresh.timing import TickPace
from lpcontext.refresh.watch_reports import WatchedSubject

__all__ = ["StatusCache", "SubjectView", "TickPace", "WatchedSubject", "view_subject"]
