"""What a load row runs: LivePerson's stand-in, `lpcontext up` in front of it, panels in a process of their own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tests.bench.servers import wait_for
from tests.bench.visits import ACCOUNT, CREDENTIALS
from tests.support.environment import clean_environment
from tests.support.processes import CHECKOUT, find_free_ports, wait_until_said

_ENDING_SECONDS = 30


class LivePersonProcess:
    """The stand-in's own API."""

    def __init__(self, port: int, *, pid: int) -> None:
        self.url, self.pid = f"http://127.0.0.1:{port}", pid

    def begin(self) -> None:
        self._ask("begin", method="POST")

    def delay(self, milliseconds: int) -> None:
        self._ask(f"delay?ms={milliseconds}", method="POST")

    def in_flight(self) -> int:
        return int(self._ask("counts")["inFlight"])

    def arrivals(self, account: str = ACCOUNT) -> dict[str, list[int]]:
        """When each visit was asked for since `begin`, epoch ms, by visitor."""
        arrivals: dict[str, list[int]] = self._ask("counts")["arrivals"].get(account, {})
        return arrivals

    def _ask(self, what: str, *, method: str = "GET") -> Any:
        with urlopen(Request(f"{self.url}/bench/{what}", method=method), timeout=30) as answer:
            return json.load(answer)


class StackUnderLoad:
    """`lpcontext up`, by HTTP and its process."""

    def __init__(self, *, port: int, process: subprocess.Popen[bytes], liveperson: LivePersonProcess) -> None:
        self.port, self.process, self.liveperson = port, process, liveperson

    def has_ended(self) -> bool:
        return self.process.poll() is not None


class PanelsProcess:
    """Panels that tick until this is left."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process, self.pid = process, process.pid

    def begin(self) -> None:
        self._send("begin")

    def end(self, *, timeline: bool = False) -> dict[str, Any]:
        self._send("timeline" if timeline else "end")
        return self.read()

    def read(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("the panels' process ended; its words are above")
        reply: dict[str, Any] = json.loads(line)
        return reply

    def _send(self, command: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(command + "\n")
        self._process.stdin.flush()


@contextmanager
def run_load_stack(*, delay_ms: int = 0) -> Iterator[StackUnderLoad]:
    """With one account; each visit takes LivePerson `delay_ms`."""
    with tempfile.TemporaryDirectory(prefix="lpc-load-") as folder, _running_liveperson() as liveperson:
        liveperson.delay(delay_ms)
        [port] = find_free_ports(1)
        environment = clean_environment(f"{folder}/var") | {"LPCONTEXT_DOMAIN_API_URL": liveperson.url}
        cli = [sys.executable, "-m", "lpcontext.cli"]
        subprocess.run(
            [*cli, "add-account", ACCOUNT, "--credentials", "-"],
            env=environment, cwd=CHECKOUT, input=json.dumps(CREDENTIALS), text=True, check=True, capture_output=True,
        )  # fmt: skip
        subprocess.run([sys.executable, "-m", "tests.bench.known_slug"], env=environment, cwd=CHECKOUT, check=True)
        said = Path(folder) / "up.log"
        with said.open("w") as log, _running([*cli, "up", "--port", str(port)], environment, log) as up:
            wait_until_said(up, said, "Ctrl-C ends it.")
            yield StackUnderLoad(port=port, process=up, liveperson=liveperson)


@contextmanager
def running_panels(**plan: Any) -> Iterator[PanelsProcess]:
    """As `tests.bench.panels.Plan` says; entered when all panels have been opened."""
    environment = clean_environment("")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.panels", json.dumps(plan)],
        env=environment, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        panels = PanelsProcess(process)
        panels.read()
        yield panels
    finally:
        process.kill()
        process.communicate()


@contextmanager
def _running_liveperson() -> Iterator[LivePersonProcess]:
    [port] = find_free_ports(1)
    command = [sys.executable, "-m", "tests.bench.liveperson", str(port)]
    with _running(command, clean_environment(""), None) as process:
        liveperson = LivePersonProcess(port, pid=process.pid)
        wait_for(f"{liveperson.url}/bench/counts")
        yield liveperson


@contextmanager
def _running(command: list[str], environment: dict[str, str], log: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A process that does not outlive this."""
    process = subprocess.Popen(command, env=environment, cwd=CHECKOUT, stdout=log, stderr=log and subprocess.STDOUT)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(_ENDING_SECONDS)
