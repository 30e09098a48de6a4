"""What the usual viewer must not read of a visit."""

from __future__ import annotations

from lpcontext.masking.known_values import KnownValues, find_known_values
from lpcontext.visits import Visit
from tests.support.viewers import USUALLY_HIDDEN


def find_contacts(visit: Visit) -> KnownValues:
    return find_known_values(visit, hidden=USUALLY_HIDDEN)
