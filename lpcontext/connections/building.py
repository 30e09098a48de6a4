"""One client of an account, out of its credentials and the settings."""

from __future__ import annotations

import time

from django.conf import settings

from lpcontext.accounts.credentials import open_credentials
from lpcontext.accounts.errors import CredentialsMissing
from lpcontext.accounts.models import Account, Trouble
from lpcontext.liveperson import (
    Credentials,
    CredentialsUnreadable,
    HttpConfig,
    LivePersonClient,
    SharedStore,
    read_credentials,
)
from lpcontext.sealing import SealBroken, get_sealer


class NoClient(Exception):
    """The account cannot be asked for; `trouble` says why, None when nobody added it."""

    def __init__(self, trouble: Trouble | None) -> None:
        self.trouble = trouble
        super().__init__(str(trouble or "unknown account"))


def open_account_credentials(account: Account) -> Credentials:
    """Raises NoClient."""
    try:
        return read_credentials(open_credentials(account, sealer=get_sealer()))
    except CredentialsMissing:
        raise NoClient(Trouble.CREDENTIALS_MISSING) from None
    except CredentialsUnreadable:
        raise NoClient(Trouble.CREDENTIALS_UNREADABLE) from None
    except SealBroken:
        raise NoClient(Trouble.SEAL_BROKEN) from None


def build_client(
    account_id: str,
    credentials: Credentials,
    *,
    store: SharedStore,
    pool_size: int,
    answer_seconds: float | None = None,
) -> LivePersonClient:
    """`answer_seconds` is how long a call may take; where it is None, LPCONTEXT_READ_SECONDS is."""
    proxy = settings.LIVEPERSON_PROXY
    config = HttpConfig(
        domain_api_url=settings.DOMAIN_API_URL,
        allowed_hosts=tuple(settings.LIVEPERSON_HOSTS),
        connect_seconds=settings.CONNECT_SECONDS,
        read_seconds=settings.READ_SECONDS,
        answer_seconds=answer_seconds or settings.READ_SECONDS,
        pool_size=pool_size,
        proxies={"https": proxy} if proxy else None,
        ca_bundle=settings.LIVEPERSON_CA_FILE or True,
    )
    return LivePersonClient(account_id, credentials, store=store, config=config, clock=time.time)
