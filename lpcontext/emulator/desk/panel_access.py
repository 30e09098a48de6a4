"""What this CRM was given when it was connected with the panel: its address, and keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .panel_operator import Operator


@dataclass(frozen=True, slots=True, kw_only=True)
class CrmKey:
    """Where signed launches are posted to, and what they are signed with.

    `tenant` is the organisation or installation that they name. Zendesk's secret is a private key in PEM, the others
    are texts that the panel knows, too.
    """

    url: str
    secret: str = field(repr=False)
    tenant: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The panel this desk frames, its keys, and who sits here. No account: the emulator's first.

    `key` is the integration key. `crm_keys` are by host: `canvas`, `zendesk`, `signed_post`.
    """

    panel_url: str
    key: str = field(repr=False)
    crm_keys: Mapping[str, CrmKey] = field(default_factory=dict)
    operator: Operator | None = None
    account_id: str | None = None
    agent_id: str = "desk-7"
    agent_name: str = "Sam Ferreira"
    agent_role: str = "Service desk"
