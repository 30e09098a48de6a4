"""The emulator as a process of its own: it says where it is, and leaves nothing behind."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection

import pytest

from lpcontext.emulator import Emulator

SERVE = "from lpcontext.emulator import serve; serve(port=0, announce=lambda url: print(url, flush=True))"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly_while_somebody_is_connected(number: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", SERVE], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        address = process.stdout.readline().decode().strip().removeprefix("http://")
        connection = HTTPConnection(address, timeout=5)
        connection.request("GET", "/emulator/")
        connection.getresponse().read()
        process.send_signal(number)
        ended = process.wait(5)
        complaints = process.stderr.read()
        connection.close()

    assert (ended, complaints) == (0, b"")


def test_a_port_in_use_is_named_as_such() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        with pytest.raises(OSError, match="in use"):
            Emulator().start(port=taken.getsockname()[1])
