"""Which host serves which service of an account (contract 1).

Looked up at run time, since LivePerson moves accounts, and shared by all workers. Asked again after five minutes
(LivePerson's own SDK waits one); while the Domain API is away, its last word is good for a day.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from lpcontext.liveperson.errors import HostNotAllowed, LivePersonError, Unreachable, UnreadableResponse
from lpcontext.liveperson.http.config import HttpConfig
from lpcontext.liveperson.http.connection import Connection
from lpcontext.liveperson.http.messages import Request
from lpcontext.liveperson.responses.envelopes import decode_json
from lpcontext.liveperson.responses.reading import read_object, read_text
from lpcontext.liveperson.shared_store import SharedStore

_FRESH_SECONDS = 300.0
_KEPT_SECONDS = 86_400.0
_AFTER_FAILURE_SECONDS = 30.0
# Within this, a worker notices what another has looked up.
_NOTICED_WITHIN_SECONDS = 5.0
_USED = ("smt", "agentVep", "msdkgw")
# How old a look-up must be before an answer that smells of a wrong host makes us look again.
_DOUBTED_AFTER_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Domain:
    """Where one service lives. Times are epoch seconds."""

    base_uri: str
    looked_up_at: float
    fresh_until: float


@dataclass(frozen=True, slots=True)
class _Remembered:
    """What the store held, as this process read it. Times are epoch seconds."""

    origin: str
    since: float
    until: float

    def is_good_at(self, now: float) -> bool:
        """A clock that was set back makes it old, not young."""
        return self.since <= now < self.until


class Domains:
    """The domains of one account, percent-encoded here. `clock` tells epoch seconds."""

    def __init__(
        self,
        account: str,
        *,
        connection: Connection,
        store: SharedStore,
        config: HttpConfig,
        clock: Callable[[], float],
    ) -> None:
        self._account = account
        self._connection = connection
        self._store = store
        self._config = config
        self._clock = clock
        self._remembered: dict[str, _Remembered] = {}

    def find(self, service: str) -> str:
        """The origin (`https://host[:port]`) of a service; its name is case-sensitive (contract 1).

        Raises LivePersonError when nothing usable is known.
        """
        now = self._clock()
        known = self._remembered.get(service)
        if known is not None and known.is_good_at(now):
            return known.origin
        kept = self._read(service)
        if kept is not None and now < kept.fresh_until:
            origin = self._origin_of(kept.base_uri)
            self._remembered[service] = _Remembered(
                origin, since=now, until=min(now + _NOTICED_WITHIN_SECONDS, kept.fresh_until)
            )
            return origin
        try:
            return self._look_up(service)
        except (Unreachable, UnreadableResponse):
            if kept is None:
                raise
        self._keep(service, kept.base_uri, looked_up_at=kept.looked_up_at, fresh_for=_AFTER_FAILURE_SECONDS)
        return self._origin_of(kept.base_uri)

    def find_new(self, service: str, *, instead_of: str) -> str | None:
        """Another origin, after an answer that smells of a wrong host (the trap of contract 0.6); None without one.

        A look-up less than a minute old is believed, or every mistyped id would cost one.
        """
        self._remembered.pop(service, None)
        kept = self._read(service)
        try:
            if kept is not None and self._clock() - kept.looked_up_at < _DOUBTED_AFTER_SECONDS:
                origin = self._origin_of(kept.base_uri)  # which another worker may have looked up since we asked
            else:
                origin = self._look_up(service)
        except LivePersonError:
            return None
        return origin if origin != instead_of else None

    def learn(self, collection: object) -> None:
        """Take in the `csdsCollectionResponse` of a log-in (contract 2.1), without the hosts we would not ask."""
        entries = collection.get("baseURIs") if isinstance(collection, dict) else None
        for entry in entries if isinstance(entries, list) else ():
            match entry:
                case {"account": self._account, "service": str(service), "baseURI": str(base_uri)} if (
                    service in _USED and self._config.origin_of(base_uri)
                ):
                    self._keep(service, base_uri, looked_up_at=self._clock(), fresh_for=_FRESH_SECONDS)

    def _look_up(self, service: str) -> str:
        home = self._config.domain_api_url.rstrip("/")
        url = f"{home}/api/account/{self._account}/service/{service}/baseURI.json?version=1.0"
        response = self._connection.send(Request(operation="domain look-up", method="GET", url=url))
        base_uri = read_text(response, read_object(response), "baseURI")
        origin = self._origin_of(base_uri)
        self._keep(service, base_uri, looked_up_at=self._clock(), fresh_for=_FRESH_SECONDS)
        return origin

    def _origin_of(self, base_uri: str) -> str:
        origin = self._config.origin_of(base_uri)
        if origin is None:
            raise HostNotAllowed(operation="domain look-up", service=self._connection.service)
        return origin

    def _keep(self, service: str, base_uri: str, *, looked_up_at: float, fresh_for: float) -> None:
        self._remembered.pop(service, None)
        now = self._clock()
        domain = [base_uri, float(looked_up_at), float(now + fresh_for)]
        left = looked_up_at + _KEPT_SECONDS - now
        self._store.put(_name(service), json.dumps(domain).encode(), seconds=max(1.0, left))

    def _read(self, service: str) -> Domain | None:
        kept = self._store.get(_name(service))
        match decode_json(kept) if kept else None:
            # What was allowed when it was kept need not be allowed now.
            case [str(base_uri), float(looked_up_at), float(fresh_until)] if self._config.origin_of(base_uri):
                return Domain(base_uri, looked_up_at, fresh_until)
            case _:
                return None


def _name(service: str) -> str:
    return f"domain:{service}"
