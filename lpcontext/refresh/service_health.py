"""How one of LivePerson's services does for one account: this shift's calls report to the circuit all workers share."""

from __future__ import annotations

from lpcontext.liveperson import LivePersonError, RateLimited, retry_pause
from lpcontext.snapshots import DueClaims, name_of_circuit, note_failure, note_limit, note_success


class ServiceHealth:
    """Every verb raises MemoryUnavailable."""

    def __init__(self, account_id: str, service: str) -> None:
        self.circuit = name_of_circuit(account_id, service)
        self._has_failures = True  # nobody knows at first

    def note_due(self, due: DueClaims) -> None:
        """What the circuit said of itself: while all is well, successes need not be noted."""
        self._has_failures = bool(due.failures) or due.is_probe

    def note_answer(self, *, is_probe: bool) -> bool:
        """It answered, be it with a no. True when that closes the circuit: whoever waits for it may ask again."""
        if not self._has_failures:
            return False
        self._has_failures = False
        return note_success(self.circuit, is_probe=is_probe)

    def note_limit(self, error: RateLimited, *, is_probe: bool, interval_ms: int) -> int:
        """It said 429: until when the account pauses, epoch ms. Never for less than its interval."""
        self._has_failures = True
        pause_ms = int(retry_pause(failures=1, error=error) * 1000)
        least_ms = max(interval_ms, pause_ms if error.operation == "login" else 0)
        return note_limit(self.circuit, is_probe=is_probe, least_ms=least_ms, wished_ms=pause_ms)

    def note_error(self, error: Exception, *, is_probe: bool) -> bool:
        """Any other error; True when that closes the circuit: a refusal is a sign of health too."""
        if not (isinstance(error, LivePersonError) and error.counts_against_circuit):
            return self.note_answer(is_probe=is_probe)
        self._has_failures = True
        note_failure(self.circuit, is_probe=is_probe)
        return False
