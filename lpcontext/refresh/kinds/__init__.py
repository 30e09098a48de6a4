"""One file per kind of subject: how often, over which service, how many at once, how to ask, what to keep."""

from lpcontext.refresh.kinds.chat import CHAT
from lpcontext.refresh.kinds.kind import Fetched, Kind, SubjectUpdate
from lpcontext.refresh.kinds.visit import VISIT

KINDS: tuple[Kind, ...] = (VISIT, CHAT)
KIND_NAMES: tuple[str, ...] = tuple(kind.name for kind in KINDS)

__all__ = ["KINDS", "KIND_NAMES", "Fetched", "Kind", "SubjectUpdate"]
