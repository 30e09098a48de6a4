"""One pool of kept connections per account and service, with nothing of the surroundings in it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse, Retry
from urllib3.connectionpool import ConnectionPool

from lpcontext.liveperson.http.time_limit import LIMITED_POOLS

# These print addresses, with the visitor's ids in them, and what is signed: at DEBUG, and some at WARNING.
_TALKATIVE = (
    "urllib3.connection",
    "urllib3.connectionpool",
    "urllib3.util.retry",
    "urllib3.poolmanager",
    "requests_oauthlib.oauth1_auth",
    "oauthlib.oauth1.rfc5849",
)


class PooledAdapter(HTTPAdapter):
    """requests' own, whose calls end by their limit, and which does once what it would do at every call.

    It is asked directly, without a Session: what that adds to each call (a look at the environment for proxies, CA
    bundles and .netrc, a jar of cookies, a history of redirects) is either unwanted here or never used, and costs a
    third of the call. A pool serves one service, which has one origin as long as LivePerson does not move it.
    """

    def __init__(self, *, pool_size: int) -> None:
        # Only setting up a connection is tried twice here. A request sent again by urllib3 would carry the nonce of the
        # first, which LivePerson refuses. `read=False` and not 0: 0 would turn a time-out into a plain connection error
        retries = Retry(
            total=None, connect=1, read=False, redirect=False, status=0, other=0, respect_retry_after_header=False
        )
        self._last: tuple[str, ConnectionPool] | None = None
        _hush_libraries()
        super().__init__(pool_connections=2, pool_maxsize=pool_size, pool_block=True, max_retries=retries)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any) -> None:
        super().init_poolmanager(connections, maxsize, block, **pool_kwargs)
        self.poolmanager.pool_classes_by_scheme = LIMITED_POOLS

    def proxy_manager_for(self, proxy: str, **proxy_kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **proxy_kwargs)
        manager.pool_classes_by_scheme = LIMITED_POOLS
        return manager

    def get_connection_with_tls_context(
        self,
        request: PreparedRequest,
        verify: bool | str | None,
        proxies: Mapping[str, str] | None = None,
        cert: tuple[str, str] | str | None = None,
    ) -> ConnectionPool:
        origin, last = _split(request)[0], self._last
        if last is not None and last[0] == origin:
            return last[1]
        pool = super().get_connection_with_tls_context(request, verify, proxies=proxies, cert=cert)
        self._last = (origin, pool)
        return pool

    def request_url(self, request: PreparedRequest, proxies: Mapping[str, str] | None) -> str:
        return super().request_url(request, proxies) if proxies else _split(request)[1]

    def build_response(self, req: PreparedRequest, resp: BaseHTTPResponse) -> Response:
        """Only what `Connection` looks at: the headers are read where they are."""
        response = Response()
        response.status_code = resp.status
        response.raw = resp
        return response

    def close(self) -> None:
        self._last = None
        super().close()


@cache
def usual_headers() -> Mapping[str, str]:
    """What goes with every request."""
    try:
        product = f"lpcontext/{version('lpcontext')}"
    except PackageNotFoundError:  # started from a source tree nobody installed
        product = "lpcontext"
    return {"User-Agent": product, "Accept": "application/json", "Accept-Encoding": "gzip"}


def _split(request: PreparedRequest) -> tuple[str, str]:
    """Origin, path and query. Our addresses are `scheme://host/path`, made whole before they come here."""
    scheme, _, rest = str(request.url).partition("://")
    host, _, path = rest.partition("/")
    return f"{scheme}://{host}", f"/{path}"


def _hush_libraries() -> None:
    for name in _TALKATIVE:
        logger = logging.getLogger(name)
        if _drop_record not in logger.filters:
            logger.addFilter(_drop_record)


def _drop_record(_: logging.LogRecord) -> bool:
    return False
