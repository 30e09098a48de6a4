"""The compose file's services as plain processes on loopback: their own commands and health checks, other addresses."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from lpcontext.cli.valkey import find_server
from tests.deploy.compose_file import CHECKOUT, VARIABLES, health_words_of, read_services, words_of
from tests.support.environment import clean_environment
from tests.support.waiting import PATIENCE_SECONDS

# What the image has and this machine may call otherwise.
_PROGRAMS = {
    "lpcontext": [sys.executable, "-m", "lpcontext.cli"],
    "python": [sys.executable],
}


class NotHealthy(Exception):
    """A service ended, or was not healthy in time; carries the end of its log."""


class PlainDeployment:
    """Starts services in a folder of their own, with `database_url` instead of the file's, if given."""

    def __init__(self, folder: Path, *, database_url: str | None = None) -> None:
        self.folder = folder
        self.disk = folder / "disk"  # stands for the image's disk, which nobody may write to
        self.disk.mkdir()
        self.ports = dict(zip(("web", "redis", "postgres", "emulator"), find_free_ports(4), strict=True))
        self._database_url = database_url
        self._services = read_services()
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._found_healthy: set[str] = set()
        self._other_addresses = {
            "0.0.0.0": "127.0.0.1",  # noqa: S104 - replaced, not bound
            "--port=8000": f"--port={self.ports['web']}",
            "127.0.0.1:8000": f"127.0.0.1:{self.ports['web']}",
            "redis:6379": f"127.0.0.1:{self.ports['redis']}",
            "postgres:5432": f"127.0.0.1:{self.ports['postgres']}",
            "8100": str(self.ports["emulator"]),
            "/tmp": str(folder),  # noqa: S108 - the services' own, each has one in its container
            "valkey-server -": f"{find_server()} - --port {self.ports['redis']} --bind 127.0.0.1 --dir {folder}",
        }

    def start(self, name: str, *, extra: Sequence[str] = (), user: str | None = None) -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            self._processes[name] = subprocess.Popen(
                [*self._as_here(words_of(self._services[name]["command"])), *extra],
                cwd=self.disk,
                env=self._environment_of(name),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=user,
            )

    def run(self, name: str) -> int:
        """A service that ends by itself: its exit status."""
        self.start(name)
        return self._processes[name].wait(PATIENCE_SECONDS)

    def wait_until_healthy(self, name: str) -> None:
        """Returns at once when it was found healthy before. Raises NotHealthy."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while name not in self._found_healthy:
            if not self.is_running(name) or time.monotonic() > deadline:
                raise NotHealthy(f"{name}: {self.log_of(name)[-3000:]}")
            time.sleep(0.25)
            # A ping waits five seconds for a worker that is not there yet; its log says when it is worth asking.
            if (name != "worker" or " ready." in self.log_of(name)) and self.is_healthy(name):
                self._found_healthy.add(name)

    def is_healthy(self, name: str) -> bool:
        """What the service's own health check says."""
        if name == "redis":  # the embedded Valkey comes without its valkey-cli
            return send_to_redis(self.ports["redis"], f"AUTH {VARIABLES['REDIS_PASSWORD']}", "PING").endswith(
                b"+PONG\r\n"
            )
        words = self._as_here(health_words_of(self._services[name]))
        check = subprocess.run(words, cwd=self.disk, env=self._environment_of(name), capture_output=True, timeout=20)
        return check.returncode == 0

    def is_running(self, name: str) -> bool:
        return self._processes[name].poll() is None

    def command_line_of(self, name: str) -> str:
        """As everybody on the machine may read it."""
        shown = subprocess.run(
            ["ps", "-ww", "-o", "args=", "-p", str(self._processes[name].pid)],
            capture_output=True,
            text=True,
            check=True,
        )
        return shown.stdout

    def log_of(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def stop(self) -> None:
        """All at once, and none stays."""
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(8)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _as_here(self, words: Iterable[str]) -> list[str]:
        program, *rest = words
        moved = [self._move(word) for word in rest]
        if program == "postgres":
            moved += ["-p", str(self.ports["postgres"])]
        if program == "pg_isready":
            moved += [f"--port={self.ports['postgres']}", "--host=127.0.0.1"]
        return [*_PROGRAMS.get(program, [program]), *moved]

    def _move(self, text: str) -> str:
        for there, here in self._other_addresses.items():
            text = text.replace(there, here)
        return text

    def _environment_of(self, name: str) -> dict[str, str]:
        """What .env would hold, for services that are given it; then the file's own; then what the image sets."""
        service = self._services[name]
        environment = {"HOME": str(self.folder), "LANG": "C.UTF-8"}
        if "env_file" in service:
            environment |= clean_environment(str(self.folder / "var"))
        environment |= {key: self._move(value) for key, value in service.get("environment", {}).items()}
        if "env_file" in service and self._database_url:
            environment["LPCONTEXT_DATABASE_URL"] = self._database_url
        beside_python = str(Path(sys.executable).parent)
        path = os.pathsep.join([beside_python, os.environ.get("PATH", os.defpath)])
        return environment | {"PATH": path, "PYTHONPATH": str(CHECKOUT), "DJANGO_SETTINGS_MODULE": "lpcontext.settings"}


def find_free_ports(number: int) -> list[int]:
    """Ports nobody listens on, all different."""
    with ExitStack() as open_sockets:
        probes = [open_sockets.enter_context(socket.socket()) for _ in range(number)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def send_to_redis(port: int, *commands: str) -> bytes:
    """What it answers to all of them; nothing when it is not there."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall("".join(f"{command}\r\n" for command in (*commands, "QUIT")).encode())
            answer = b"".join(iter(lambda: connection.recv(1024), b""))
    except OSError:
        return b""
    return answer.removesuffix(b"+OK\r\n")  # that to QUIT
