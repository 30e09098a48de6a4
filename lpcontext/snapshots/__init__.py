"""Snapshots: the last we knew of a subject, and when. The only room that speaks to Redis.

Belongs here: how a subject is kept (sealed, compressed, versioned), how long, who is watching, what waits in which
queue, claims and leases with their owners, the circuit, token buckets, what somebody opened lately, what workers share,
the channels by which processes learn of changes, Celery's connection to its broker (`broker.py`, for whoever sends or
takes tasks, and not named below: it loads kombu). Does not: fetching, deciding when to fetch, showing, who may look.
Looks down on: subjects, visits, chats, sealing.
May be asked by: audit, connections, launch, limits, refresh, signin, panel, api, ops, cli, celery.

**Memory**, here and in every room, is this Redis (or Valkey). It holds no name and no id of a visitor: keys are keyed
hashes (`naming.py` lists them all), values are sealed. Where Redis cannot be reached, every verb here raises
MemoryUnavailable and nothing else. Every deadline is reckoned by Redis' own clock.

The circuit is kept by hand: libraries keep one for each process, and when it is half open each of them probes. Ours is
one for all workers, with one probe at a time.
"""

from lpcontext.snapshots.bodies import find_body, keep_body
from lpcontext.snapshots.channels import (
    publish_rights_change,
    subscribe_to_changes,
    subscribe_to_enqueued,
    subscribe_to_rights,
)
from lpcontext.snapshots.chat_snapshot import ChatSnapshot, StoredChat
from lpcontext.snapshots.circuit import PROBE_MS, name_of_circuit, note_failure, note_limit, note_success
from lpcontext.snapshots.claims import (
    Claim,
    ClaimResult,
    DueClaims,
    complete_claims,
    find_waiting,
    make_due,
    release_claims,
    renew_claims,
    take_due,
)
from lpcontext.snapshots.codec import can_open_form, open_stored, stored_form
from lpcontext.snapshots.counts import count, read_counts
from lpcontext.snapshots.kept_answers import claim_answer, drop_answer, keep_answer
from lpcontext.snapshots.leases import (
    cancel_shift_request,
    count_waiting,
    find_accounts_without_shift,
    release_lease,
    request_shift,
    sweep_queues,
    take_lease,
)
from lpcontext.snapshots.locks import WORKER_LOCK, lock_is_held, release_lock, renew_lock, take_lock
from lpcontext.snapshots.memory import MemoryUnavailable, memory_now_ms, shared_now_ms
from lpcontext.snapshots.memory_start import NonceState, renew_memory_start, spend_nonce
from lpcontext.snapshots.model import LastAnswer, SubjectStatus, waiting_status, with_version
from lpcontext.snapshots.naming import name_of, name_of_account
from lpcontext.snapshots.recent_subjects import RecentSubject, list_recent_subjects, note_recent_subject
from lpcontext.snapshots.shared_store import RedisStore
from lpcontext.snapshots.store import (
    KEEP_AT_MOST_MS,
    find_key,
    find_stored,
)
from lpcontext.snapshots.token_buckets import TokenBucket, find_token_wait, take_tokens
from lpcontext.snapshots.visit_snapshot import StoredVisit, VisitSnapshot
from lpcontext.snapshots.waiting_records import list_waiting_records, push_waiting_record, remove_waiting_records
from lpcontext.snapshots.watches import WatchedStatus, enqueue, watch_subject, watch_subjects

__all__ = [
    "KEEP_AT_MOST_MS",
    "PROBE_MS",
    "WORKER_LOCK",
    "ChatSnapshot",
    "Claim",
    "ClaimResult",
    "DueClaims",
    "LastAnswer",
    "MemoryUnavailable",
    "NonceState",
    "RecentSubject",
    "RedisStore",
    "StoredChat",
    "StoredVisit",
    "SubjectStatus",
    "TokenBucket",
    "VisitSnapshot",
    "WatchedStatus",
    "can_open_form",
    "cancel_shift_request",
    "claim_answer",
    "complete_claims",
    "count",
    "count_waiting",
    "drop_answer",
    "enqueue",
    "find_accounts_without_shift",
    "find_body",
    "find_key",
    "find_stored",
    "find_token_wait",
    "find_waiting",
    "keep_answer",
    "keep_body",
    "list_recent_subjects",
    "list_waiting_records",
    "lock_is_held",
    "make_due",
    "memory_now_ms",
    "name_of",
    "name_of_account",
    "name_of_circuit",
    "note_failure",
    "note_limit",
    "note_recent_subject",
    "note_success",
    "open_stored",
    "publish_rights_change",
    "push_waiting_record",
    "read_counts",
    "release_claims",
    "release_lease",
    "release_lock",
    "remove_waiting_records",
    "renew_claims",
    "renew_lock",
    "renew_memory_start",
    "request_shift",
    "shared_now_ms",
    "spend_nonce",
    "stored_form",
    "subscribe_to_changes",
    "subscribe_to_enqueued",
    "subscribe_to_rights",
    "sweep_queues",
    "take_due",
    "take_lease",
    "take_lock",
    "take_tokens",
    "waiting_status",
    "watch_subject",
    "watch_subjects",
    "with_version",
]
