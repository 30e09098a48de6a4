"""A real LivePersonClient against a loopback server, its store and its clock within reach."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

from requests.adapters import BaseAdapter

from lpcontext.liveperson import HttpConfig, LivePersonClient
from lpcontext.liveperson.auth.credentials import ClientCredentials, Credentials, OAuth1Key, UserLogin
from tests.support.dict_store import DictStore
from tests.support.manual_clock import ManualClock

ACCOUNT = "12345678"
VISITOR = "cyNGViYjc4MmU2MzEzZThm"
SESSION = "jnPABZYjQcOS2Uk5fp_HnA.c524460e4432e9f93cf700af590f16ef181f20e6"
KEY = OAuth1Key(app_key="key-1", secret="secret-1", access_token="token-1", access_token_secret="secret-2")
USER = UserLogin(username="bot", password="first password")
OAUTH2 = ClientCredentials(username="bot", client_id="client-1", client_secret="secret-3")


class ClientHarness:
    """One worker; `colleague` is another one that shares the store."""

    def __init__(
        self,
        base_url: str,
        credentials: Credentials = KEY,
        *,
        account_id: str = ACCOUNT,
        clock: ManualClock | None = None,
        store: DictStore | None = None,
        adapter: BaseAdapter | None = None,
        **patience: Any,
    ) -> None:
        self.clock = clock or ManualClock()
        self.store = store or DictStore(self.clock)
        self._base_url = base_url
        self._colleagues: list[ClientHarness] = []
        self.client = LivePersonClient(
            account_id,
            credentials,
            store=self.store,
            config=HttpConfig(base_url, **patience),
            clock=self.clock,
            adapter=adapter,
        )

    def look(self, *, visitor_id: str = VISITOR, session_id: str = SESSION) -> object:
        return self.client.visit_state(visitor_id=visitor_id, session_id=session_id)

    def colleague(self, credentials: Credentials) -> ClientHarness:
        self._colleagues.append(ClientHarness(self._base_url, credentials, clock=self.clock, store=self.store))
        return self._colleagues[-1]

    def close(self) -> None:
        for one in (*self._colleagues, self):
            one.client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
