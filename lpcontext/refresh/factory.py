"""The long-lived clients of this process: one per account and set of credentials."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from lpcontext.accounts import Account, CredentialsMissing, Trouble, UnknownAccount, find_account, open_credentials
from lpcontext.liveperson import CredentialsUnreadable, LivePersonClient, LivePersonError, Wire, read_credentials
from lpcontext.sealing import SealBroken, get_sealer
from lpcontext.snapshots import SharedShelf, keep_mark, mark_is_set

_CHECK_EVERY_SECONDS = 5.0
_IN_USE_SECONDS = 900.0
_clients: dict[str, _Client] = {}
_lock = threading.Lock()


class NoClient(Exception):
    """The account cannot be asked for; `trouble` says why, None when nobody added it."""

    def __init__(self, trouble: Trouble | None) -> None:
        self.trouble = trouble
        super().__init__(str(trouble or "unknown account"))


@dataclass(slots=True)
class _Client:
    client: LivePersonClient
    credentials_of: datetime | None
    checked_at: float


def find_client(account_id: str) -> LivePersonClient:
    """The account's client, made anew after its credentials changed. Raises NoClient, MemoryUnavailable.

    The database is asked at most every few seconds per account, not once per refresh.
    """
    with _lock:
        known = _clients.get(account_id)
        if known and time.monotonic() - known.checked_at < _CHECK_EVERY_SECONDS:
            return known.client
        keep_mark(_in_use(account_id), seconds=_IN_USE_SECONDS)
        try:
            account = find_account(account_id)
        except UnknownAccount:
            _dismiss(account_id, log_out=True)
            raise NoClient(None) from None
        if known and known.credentials_of == account.credentials_changed_at:
            known.checked_at = time.monotonic()
            return known.client
        _dismiss(account_id, log_out=known is not None)
        client = _build_client(account)
        _clients[account_id] = _Client(client, account.credentials_changed_at, time.monotonic())
        return client


def keep_logins_in_use() -> None:
    """Refresh the log-ins somebody's watching needs; end those nobody has needed for a while. Raises MemoryUnavailable.

    Whether an account is in use is known to all workers: one that rests must not log out another that is busy.
    """
    with _lock:
        accounts = {account_id: known.client for account_id, known in _clients.items()}
    for account_id, client in accounts.items():
        if mark_is_set(_in_use(account_id)):
            client.keep_login()
            continue
        with _lock:
            _clients.pop(account_id, None)
        with suppress(LivePersonError):  # forgotten here in any case; LivePerson ends it after 8 hours
            client.chat_desk.leave()
        client.close()


def _in_use(account_id: str) -> str:
    return f"in-use:{get_sealer().name_of('account', account_id)}"


def _dismiss(account_id: str, *, log_out: bool) -> None:
    known = _clients.pop(account_id, None)
    if known:
        if log_out:
            with suppress(LivePersonError):  # it is forgotten here in any case; LivePerson ends it after 8 hours
                known.client.log_out()
        known.client.close()


def _build_client(account: Account) -> LivePersonClient:
    try:
        credentials = read_credentials(open_credentials(account, sealer=get_sealer()))
    except CredentialsMissing:
        raise NoClient(Trouble.CREDENTIALS_MISSING) from None
    except CredentialsUnreadable:
        raise NoClient(Trouble.CREDENTIALS_UNREADABLE) from None
    except SealBroken:
        raise NoClient(Trouble.SEAL_BROKEN) from None
    return LivePersonClient(account.id, credentials, shelf=SharedShelf(account.id), wire=_wire(), clock=time.time)


def _wire() -> Wire:
    proxy = settings.LIVEPERSON_PROXY
    return Wire(
        domain_api_url=settings.DOMAIN_API_URL,
        allowed_hosts=tuple(settings.LIVEPERSON_HOSTS),
        connect_seconds=settings.CONNECT_SECONDS,
        read_seconds=settings.READ_SECONDS,
        proxies={"https": proxy} if proxy else None,
        ca_bundle=settings.LIVEPERSON_CA_FILE or True,
    )
