"""A TCP line to a stack's Valkey that can fall silent: it takes all that is sent, and nothing comes back."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PIECE = 65_536


class BrokerProxy:
    """`url` is the broker's address for a stack in `folder`, which tells there where its Valkey is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._variables_file = folder / "var" / "running.env"
        self._is_open = threading.Event()
        self._is_open.set()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"redis://127.0.0.1:{self._door.getsockname()[1]}/0"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def fall_silent(self) -> None:
        self._is_open.clear()

    def speak_again(self) -> None:
        """What was sent meanwhile is delivered now."""
        self._is_open.set()

    def close(self) -> None:
        self._is_open.set()
        self._door.close()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self._door.accept()
            except OSError:  # closed
                return
            threading.Thread(target=self._join, args=[caller], daemon=True).start()

    def _join(self, caller: socket.socket) -> None:
        with caller, socket.socket(socket.AF_UNIX) as valkey:
            self._is_open.wait()
            valkey.connect(self._address())
            back = threading.Thread(target=self._pass_on, args=[valkey, caller], daemon=True)
            back.start()
            self._pass_on(caller, valkey)
            back.join()

    def _address(self) -> str:
        variables = dict(line.split("=", 1) for line in self._variables_file.read_text().split())
        return variables["LPCONTEXT_REDIS_URL"].removeprefix("unix://")

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        """Until either side has gone, and then the other side is closed, too."""
        try:
            while piece := source.recv(_PIECE):
                self._is_open.wait()
                target.sendall(piece)
        except OSError:  # one of them has gone: the same end as an empty piece
            pass
        for each in (source, target):
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:  # it was the one that had gone
                continue


@contextmanager
def run_broker_proxy(folder: Path) -> Iterator[BrokerProxy]:
    line = BrokerProxy(folder)
    try:
        yield line
    finally:
        line.close()
