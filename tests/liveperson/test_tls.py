"""The same over TLS, as all of LivePerson is: kept connections, limits, and no trust in whoever answers."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from lpcontext.liveperson import ConnectionFailed, LivePersonError, Reason
from lpcontext.liveperson.errors import TimedOut
from tests.support.client_harness import ClientHarness
from tests.support.scripted_server import HANG_UP, Reply, ScriptedServer, reply

LIMIT = 0.4
GENEROUS = 15.0


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of 127.0.0.1, signed by itself, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loopback")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    own_key = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path_factory.mktemp("tls") / "loopback.pem"
    path.write_bytes(own_key + signed.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def secure(certificate: Path) -> Iterator[ScriptedServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with ScriptedServer(tls=context) as running:
        yield running


def fail_in_time(harness: ClientHarness) -> LivePersonError:
    began = time.monotonic()
    with pytest.raises(LivePersonError) as raised:
        harness.look()
    assert time.monotonic() - began < GENEROUS
    return raised.value


def test_a_connection_is_kept_open_between_looks(secure: ScriptedServer, certificate: Path) -> None:
    secure.will("state", reply(200, {"id": "x" * 100_000}))

    with ClientHarness(secure.base_url, ca_bundle=str(certificate)) as harness:
        assert harness.look() == harness.look() == {"id": "x" * 100_000}

    assert len({asked.connection for asked in secure.asked_for("state")}) == 1


def test_one_dropped_in_use_is_replaced(secure: ScriptedServer, certificate: Path) -> None:
    secure.will("state", HANG_UP, reply(200, {"id": "x"}))

    with ClientHarness(secure.base_url, ca_bundle=str(certificate)) as harness:
        assert harness.look() == {"id": "x"}


def test_whoever_cannot_prove_who_they_are_is_not_asked(secure: ScriptedServer) -> None:
    with ClientHarness(secure.base_url) as harness:
        error = fail_in_time(harness)

    assert type(error) is ConnectionFailed
    assert error.reason is Reason.TLS_FAILED
    assert secure.asked == []


@pytest.mark.parametrize(
    "drip",
    [
        Reply(b"HTTP/1.1 200 OK\r\nX-Slow: ", dripping=b"w"),
        Reply(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n", dripping=b" "),
    ],
)
def test_a_drip_ends_at_the_limit(secure: ScriptedServer, certificate: Path, drip: Reply) -> None:
    secure.will("state", drip)

    with ClientHarness(secure.base_url, ca_bundle=str(certificate), answer_seconds=LIMIT) as harness:
        assert type(fail_in_time(harness)) is TimedOut

    assert secure.was_left.wait(GENEROUS)


@contextmanager
def drip_at_everybody(drop: bytes) -> Iterator[str]:
    """Says `drop` again and again to whoever connects, and never listens."""
    over = threading.Event()

    def drip(line: socket.socket) -> None:
        try:
            while not over.wait(0.01):
                line.sendall(drop)
        except OSError:
            over.wait()

    def serve() -> None:
        lines = []
        while not over.is_set():
            try:
                lines.append(listening.accept()[0])
            except TimeoutError:
                continue
            threading.Thread(target=drip, args=[lines[-1]], daemon=True).start()
        for line in lines:
            line.close()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)
        serving = threading.Thread(target=serve)
        serving.start()
        yield f"127.0.0.1:{listening.getsockname()[1]}"
        over.set()
        serving.join()


def test_a_handshake_that_drips_ends_at_the_limit(certificate: Path) -> None:
    # A record of a handshake that is promised to be 16 KiB long.
    with drip_at_everybody(bytes([22, 3, 3, 64, 0])) as host:
        harness = ClientHarness(
            f"https://{host}", ca_bundle=str(certificate), answer_seconds=LIMIT, connect_seconds=2 * GENEROUS
        )
        with harness:
            assert type(fail_in_time(harness)) is TimedOut


def test_a_proxy_that_drips_ends_at_the_limit(secure: ScriptedServer, certificate: Path) -> None:
    with drip_at_everybody(b"H") as host:
        harness = ClientHarness(
            secure.base_url,
            ca_bundle=str(certificate),
            answer_seconds=LIMIT,
            connect_seconds=2 * GENEROUS,
            proxies={"https": f"http://{host}"},
        )
        with harness:
            assert type(fail_in_time(harness)) is TimedOut

    assert secure.asked == []
