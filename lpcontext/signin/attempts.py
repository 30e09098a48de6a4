"""How often a password may be tried: for one name from one network, and for one name from anywhere.

From one network each attempt takes a lock that lapses by itself, so nobody is shut out for longer than that, and no one
else with them. From everywhere together a name has so many wrong ones an hour; where it signed in lately it is not held
to that, or whoever wants an agent shut out would only have to guess from many places.
"""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from typing import NamedTuple

from lpcontext.limits import find_network
from lpcontext.sealing import get_sealer
from lpcontext.snapshots import (
    MemoryUnavailable,
    TokenBucket,
    find_token_wait,
    lock_is_held,
    release_lock,
    renew_lock,
    take_lock,
    take_tokens,
)

ATTEMPTS = 10
ATTEMPT_SECONDS = 300.0
WRONG_AN_HOUR = 50
_KNOWN_SECONDS = 30 * 86_400.0


class NoAttemptsLeft(Exception):
    """As many were taken as there are; one comes back within `wait_seconds`."""

    def __init__(self, wait_seconds: int) -> None:
        self.wait_seconds = wait_seconds
        super().__init__("a password was tried too often")


class Attempt(NamedTuple):
    """One that is being made; `known`: the mark that its name has signed in from its network."""

    lock: str
    known: str
    wrong_anywhere: TokenBucket


def take_attempt(*, username: str, address: str) -> Attempt | None:
    """Before the password is looked at; then `note_right_password` or `note_wrong_password`. Raises NoAttemptsLeft.

    None with memory gone: whoever comes to mend it must get in, and each attempt still costs a third of a second.
    """
    # As Django reads names: other spellings of one would be so many attempts more.
    name = unicodedata.normalize("NFKC", username).strip().casefold()
    who = get_sealer().name_of("sign-in", name, find_network(address))
    known, bucket = f"signed-in:{who}", TokenBucket(("sign-in", name), WRONG_AN_HOUR / 60, WRONG_AN_HOUR)
    try:
        wait_ms = 0 if lock_is_held(known) else find_token_wait(bucket)
        if wait_ms:
            raise NoAttemptsLeft(-(-wait_ms // 1000))
        for number in range(ATTEMPTS):
            lock = f"try:{who}:{number}"
            if take_lock(lock, seconds=ATTEMPT_SECONDS):
                return Attempt(lock, known, bucket)
    except MemoryUnavailable:
        return None
    raise NoAttemptsLeft(int(ATTEMPT_SECONDS))


def note_right_password(attempt: Attempt | None) -> None:
    """It took nothing away, and its network is one the name is known from."""
    if attempt is not None:
        with suppress(MemoryUnavailable):  # the lock lapses by itself
            release_lock(attempt.lock)
            renew_lock(attempt.known, seconds=_KNOWN_SECONDS)


def note_wrong_password(attempt: Attempt | None) -> None:
    if attempt is not None:
        with suppress(MemoryUnavailable):
            take_tokens(attempt.wrong_anywhere)
