"""Which doors there are, and what is counted at each."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum

from django.conf import settings

from lpcontext.limits.networks import find_network
from lpcontext.snapshots import MemoryUnavailable, TokenBucket, count, find_token_wait, take_tokens


class Door(StrEnum):
    """Label of a metric as well."""

    API = "api"
    CLICK_TO_CALL = "click-to-call"
    LAUNCH = "launch"
    LOOKUP = "lookup"
    PANEL = "panel"
    SIGN_IN = "sign-in"


# What one costs, in requests at other doors: to look at a password takes a third of a second of a core, to look at a
# click-to-call a call to LivePerson.
_COSTS = {Door.SIGN_IN: 5, Door.CLICK_TO_CALL: 5}


class LimitReached(Exception):
    """There were too many; `wait_seconds`, at least 1, until there is room for one more."""

    def __init__(self, wait_ms: int) -> None:
        self.wait_seconds = max(1, -(-wait_ms // 1000))
        super().__init__("a door was used too often")


def limit_use(door: Door, *, account_id: str = "", key: str = "", agent: str = "") -> None:
    """Before a proven request is served; what is "" is not counted. Raises LimitReached.

    `key`: a grant, as `accounts.Grant` spells it. Agents of two accounts may have one name, and are two.
    """
    counted = (
        (settings.LIMIT_PER_KEY, (door, "key", key)) if key else None,
        (settings.LIMIT_PER_AGENT, (door, "agent", account_id, agent)) if agent else None,
        (settings.LIMIT_PER_ACCOUNT, (door, "account", account_id)) if account_id else None,
    )
    buckets = [_build_bucket(door, whose, most) for most, whose in filter(None, counted) if most]
    with suppress(MemoryUnavailable):
        _refuse(door, take_tokens(*buckets))


def limit_unproven(door: Door, address: str, *, shown_to: str = "") -> None:
    """Before anything is proven: whoever failed too often from there is not checked again. Raises LimitReached.

    `shown_to`: the key that is to prove it, where one is named: CRMs call for all their customers from one network.
    """
    if settings.LIMIT_UNPROVEN:
        with suppress(MemoryUnavailable):
            _refuse(door, find_token_wait(_build_network_bucket(door, address, shown_to)))


def count_unproven(door: Door, address: str, *, shown_to: str = "") -> None:
    """A request from there had a wrong key, seal or signature. Raises LimitReached where it is one too many."""
    if settings.LIMIT_UNPROVEN:
        with suppress(MemoryUnavailable):
            _refuse(door, take_tokens(_build_network_bucket(door, address, shown_to)))


def _build_network_bucket(door: Door, address: str, shown_to: str) -> TokenBucket:
    return _build_bucket(door, (door, "network", find_network(address), shown_to), settings.LIMIT_UNPROVEN)


def _build_bucket(door: Door, whose: tuple[str, ...], most: int) -> TokenBucket:
    share = max(1, most // _COSTS.get(door, 1))
    return TokenBucket(whose, per_minute=share, burst=share)


def _refuse(door: Door, wait_ms: int) -> None:
    if wait_ms:
        count("limits_reached", door=door.value)
        raise LimitReached(wait_ms)
