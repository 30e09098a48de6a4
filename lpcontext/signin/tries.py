"""How often a password may be tried: so many times in so many minutes, for one name from one address.

Each try takes a lock that lapses by itself, so nobody is shut out for longer than that, and no one else with them.
"""

from __future__ import annotations

import unicodedata
from contextlib import suppress

from lpcontext.limits import find_network
from lpcontext.sealing import get_sealer
from lpcontext.snapshots import MemoryUnavailable, release_lock, take_lock

TRIES = 10
TRY_SECONDS = 300.0


class NoTriesLeft(Exception):
    """As many were taken as there are; the first comes back within TRY_SECONDS."""


def take_try(*, username: str, address: str) -> str | None:
    """Before the password is looked at: the try taken, to be returned when it was right. Raises NoTriesLeft.

    None with memory gone: whoever comes to mend it must get in, and each try still costs a third of a second.
    """
    # As Django reads names: other spellings of one would be so many tries more.
    name = unicodedata.normalize("NFKC", username).strip().casefold()
    who = get_sealer().name_of("sign-in", name, find_network(address))
    try:
        for number in range(TRIES):
            lock = f"try:{who}:{number}"
            if take_lock(lock, seconds=TRY_SECONDS):
                return lock
    except MemoryUnavailable:
        return None
    raise NoTriesLeft


def return_try(taken: str | None) -> None:
    """It was the right password."""
    if taken is not None:
        with suppress(MemoryUnavailable):  # it lapses by itself
            release_lock(taken)
