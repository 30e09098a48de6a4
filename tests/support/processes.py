"""Processes a test starts: from where, on which ports, and until they say that they are up."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path

from tests.support.waiting import wait_until

CHECKOUT = Path(__file__).resolve().parents[2]


def wait_until_said(process: subprocess.Popen[bytes], log: Path, words: str) -> None:
    def is_said() -> bool:
        assert process.poll() is None, log.read_text()
        return words in log.read_text()

    wait_until(is_said, describe=log.read_text)


def find_free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
    finally:
        for each in sockets:
            each.close()
