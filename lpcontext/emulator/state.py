"""What every endpoint of the emulator shares."""

from __future__ import annotations

from dataclasses import dataclass, field

from .choices import Choices
from .clock import Clock
from .faults import ActiveFaults
from .log import RequestLog
from .sites import Site


@dataclass(slots=True, kw_only=True)
class EmulatorState:
    """Accounts by id, the faults in force, the log of requests, and the clock the stories go by."""

    sites: dict[str, Site]
    clock: Clock
    choices: Choices = field(default_factory=Choices)
    faults: ActiveFaults = field(default_factory=ActiveFaults)
    log: RequestLog = field(default_factory=RequestLog)

    def now_ms(self) -> int:
        return self.clock.now_ms()
