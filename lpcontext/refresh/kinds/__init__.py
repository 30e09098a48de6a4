"""One file per kind of subject: how often, over which service, how many at once, how to ask, what to keep.

All else in this room reads `KINDS`. CONTRIBUTING.md lists what another kind touches in the others.
"""

from lpcontext.liveperson import UnreadableResponse
from lpcontext.refresh.kinds.chat import CHAT
from lpcontext.refresh.kinds.kind import Fetched, Kind, SubjectUpdate
from lpcontext.refresh.kinds.visit import VISIT
from lpcontext.subjects import Subject

KINDS: tuple[Kind, ...] = (VISIT, CHAT)
KIND_NAMES: tuple[str, ...] = tuple(kind.name for kind in KINDS)
NOT_FOUND: tuple[type[Exception], ...] = tuple(kind.not_found for kind in KINDS)
UNREADABLE: tuple[type[Exception], ...] = (UnreadableResponse, *(kind.unreadable for kind in KINDS))
_BY_NAME = {kind.name: kind for kind in KINDS}


def find_kind(subject: Subject) -> Kind:
    """Its row of the table."""
    return _BY_NAME[subject.kind]


__all__ = ["KINDS", "KIND_NAMES", "NOT_FOUND", "UNREADABLE", "Fetched", "Kind", "SubjectUpdate", "find_kind"]
