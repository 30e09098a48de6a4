"""The long-lived clients of this process: one per account and set of credentials."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import Error as DatabaseTrouble

from lpcontext.accounts.errors import UnknownAccount
from lpcontext.accounts.models import Account
from lpcontext.accounts.registry import find_account
from lpcontext.connections.building import NoClient, build_client, open_account_credentials
from lpcontext.liveperson import LivePersonClient, LivePersonError
from lpcontext.sealing import get_sealer
from lpcontext.snapshots import MemoryUnavailable, RedisStore, lock_is_held, renew_lock

# New credentials must be in use within two seconds.
_CHECK_EVERY_SECONDS = 1.5
_IN_USE_SECONDS = 900.0
_clients: dict[str, _Client] = {}
# Held for a look into the dictionary and no longer: never over the network or the database, so no account waits for
# another, and no thread for one that asks LivePerson.
_lock = threading.Lock()
log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Client:
    client: LivePersonClient
    credentials_of: datetime | None
    checked_at: float


# Connections per account and service of one process, made as they are needed: more than all its shifts here use at
# once, so that no call waits for one while its time runs.
_POOL_SIZE = 1_024


def find_client(account_id: str) -> LivePersonClient:
    """The account's client, the same object until its credentials change. Raises NoClient, MemoryUnavailable.

    The database is asked every other second at most per account, by one thread while the others go on with what is
    known, as all do while it is away; new credentials are in use within two seconds.
    """
    asked_at = time.monotonic()
    known, is_checked = _claim_check(account_id, now=asked_at)
    if known is not None and is_checked:
        return known.client
    renew_lock(_in_use(account_id), seconds=_IN_USE_SECONDS)
    try:
        account = find_account(account_id)
    except UnknownAccount:
        _let_go(account_id, known)
        raise NoClient(None) from None
    except DatabaseTrouble:
        if known is None:
            raise
        log.warning("the database is unreachable; an account is asked for with the credentials known here")
        return known.client
    if known is not None and known.credentials_of == account.credentials_changed_at:
        return known.client
    _let_go(account_id, known)
    return _install(account_id, _Client(_build_client(account), account.credentials_changed_at, asked_at))


def keep_logins_in_use() -> None:
    """Refresh the log-ins somebody's watching needs; end those nobody has needed for a while. Raises MemoryUnavailable.

    Whether an account is in use is known to all workers: one that rests must not log out another that is busy.
    """
    with _lock:
        accounts = dict(_clients)
    for account_id, known in accounts.items():
        if lock_is_held(_in_use(account_id)):
            known.client.keep_login()
        elif _forget(account_id, known):
            with suppress(LivePersonError):  # forgotten here in any case; LivePerson ends it after 8 hours
                known.client.chat_agent.leave()
            known.client.close()


def _claim_check(account_id: str, *, now: float) -> tuple[_Client | None, bool]:
    """What is known, and whether it may be used unchecked; if not, the check is ours, and not another's as well."""
    with _lock:
        known = _clients.get(account_id)
        if known is None:
            return None, False
        is_checked = now - known.checked_at < _CHECK_EVERY_SECONDS
        if not is_checked:
            known.checked_at = now
        return known, is_checked


def _install(account_id: str, made: _Client) -> LivePersonClient:
    """Ours, or the one that another thread has made while we made ours: whichever came first, for all to share."""
    with _lock:
        known = _clients.setdefault(account_id, made)
    if known is not made:
        made.client.close()
    return known.client


def _forget(account_id: str, known: _Client) -> bool:
    """True when it was still in use; a newer one stays."""
    with _lock:
        return _clients.get(account_id) is known and _clients.pop(account_id) is known


def _let_go(account_id: str, known: _Client | None) -> None:
    """Of old credentials, without making anybody wait: LivePerson may be slow to hear that we log out."""
    if known is not None and _forget(account_id, known):
        threading.Thread(target=_log_out, args=[known.client], name="log-out", daemon=True).start()


def _log_out(client: LivePersonClient) -> None:
    try:
        client.log_out()
    except (LivePersonError, MemoryUnavailable) as error:  # nobody waits for it; LivePerson ends it after 8 hours
        log.info("a log-in of old credentials was not ended: %s", type(error).__name__)
    finally:
        client.close()


def _in_use(account_id: str) -> str:
    return f"in-use:{get_sealer().name_of('account', account_id)}"


def _build_client(account: Account) -> LivePersonClient:
    credentials = open_account_credentials(account)
    return build_client(account.id, credentials, store=RedisStore(account.id), pool_size=_POOL_SIZE)
