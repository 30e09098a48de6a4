"""Every exception of the HTTP libraries, as one of ours.

The libraries' own text holds the address, and so the visitor's ids: it ends here.
"""

from __future__ import annotations

from collections.abc import Iterator
from http.client import IncompleteRead
from ssl import SSLError

from requests import exceptions as requests_errors
from urllib3 import exceptions as urllib3_errors

from lpcontext.liveperson.errors import ConnectionFailed, LivePersonError, RequestRejected, TimedOut, UnreadableResponse
from lpcontext.liveperson.reasons import Reason

# What may come out of a call: requests' own tree is OSErrors, urllib3's reaches us where requests lets it through.
LIBRARY_ERRORS = (OSError, urllib3_errors.HTTPError)

# The first row that fits decides: what went wrong in the end comes before what it was wrapped in.
_TABLE: tuple[tuple[tuple[type[BaseException], ...], type[LivePersonError], Reason], ...] = (
    # To urllib3 a refused connection is a kind of time-out.
    ((urllib3_errors.NewConnectionError,), ConnectionFailed, Reason.CONNECTION_FAILED),
    (
        (requests_errors.Timeout, urllib3_errors.TimeoutError, TimeoutError),
        TimedOut,
        Reason.TIMED_OUT,
    ),
    ((requests_errors.SSLError, urllib3_errors.SSLError, SSLError), ConnectionFailed, Reason.TLS_FAILED),
    ((requests_errors.InvalidProxyURL, requests_errors.ProxyError), ConnectionFailed, Reason.PROXY_FAILED),
    ((IncompleteRead, requests_errors.ChunkedEncodingError), ConnectionFailed, Reason.ANSWER_CUT),
    ((requests_errors.ContentDecodingError, urllib3_errors.DecodeError), UnreadableResponse, Reason.GARBLED),
    ((requests_errors.InvalidJSONError,), UnreadableResponse, Reason.NOT_JSON),
    ((requests_errors.TooManyRedirects,), UnreadableResponse, Reason.REDIRECTED),
    (
        (
            requests_errors.URLRequired,
            requests_errors.MissingSchema,
            requests_errors.InvalidSchema,
            requests_errors.InvalidURL,
            requests_errors.InvalidHeader,
        ),
        RequestRejected,
        Reason.NOT_SENDABLE,
    ),
    ((urllib3_errors.ProtocolError, ConnectionError), ConnectionFailed, Reason.CONNECTION_DROPPED),
)


def translate_error(error: BaseException, *, operation: str, service: str) -> LivePersonError:
    """The named error for what a library raised; whatever is in nobody's table is a failed connection."""
    causes = tuple(_unwrap(error))
    for kinds, named, reason in _TABLE:
        if any(isinstance(cause, kinds) for cause in causes):
            return named(operation=operation, service=service, reason=reason)
    return ConnectionFailed(operation=operation, service=service)


def _unwrap(error: BaseException, *, depth: int = 4) -> Iterator[BaseException]:
    """The error and what it was made of: requests calls a silent server and a closed socket both `ConnectionError`."""
    yield error
    for part in (getattr(error, "reason", None), *error.args):
        if isinstance(part, BaseException) and depth:
            yield from _unwrap(part, depth=depth - 1)
