"""One pooled session per account and service, with nothing of the surroundings in it."""

from __future__ import annotations

import logging
from functools import cache
from http.cookiejar import DefaultCookiePolicy
from importlib.metadata import PackageNotFoundError, version

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3.util import Retry

from lpcontext.liveperson.wire import Wire

# These print addresses, with the visitor's ids in them, and what is signed: at DEBUG, and some at WARNING.
_TALKATIVE = (
    "urllib3.connection",
    "urllib3.connectionpool",
    "urllib3.util.retry",
    "urllib3.poolmanager",
    "requests_oauthlib.oauth1_auth",
    "oauthlib.oauth1.rfc5849",
)


def open_session(wire: Wire, *, adapter: BaseAdapter | None = None) -> requests.Session:
    """A session safe to share between threads. `adapter` carries the bytes; tests bring their own.

    `trust_env` is off: a proxy or CA bundle of the environment would win over our settings, and a .netrc over a bearer.
    Cookies are kept out of it: LivePerson's are per log-in, and ours to send.
    """
    _hush_libraries()
    session = requests.Session()
    session.trust_env = False
    session.verify = wire.ca_bundle
    session.proxies = dict(wire.proxies or {})
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers.update({"User-Agent": _product(), "Accept": "application/json", "Accept-Encoding": "gzip"})
    carrier = adapter or _open_pool(wire)
    session.mount("https://", carrier)
    session.mount("http://", carrier)
    return session


def _open_pool(wire: Wire) -> HTTPAdapter:
    # Only setting up a connection is tried twice here. A request sent again by urllib3 would carry the nonce of the
    # first, which LivePerson refuses. `read=False` and not 0: 0 would turn a time-out into a plain connection error.
    retries = Retry(
        total=None, connect=1, read=False, redirect=False, status=0, other=0, respect_retry_after_header=False
    )
    return HTTPAdapter(pool_connections=2, pool_maxsize=wire.pool_size, pool_block=True, max_retries=retries)


@cache
def _product() -> str:
    try:
        return f"lpcontext/{version('lpcontext')}"
    except PackageNotFoundError:  # started from a source tree nobody installed
        return "lpcontext"


def _hush_libraries() -> None:
    for name in _TALKATIVE:
        logger = logging.getLogger(name)
        if _drop_record not in logger.filters:
            logger.addFilter(_drop_record)


def _drop_record(_: logging.LogRecord) -> bool:
    return False
