"""Snapshots: the last we knew of a subject, and when. The only room that speaks to Redis.

Belongs here: how a subject is kept (sealed, compressed, versioned), how long, who is watching, what waits in which
queue, claims and leases with their owners, the circuit, what workers share, changes brought to each process, Celery's
line to its broker (`broker.py`, for whoever sends or takes tasks, and not named below: it loads kombu). Does not:
fetching, deciding when to fetch, showing, who may look.
Looks down on: subjects, visits, chats, sealing. May be asked by: refresh, launch, panel, api, ops, cli.

Redis holds no name and no id of a visitor: keys are keyed hashes, values are sealed. Where Redis cannot be reached,
every verb here raises MemoryUnavailable and nothing else. Every deadline is reckoned by Redis' own clock.
"""

from lpcontext.snapshots.bodies import find_body, keep_body
from lpcontext.snapshots.changes import Listener, listen_to_bell, listen_to_changes
from lpcontext.snapshots.chat_snapshot import ChatSnapshot, StoredChat
from lpcontext.snapshots.circuit import PROBE_MS, circuit_of, note_failure, note_limit, note_success
from lpcontext.snapshots.claims import (
    Claim,
    Settled,
    Taken,
    find_waiting,
    give_back,
    renew_claims,
    settle,
    take_due,
    wake_queue,
)
from lpcontext.snapshots.codec import can_open_form, stored_form
from lpcontext.snapshots.counts import count, read_counts
from lpcontext.snapshots.leases import (
    call_for_seat,
    cancel_call,
    count_waiting,
    find_unattended,
    release_lease,
    sweep_queues,
    take_lease,
)
from lpcontext.snapshots.lifetime import Lifetime, Use, renew_lifetime, use_once
from lpcontext.snapshots.marks import WORKER_MARK, drop_mark, keep_mark, mark_is_set, take_mark
from lpcontext.snapshots.memory import MemoryUnavailable, memory_now_ms, shared_now_ms
from lpcontext.snapshots.model import Notes, SubjectStatus, name_version, waiting_status
from lpcontext.snapshots.naming import kind_of, name_of, name_of_account
from lpcontext.snapshots.rights import listen_to_rights, tell_rights_changed
from lpcontext.snapshots.shelf import SharedShelf
from lpcontext.snapshots.store import (
    KEEP_AT_MOST_MS,
    find_key,
    find_status,
    find_stored,
    forget_subject,
    open_stored,
)
from lpcontext.snapshots.visit_snapshot import Snapshot, StoredVisit
from lpcontext.snapshots.watches import Found, enqueue, look_up, watch_many

__all__ = [
    "KEEP_AT_MOST_MS",
    "PROBE_MS",
    "WORKER_MARK",
    "ChatSnapshot",
    "Claim",
    "Found",
    "Lifetime",
    "Listener",
    "MemoryUnavailable",
    "Notes",
    "Settled",
    "SharedShelf",
    "Snapshot",
    "StoredChat",
    "StoredVisit",
    "SubjectStatus",
    "Taken",
    "Use",
    "call_for_seat",
    "can_open_form",
    "cancel_call",
    "circuit_of",
    "count",
    "count_waiting",
    "drop_mark",
    "enqueue",
    "find_body",
    "find_key",
    "find_status",
    "find_stored",
    "find_unattended",
    "find_waiting",
    "forget_subject",
    "give_back",
    "keep_body",
    "keep_mark",
    "kind_of",
    "listen_to_bell",
    "listen_to_changes",
    "listen_to_rights",
    "look_up",
    "mark_is_set",
    "memory_now_ms",
    "name_of",
    "name_of_account",
    "name_version",
    "note_failure",
    "note_limit",
    "note_success",
    "open_stored",
    "read_counts",
    "release_lease",
    "renew_claims",
    "renew_lifetime",
    "settle",
    "shared_now_ms",
    "stored_form",
    "sweep_queues",
    "take_due",
    "take_lease",
    "take_mark",
    "tell_rights_changed",
    "use_once",
    "waiting_status",
    "wake_queue",
    "watch_many",
]
