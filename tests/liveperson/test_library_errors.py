"""Whatever the HTTP libraries raise arrives as one of ours, and their text stays behind."""

from __future__ import annotations

import http.client
import inspect
import ssl
from collections.abc import Iterator, Mapping

import pytest
import requests
import urllib3
from requests.adapters import BaseAdapter

from lpcontext.liveperson import ConnectionFailed, LivePersonError, Reason, RequestRejected, UnreadableResponse
from lpcontext.liveperson.errors import TimedOut
from tests.support.client_harness import VISITOR, ClientHarness

SECRET_TEXT = f"https://lo.v.liveperson.net/visitors/{VISITOR}"


class RaisingAdapter(BaseAdapter):
    """Carries nothing: raises what it was given."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error
        self.sent = 0

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        self.sent += 1
        raise self.error

    def close(self) -> None:
        """Nothing is open."""


def look_through(error: Exception) -> tuple[LivePersonError, RaisingAdapter]:
    adapter = RaisingAdapter(error)
    with (
        ClientHarness("https://api.liveperson.net", adapter=adapter) as harness,
        pytest.raises(LivePersonError) as raised,
    ):
        harness.look()
    return raised.value, adapter


def below(kind: type[Exception]) -> Iterator[type[Exception]]:
    yield kind
    for child in kind.__subclasses__():
        yield from below(child)


def make(kind: type[Exception]) -> Exception:
    """An error of that kind, whatever its constructor asks for, with an address in its text."""
    wanted = list(inspect.signature(kind).parameters.values())
    needed = [one for one in wanted if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]
    if kind is requests.exceptions.JSONDecodeError:
        return kind(SECRET_TEXT, SECRET_TEXT, 0)
    return kind(*[SECRET_TEXT for one in needed if one.default is one.empty] or [SECRET_TEXT])


ALL_OF_REQUESTS = sorted(set(below(requests.exceptions.RequestException)), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", ALL_OF_REQUESTS)
def test_every_error_of_requests_arrives_as_one_of_ours_without_its_text(kind: type[Exception]) -> None:
    error, _ = look_through(make(kind))

    assert error.operation == "domain look-up"
    assert VISITOR not in str(error) + repr(error) + repr(error.args)
    assert error.__cause__ is None
    assert error.__context__ is None


def test_none_of_requests_errors_was_overlooked() -> None:
    assert len(ALL_OF_REQUESTS) >= 20
    assert requests.exceptions.ChunkedEncodingError in ALL_OF_REQUESTS


pool = urllib3.HTTPSConnectionPool("lo.v.liveperson.net")


def within(reason: Exception) -> requests.exceptions.ConnectionError:
    """As requests wraps what urllib3 has given up on."""
    return requests.exceptions.ConnectionError(urllib3.exceptions.MaxRetryError(pool, "/x", reason))


@pytest.mark.parametrize(
    ("raised", "kind", "reason"),
    [
        (requests.exceptions.ConnectTimeout("x"), TimedOut, Reason.TIMED_OUT),
        (requests.exceptions.ReadTimeout("x"), TimedOut, Reason.TIMED_OUT),
        (within(urllib3.exceptions.ReadTimeoutError(pool, "/x", "x")), TimedOut, Reason.TIMED_OUT),
        (urllib3.exceptions.ReadTimeoutError(pool, "/x", "x"), TimedOut, Reason.TIMED_OUT),
        (requests.exceptions.SSLError("x"), ConnectionFailed, Reason.TLS_FAILED),
        (within(urllib3.exceptions.SSLError("x")), ConnectionFailed, Reason.TLS_FAILED),
        (requests.exceptions.ProxyError("x"), ConnectionFailed, Reason.PROXY_FAILED),
        (requests.exceptions.InvalidProxyURL("x"), ConnectionFailed, Reason.PROXY_FAILED),
        (requests.exceptions.ConnectionError("x"), ConnectionFailed, Reason.CONNECTION_FAILED),
        (requests.exceptions.ChunkedEncodingError("x"), ConnectionFailed, Reason.ANSWER_CUT),
        (
            urllib3.exceptions.ProtocolError("x", http.client.IncompleteRead(b"half")),
            ConnectionFailed,
            Reason.ANSWER_CUT,
        ),
        (urllib3.exceptions.ProtocolError("x", ConnectionResetError()), ConnectionFailed, Reason.CONNECTION_DROPPED),
        (requests.exceptions.ContentDecodingError("x"), UnreadableResponse, Reason.GARBLED),
        (urllib3.exceptions.DecodeError("x"), UnreadableResponse, Reason.GARBLED),
        (requests.exceptions.InvalidJSONError("x"), UnreadableResponse, Reason.NOT_JSON),
        (requests.exceptions.TooManyRedirects("x"), UnreadableResponse, Reason.REDIRECTED),
        (requests.exceptions.InvalidURL("x"), RequestRejected, Reason.NOT_SENDABLE),
        (requests.exceptions.InvalidHeader("x"), RequestRejected, Reason.NOT_SENDABLE),
        (urllib3.exceptions.HTTPError("x"), ConnectionFailed, Reason.CONNECTION_FAILED),
        (OSError("no such CA bundle"), ConnectionFailed, Reason.CONNECTION_FAILED),
        (ssl.SSLError("x"), ConnectionFailed, Reason.TLS_FAILED),
    ],
)
def test_each_kind_of_trouble_has_its_name(raised: Exception, kind: type[LivePersonError], reason: Reason) -> None:
    error, _ = look_through(raised)

    assert type(error) is kind
    assert error.reason is reason


def test_only_a_connection_dropped_unanswered_is_tried_again_at_once() -> None:
    dropped = requests.exceptions.ConnectionError(
        urllib3.exceptions.ProtocolError("Connection aborted.", http.client.RemoteDisconnected("x"))
    )

    assert look_through(dropped)[1].sent == 2
    assert look_through(requests.exceptions.ReadTimeout("x"))[1].sent == 1
    assert look_through(requests.exceptions.ConnectionError("x"))[1].sent == 1


def test_a_mistake_of_ours_is_not_dressed_up_as_theirs() -> None:
    adapter = RaisingAdapter(KeyError("a bug"))

    with ClientHarness("https://api.liveperson.net", adapter=adapter) as harness, pytest.raises(KeyError):
        harness.look()
