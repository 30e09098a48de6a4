"""Where snapshots are kept: one Redis hash per subject.

`m` its status, `v` what LivePerson answered, sealed, `n` what workers keep of the last answer, `k` its key, sealed,
`b:<viewer>` bodies. It lives 15 minutes after the last look, and 6 hours at most: longer than that
LivePerson itself forgets (contract 4.3).
"""

from __future__ import annotations

from typing import cast

from lpcontext.snapshots.codec import StoredKind, decode_status, open_key, open_stored
from lpcontext.snapshots.memory import PREFIX, reaching_memory
from lpcontext.snapshots.model import SubjectStatus
from lpcontext.snapshots.naming import subject_key
from lpcontext.subjects import Subject

KEEP_MS = 15 * 60 * 1000
KEEP_AT_MOST_MS = 6 * 3600 * 1000


def find_stored(name: str, kind: type[StoredKind]) -> tuple[SubjectStatus, StoredKind | None] | None:
    """Status and what is kept, from one reading; None for a subject nobody looked at. Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        encoded, sealed = cast("list[bytes | None]", memory.hmget(PREFIX + subject_key(name), ["m", "v"]))
    status = decode_status(encoded)
    return None if status is None else (status, open_stored(name, sealed, kind))


def find_key(name: str) -> Subject | None:
    """Which subject it is; None where nothing is kept of it. Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        sealed = cast("bytes | None", memory.hget(PREFIX + subject_key(name), "k"))
    return open_key(name, sealed) if sealed else None
