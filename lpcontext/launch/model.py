"""A launch: what one agent may look at, verified.

LaunchRefused
├── LaunchForged    not sealed by us, for another purpose, or changed
├── LaunchExpired   was right once, or is older than what memory remembers
├── LaunchEnded     the account, key or user it was made with is no longer good for it
├── LaunchTooLong   more is said of agent and record than an address holds
└── LaunchSpent     a ticket that somebody has used already
"""

from __future__ import annotations

import msgspec

from lpcontext.reading import PersonalKind
from lpcontext.subjects import Subject


class CrmRecord(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """What the CRM knows of the caller, as it told us at the launch."""

    phone: str | None = None
    email: str | None = None
    customer_id: str | None = None
    record_url: str | None = None


class Launch(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """Who looks at what, until when (epoch ms), framed by whom (None: not framed).

    `granted_by`: by whom, as `accounts.Grant` spells it. What is hidden is not in here: a page or tick goes by what the
    account wants now, and `masked`, read by nobody, keeps its place for panels that are open. `host`: which of HOSTS
    verified it. `role`: the agent's, as host or user names it, "" for the account's own masking. `locale` (BCP 47) and
    `time_zone` (IANA) are the agent's, None where unsaid. Until `revealed_until_ms` its agent reads `revealed_kinds`,
    as far as the role still allows.
    """

    subject: Subject
    slug: str
    opened_ms: int
    expires_ms: int
    masked: bool = True
    agent_id: str | None = None
    agent_name: str | None = None
    origin: str | None = None
    granted_by: str = ""
    host: str = "ticket"
    role: str = ""
    locale: str | None = None
    time_zone: str | None = None
    crm: CrmRecord | None = None
    revealed_until_ms: int = 0
    revealed_kinds: tuple[PersonalKind, ...] = ()


class Ticket(msgspec.Struct, frozen=True, kw_only=True):
    """`path` opens the panel once, until `expires_ms`."""

    path: str
    expires_ms: int


class LaunchRefused(Exception):
    """Base: this launch opens nothing. The text never repeats what was shown to it."""

    def __init__(self) -> None:
        super().__init__((self.__doc__ or "").strip())


class LaunchForged(LaunchRefused):
    """Not made by us."""


class LaunchTooLong(LaunchRefused):
    """More is said in it of agent and record than an address holds."""


class LaunchExpired(LaunchRefused):
    """Its time is over."""


class LaunchEnded(LaunchRefused):
    """Whoever let it be made may no longer."""


class LaunchSpent(LaunchRefused):
    """Used already."""
