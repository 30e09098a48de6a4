"""What things are called in Redis: keyed hashes that disclose nothing of what they name, behind a letter or a word.

| key | what |
| --- | --- |
| `s:<subject>` | all that is kept of a subject, a hash (`store.py`) |
| `w:<account>` | its watches, scored by their end |
| `due:<account>:<kind>` | a queue, scored by when each subject is due |
| `h:<account>:<kind>` | the claims on subjects of that queue: name and token |
| `clock:<account>:<kind>` | when something was last taken from that queue |
| `l:<account>:<number>` | the lease of one of its shifts: the owner |
| `call:<account>:<number>` | that shift was requested, and has not begun |
| `mend:<account>` | its missing shift was reported to a worker lately |
| `active` | accounts that are watched, scored by when last |
| `a:<account>` | its id, sealed |
| `c:<circuit>` | a circuit |
| `m:<name>` | locks, and nonces that were spent |
| `x:<name>` | what clients of LivePerson share |
| `t:<bucket>` | a token bucket: when it will be full again (`token_buckets.py`) |
| `r:<owner>` | what somebody opened lately, scored by when (`recent_subjects.py`) |
| `born` | since when memory remembers |
| `counts` | counters |
| `i:<name>` | the answer to a request with an idempotency key, sealed |
| `audit` | audit records that wait for the database |

Channels: `bell` (accounts with something due), `changes`, `rights`. Names that no longer match our words (`h`, `call`,
`mend`, `born`, `bell`) stay: during an upgrade old and new processes share one memory.
"""

from __future__ import annotations

from lpcontext.sealing import get_sealer
from lpcontext.subjects import Subject

ENQUEUED, CHANGES, RIGHTS = "bell", "changes", "rights"
ACTIVE, MEMORY_START, COUNTS, WAITING_RECORDS = "active", "born", "counts", "audit"


def name_of(subject: Subject) -> str:
    """32 hex digits; the same for both forms of a visit's session id (contract 0.3)."""
    return get_sealer().name_of(subject.kind, *subject.identity)


def name_of_account(account_id: str) -> str:
    """32 hex digits."""
    return get_sealer().name_of("account", account_id)


def name_of_bucket(*whose: str) -> str:
    """32 hex digits."""
    return get_sealer().name_of("bucket", *whose)


def name_of_owner(owner: str) -> str:
    """32 hex digits."""
    return get_sealer().name_of("recent", owner)


def subject_key(name: str) -> str:
    return f"s:{name}"


def watches_key(account: str) -> str:
    return f"w:{account}"


def queue_key(account: str, kind: str) -> str:
    return f"due:{account}:{kind}"


def claims_key(account: str, kind: str) -> str:
    return f"h:{account}:{kind}"


def queue_clock_key(account: str, kind: str) -> str:
    return f"clock:{account}:{kind}"


def lease_key(account: str, number: int) -> str:
    return f"l:{account}:{number}"


def shift_request_key(account: str, number: int) -> str:
    return f"call:{account}:{number}"


def reported_key(account: str) -> str:
    return f"mend:{account}"


def account_key(account: str) -> str:
    return f"a:{account}"


def circuit_key(circuit: str) -> str:
    return f"c:{circuit}"


def kept_answer_key(name: str) -> str:
    return f"i:{name}"


def lock_key(name: str) -> str:
    return f"m:{name}"


def token_bucket_key(bucket: str) -> str:
    return f"t:{bucket}"


def recent_key(owner: str) -> str:
    return f"r:{owner}"
