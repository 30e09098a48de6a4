"""Claims that wait until somebody has logged in: one asks again now and then, and all do when it is done."""

from __future__ import annotations

import time
from random import SystemRandom

from lpcontext.snapshots import Claim

_AGAIN_SECONDS = 0.3


class LoginWait:
    """Of one shift and kind. What it holds is renewed with the shift's other claims."""

    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self._probes: set[str] = set()
        self._next_at = 0.0
        self._is_done = False

    def add(self, claim: Claim, *, is_probe: bool) -> None:
        """It met somebody who logs in just now. `is_probe`: its call was the one an open circuit let through."""
        if not self.claims:
            self._rest()
        self.claims.append(claim)
        if is_probe:
            self._probes.add(claim.token)
        self._is_done = False

    def note_answer(self) -> None:
        """LivePerson has answered a call: the log-in stands, or was refused for all alike."""
        self._is_done = True

    def seconds_to_next(self) -> float | None:
        """Until somebody is ready; None while nobody waits."""
        return max(0.0, self._next_at - time.monotonic()) if self.claims else None

    def take_ready(self) -> tuple[list[Claim], list[Claim]]:
        """Who may ask now: those that are a circuit's probe, and the others. Who waited is still what it was."""
        if not self.claims or (not self._is_done and time.monotonic() < self._next_at):
            return [], []
        ready = self.claims if self._is_done else self.claims[:1]
        self.claims = self.claims[len(ready) :]
        self._rest()
        probes = [claim for claim in ready if claim.token in self._probes]
        self._probes.difference_update(claim.token for claim in probes)
        return probes, [claim for claim in ready if claim not in probes]

    def take_all(self) -> list[Claim]:
        """There is no log-in to wait for any more."""
        waiting, self.claims = self.claims, []
        self._probes.clear()
        return waiting

    def _rest(self) -> None:
        """With jitter: the workers of an account must not all come at the same moment."""
        self._next_at = time.monotonic() + _AGAIN_SECONDS * SystemRandom().uniform(0.75, 1.25)
