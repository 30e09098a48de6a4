"""What an answer becomes, through the real client: the visit's JSON or exactly one named error."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from lpcontext.liveperson import (
    BadRequest,
    ConnectionFailed,
    LivePersonError,
    RateLimited,
    Reason,
    RequestRejected,
    UnreadableResponse,
    VisitNotFound,
    WrongAccount,
    WrongSession,
    WrongVisitor,
)
from lpcontext.liveperson.errors import CredentialsRejected, LoginBlocked, ServerFailed, TimedOut
from tests.support.client_harness import ACCOUNT, SESSION, VISITOR, ClientHarness
from tests.support.scripted_server import HANG_UP, SILENCE, Reply, ScriptedServer, cut_off, reply

SECRET = "somebody's name"


def flat(code: object) -> dict[str, Any]:
    return {"time": 1469543282471, "message": SECRET, "internalCode": code}


def nested(code: object) -> dict[str, Any]:
    return {"error": {"time": "Sep 22, 2016 4:10:15 PM", "message": SECRET, "internalCode": code}}


def fail(server: ScriptedServer, response: Reply, **patience: Any) -> LivePersonError:
    server.will("state", response)
    with ClientHarness(server.base_url, **patience) as harness, pytest.raises(LivePersonError) as raised:
        harness.look()
    return raised.value


def test_a_visit_comes_back_as_it_was_sent(server: ScriptedServer) -> None:
    response = {"id": SESSION, "appSessions": [{"pages": [], "unknown": {"a": None}}]}
    server.will("state", reply(200, response))

    with ClientHarness(server.base_url) as harness:
        assert harness.look() == response


def test_a_compressed_answer_is_read(server: ScriptedServer) -> None:
    packed = gzip.compress(json.dumps({"id": "x"}).encode())
    server.will("state", reply(200, packed, headers=(("Content-Encoding", "gzip"),)))

    with ClientHarness(server.base_url) as harness:
        assert harness.look() == {"id": "x"}


def test_an_answer_in_pieces_is_read(server: ScriptedServer) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    server.will("state", Reply(head + b'5\r\n{"id"\r\n5\r\n:"x"}\r\n0\r\n\r\n'))

    with ClientHarness(server.base_url) as harness:
        assert harness.look() == {"id": "x"}


def test_a_byte_order_mark_before_the_json_is_no_harm(server: ScriptedServer) -> None:
    server.will("state", reply(200, b'\xef\xbb\xbf{"id": "x"}'))

    with ClientHarness(server.base_url) as harness:
        assert harness.look() == {"id": "x"}


@pytest.mark.parametrize("envelope", [flat, nested])
@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (404, 6, WrongAccount),
        (404, 12, VisitNotFound),
        (404, 37, WrongVisitor),
        (404, 39, WrongSession),
        (404, 18, RequestRejected),
        (404, 4711, RequestRejected),
        (400, 33, BadRequest),
        (400, 5, BadRequest),
        (401, 10, CredentialsRejected),
        (500, 20, ServerFailed),
        (202, 38, ServerFailed),
    ],
)
def test_each_documented_code_has_its_error_in_either_envelope(
    server: ScriptedServer, envelope: Any, status: int, code: int, kind: type[LivePersonError]
) -> None:
    error = fail(server, reply(status, envelope(code)))

    assert type(error) is kind
    assert (error.operation, error.service, error.status, error.code) == ("visit state", "smt", status, code)


def test_a_code_printed_as_text_is_read(server: ScriptedServer) -> None:
    error = fail(server, reply(404, flat("12")))

    assert type(error) is VisitNotFound


@pytest.mark.parametrize("code", [None, True, 12.0, "twelve", "１２", [12], {"code": 12}, "9" * 5000])
def test_a_code_that_is_no_number_is_no_code(server: ScriptedServer, code: object) -> None:
    error = fail(server, reply(404, flat(code)))

    assert type(error) is RequestRejected
    assert error.code is None


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (301, UnreadableResponse),
        (400, BadRequest),
        (401, CredentialsRejected),
        (403, CredentialsRejected),
        (404, RequestRejected),
        (405, RequestRejected),
        (408, RequestRejected),
        (418, RequestRejected),
        (429, RateLimited),
        (451, LoginBlocked),
        (500, ServerFailed),
        (502, ServerFailed),
        (503, ServerFailed),
        (599, ServerFailed),
    ],
)
@pytest.mark.parametrize("body", [b"", b"<html>no</html>", b"\xff\xfe[1]"])
def test_a_status_is_enough_where_the_body_says_nothing(
    server: ScriptedServer, status: int, kind: type[LivePersonError], body: bytes
) -> None:
    error = fail(server, reply(status, body))

    assert type(error) is kind
    assert error.status == status
    assert error.code is None


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", Reason.EMPTY_ANSWER),
        (b" \r\n\t", Reason.EMPTY_ANSWER),
        (b"<!doctype html><title>Sign in</title>", Reason.HTML_ANSWER),
        (b"\n <html>", Reason.HTML_ANSWER),
        (b'{"id": "x", "appSessions": [', Reason.NOT_JSON),
        (b"OK", Reason.NOT_JSON),
        (b'{"id": NaN}', Reason.NOT_JSON),
        (b'{"id": "\xff"}', Reason.NOT_JSON),
        (b'{"a":' * 100_000, Reason.NOT_JSON),
        (b'{"a": ' + b"9" * 5000 + b"}", Reason.NOT_JSON),
        (b"null", Reason.NOT_AN_OBJECT),
        (b"[]", Reason.NOT_AN_OBJECT),
        (b'"text"', Reason.NOT_AN_OBJECT),
        (b"12", Reason.NOT_AN_OBJECT),
        (json.dumps(flat(12)).encode(), Reason.ERROR_IN_SUCCESS),
        (json.dumps(nested(12)).encode(), Reason.ERROR_IN_SUCCESS),
    ],
)
def test_a_success_we_cannot_read_says_what_it_was(server: ScriptedServer, body: bytes, reason: Reason) -> None:
    error = fail(server, reply(200, body))

    assert type(error) is UnreadableResponse
    assert error.reason is reason
    assert error.status == 200


def test_an_answer_of_no_content_is_unreadable(server: ScriptedServer) -> None:
    assert fail(server, reply(204)).reason is Reason.EMPTY_ANSWER


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        ("signature_invalid", Reason.SIGNATURE_INVALID),
        ("consumer_key_unknown", Reason.KEY_UNKNOWN),
        ("token_rejected", Reason.TOKEN_REFUSED),
        ("timestamp_refused", Reason.CLOCK_REFUSED),
        ("nonce_used", Reason.NONCE_REFUSED),
        ("permission_denied", Reason.NO_PERMISSION),
        ("something_nobody_documents", Reason.NOT_AUTHORIZED),
    ],
)
@pytest.mark.parametrize("status", [200, 400, 401, 403])
def test_an_oauth_problem_is_rejected_credentials_with_a_word_of_ours(
    server: ScriptedServer, status: int, problem: str, reason: Reason
) -> None:
    response = f"oauth_problem={problem}&oauth_problem_advice={SECRET}"

    error = fail(server, reply(status, response, headers=(("Content-Type", "application/x-www-form-urlencoded"),)))

    assert type(error) is CredentialsRejected
    assert error.reason is reason


def test_an_oauth_problem_in_a_header_is_seen(server: ScriptedServer) -> None:
    challenge = 'OAuth realm="x", oauth_problem="timestamp_refused", oauth_acceptable_timestamps="1-2"'

    error = fail(server, reply(401, b"", headers=(("WWW-Authenticate", challenge),)))

    assert error.reason is Reason.CLOCK_REFUSED


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        (reply(401, flat(10)), Reason.NO_PERMISSION),
        (reply(403), Reason.NO_PERMISSION),
        (reply(401), Reason.NOT_AUTHORIZED),
    ],
)
def test_rejected_credentials_say_why(server: ScriptedServer, response: Reply, reason: Reason) -> None:
    assert fail(server, response).reason is reason


def test_a_redirect_is_not_followed(server: ScriptedServer) -> None:
    error = fail(server, reply(302, b"", headers=(("Location", f"{server.base_url}/elsewhere"),)))

    assert type(error) is UnreadableResponse
    assert error.reason is Reason.REDIRECTED
    assert server.asked_for("elsewhere") == []


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7),
        ("0", 0),
        ("Tue, 14 Nov 2023 22:13:50 GMT", 30),
        ("Tue, 14 Nov 2023 22:13:00 GMT", 0),
        ("soon", None),
        ("-5", None),
        ("1e400", None),
        ("٧", None),
        ("Tue, 99 Nov 2023 22:13:50 GMT", None),
    ],
)
def test_retry_after_is_read_in_both_its_forms(server: ScriptedServer, header: str, seconds: float | None) -> None:
    raw = reply(429, b"", headers=(("Retry-After", "%"),)).raw.replace(b"%", header.encode())

    error = fail(server, Reply(raw))

    assert type(error) is RateLimited
    assert error.retry_after == seconds


def test_a_server_failure_may_name_its_pause_too(server: ScriptedServer) -> None:
    assert fail(server, reply(503, b"", headers=(("Retry-After", "90"),))).retry_after == 90


def test_an_answer_cut_off_is_a_broken_connection(server: ScriptedServer) -> None:
    error = fail(server, cut_off(reply(200, {"id": "x" * 100}), missing=20))

    assert type(error) is ConnectionFailed
    assert error.reason is Reason.ANSWER_CUT


def test_an_answer_cut_off_between_its_pieces_is_a_broken_connection(server: ScriptedServer) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

    assert fail(server, Reply(head + b'5\r\n{"id"\r\n', closing=True)).reason is Reason.ANSWER_CUT


def test_a_connection_dropped_twice_without_an_answer_has_failed(server: ScriptedServer) -> None:
    error = fail(server, HANG_UP)

    assert type(error) is ConnectionFailed
    assert error.reason is Reason.CONNECTION_DROPPED
    assert len(server.asked_for("state")) == 2


def test_a_connection_dropped_once_is_asked_again_with_another_signature(server: ScriptedServer) -> None:
    server.will("state", HANG_UP, reply(200, {"id": "x"}))

    with ClientHarness(server.base_url) as harness:
        assert harness.look() == {"id": "x"}

    first, second = server.asked_for("state")
    assert first.headers["authorization"] != second.headers["authorization"]


def test_a_silent_liveperson_has_timed_out(server: ScriptedServer) -> None:
    assert type(fail(server, SILENCE, read_seconds=0.05)) is TimedOut


def test_a_liveperson_silent_in_the_middle_of_an_answer_has_timed_out(server: ScriptedServer) -> None:
    half = Reply(reply(200, {"id": "x" * 100}).raw[:-50], silent=True)

    assert type(fail(server, half, read_seconds=0.05)) is TimedOut


def test_a_body_beyond_every_measure_is_not_read_to_its_end(server: ScriptedServer) -> None:
    bomb = gzip.compress(b" " * (64 * 1024 * 1024), compresslevel=9)

    error = fail(server, reply(200, bomb, headers=(("Content-Encoding", "gzip"),)))

    assert type(error) is UnreadableResponse
    assert error.reason is Reason.TOO_LARGE


def test_a_broken_compression_is_unreadable(server: ScriptedServer) -> None:
    error = fail(server, reply(200, b"no gzip at all", headers=(("Content-Encoding", "gzip"),)))

    assert type(error) is UnreadableResponse
    assert error.reason is Reason.GARBLED


def test_what_is_no_http_is_a_failed_connection(server: ScriptedServer) -> None:
    assert isinstance(fail(server, Reply(b"SSH-2.0-OpenSSH_9.2\r\n", closing=True)), ConnectionFailed)


def test_nobody_listening_is_a_failed_connection() -> None:
    with ScriptedServer() as gone:
        address = gone.base_url

    with ClientHarness(address) as harness, pytest.raises(ConnectionFailed) as raised:
        harness.look()

    assert raised.value.reason is Reason.CONNECTION_FAILED


@pytest.mark.parametrize(
    "response",
    [reply(404, flat(12)), reply(500, nested(20)), reply(200, SECRET), reply(401, f"oauth_problem={SECRET}")],
)
def test_no_error_tells_ids_or_what_liveperson_wrote(server: ScriptedServer, response: Reply) -> None:
    error = fail(server, response)

    shown = f"{error} {error!r} {vars(error)}"
    for secret in (SECRET, VISITOR, SESSION, ACCOUNT, server.host, "signature"):
        assert secret not in shown
    assert error.__cause__ is None
    assert error.__context__ is None
