"""An account's client has changed: new credentials, an account that is back, or one that is gone."""

from __future__ import annotations

from lpcontext.connections import NoClient
from lpcontext.liveperson import LivePersonClient
from lpcontext.refresh.kinds import Kind
from lpcontext.snapshots import find_waiting, make_due, memory_now_ms

_REFUSED_LATELY_MS = 30_000


def is_same_trouble(one: object, other: object) -> bool:
    """An account that cannot be asked for is no news each turn."""
    return isinstance(one, NoClient) and isinstance(other, NoClient) and one.trouble == other.trouble


def make_waiting_due(account: str, kind: Kind, client: LivePersonClient | NoClient, *, is_first: bool) -> None:
    """With a new client, whoever waits for credentials is asked for at once.

    Without one, all are due: what was known of the account's visitors is forgotten at once, whatever it waited for.
    `is_first`: this shift had none before. Raises MemoryUnavailable.
    """
    if isinstance(client, NoClient):
        make_due(account, kind.name, spread_ms=0)
        return
    names = _find_waiting_for_credentials(account, kind, is_first=is_first)
    if names:
        make_due(account, kind.name, spread_ms=kind.interval_ms(), names=names)


def _find_waiting_for_credentials(account: str, kind: Kind, *, is_first: bool) -> list[str]:
    """At the beginning of a shift nobody knows whether they are new: who was just refused is left in peace."""
    recent_ms = memory_now_ms() - (_REFUSED_LATELY_MS if is_first else 0)
    return [
        name
        for name, status in find_waiting(account, kind.name).items()
        if status.state.waits_for_credentials and (status.asked_ms or 0) < recent_ms
    ]
