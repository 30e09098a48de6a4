"""Snapshots: the last we knew of a subject, and when. The only room that speaks to Redis.

Belongs here: how a visit is kept (sealed, compressed, versioned), how long, who is watching, marks that may be set only
once, what workers share. Does not: fetching, deciding when to fetch, showing, who may look.
Looks down on: visits, chats, sealing. May be asked by: refresh, launch, panel, api, ops.

Redis holds no name and no id of a visitor: keys are keyed hashes, values are sealed. Where Redis cannot be reached,
every verb here raises MemoryUnavailable and nothing else.
"""

from lpcontext.snapshots.bodies import find_body, keep_body
from lpcontext.snapshots.chats import ChatSnapshot, HeldChat, find_held_chat, keep_held_chat, name_of_chat
from lpcontext.snapshots.counts import count, read_counts
from lpcontext.snapshots.marks import drop_mark, keep_mark, mark_is_set, take_mark
from lpcontext.snapshots.memory import MemoryUnavailable, memory_is_reachable, run_script
from lpcontext.snapshots.model import Held, Snapshot, Vitals
from lpcontext.snapshots.rosters import enlist, read_roster, strike
from lpcontext.snapshots.shelf import SharedShelf
from lpcontext.snapshots.store import (
    find_held,
    find_snapshot,
    find_vitals,
    forget_snapshot,
    is_watched,
    keep_held,
    keep_vitals,
    name_of,
    watch,
    watch_with_link,
)

__all__ = [
    "ChatSnapshot",
    "Held",
    "HeldChat",
    "MemoryUnavailable",
    "SharedShelf",
    "Snapshot",
    "Vitals",
    "count",
    "drop_mark",
    "enlist",
    "find_body",
    "find_held",
    "find_held_chat",
    "find_snapshot",
    "find_vitals",
    "forget_snapshot",
    "is_watched",
    "keep_body",
    "keep_held",
    "keep_held_chat",
    "keep_mark",
    "keep_vitals",
    "mark_is_set",
    "memory_is_reachable",
    "name_of",
    "name_of_chat",
    "read_counts",
    "read_roster",
    "run_script",
    "strike",
    "take_mark",
    "watch",
    "watch_with_link",
]
