"""`up` and `demo`: web, worker with beat and memory on one machine, and for the demo LivePerson's stand-in."""

from __future__ import annotations

import http.client
import os
import socket
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from lpcontext.accounts.loopback import is_loopback_host
from lpcontext.cli.errors import CannotStart
from lpcontext.cli.machine import telling_where, var_dir
from lpcontext.cli.processes import raise_file_limit
from lpcontext.cli.supervisor import Supervisor
from lpcontext.cli.valkey import start_valkey

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to start. `extra` is environment for all processes, on top of the launcher's own."""

    host: str
    port: int
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def public_url(self) -> str:
        name = "localhost" if self.host == "127.0.0.1" or is_every_address(self.host) else self.host
        return (
            self.extra.get("LPCONTEXT_PUBLIC_URL")
            or os.environ.get("LPCONTEXT_PUBLIC_URL")
            or f"http://{name}:{self.port}"
        )


@contextmanager
def running_house(plan: Plan, *, say: Say) -> Iterator[tuple[Supervisor, dict[str, str]]]:
    """Memory, database, worker and web; yields them and the environment they run in. Raises CannotStart.

    On the way out the processes go first, then the folder they used.
    """
    check_port_is_free(plan.host, plan.port)
    raise_file_limit()
    with tempfile.TemporaryDirectory(prefix="lpc-") as folder, Supervisor() as supervisor:
        environment = dict(os.environ) | plan.extra | {"LPCONTEXT_PUBLIC_URL": plan.public_url}
        environment["LPCONTEXT_METRICS_LOCAL"] = word_metrics(plan)
        if not environment.get("LPCONTEXT_REDIS_URL"):
            say("Starting Valkey …")
            environment["LPCONTEXT_REDIS_URL"] = start_valkey(supervisor, folder=Path(folder), environment=environment)
        with telling_where(_told(environment)):
            os.environ.update(environment)
            _migrate(say)
            say("Starting the worker and the web server …")
            supervisor.start("The worker", worker_command(folder), environment=environment)
            supervisor.start("The web server", web_command(plan.host, plan.port), environment=environment)
            supervisor.wait_for("The worker", _worker_is_alive)
            supervisor.wait_for("The web server", lambda: _is_ready(plan))
            yield supervisor, environment


def worker_command(folder: str) -> list[str]:
    schedule = str(Path(folder) / "beat")
    return [
        *(sys.executable, "-m", "celery", "--quiet", "-A", "lpcontext", "worker", "--beat", "--schedule", schedule),
        *(
            "--pool",
            "threads",
            "--concurrency",
            "1000",
            "--without-gossip",
            "--without-mingle",
            "--loglevel",
            "warning",
        ),
    ]


def web_command(host: str, port: int, *, workers: int = 1) -> list[str]:
    """The backlog holds one idle connection per panel.

    granian gives the next head as long as the first: 15 s outlive the slowest tick, so panels keep their connections.
    """
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "4", "--http", "1", "--no-ws", "--no-access-log"),
        *("--backlog", "16384", "--backpressure", "16384", "--log-level", "warning"),
        *("--http1-header-read-timeout", "15000", "--http1-buffer-size", "65536"),
        # An open panel holds its connection: do not wait for it to end by itself.
        *("--workers-kill-timeout", "2", "lpcontext.wsgi:application"),
    ]


def check_port_is_free(host: str, port: int) -> None:
    """Raises CannotStart."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise CannotStart(f"Port {port} on {host} is in use or not allowed; choose another with --port.") from None


def _is_ready(plan: Plan) -> bool:
    """/readyz: the database, the memory and a worker are all there."""
    host = "127.0.0.1" if plan.host == "localhost" or is_every_address(plan.host) else plan.host
    return answers(f"http://{host}:{plan.port}/readyz")


def is_every_address(host: str) -> bool:
    """Whether a server bound to it listens on all of this machine's, by IPv4 or IPv6; a name is none."""
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return False


def answers(url: str) -> bool:
    """With a success, within two seconds. Whatever else listens there may say what it likes: it is not ours."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 # nosec B310 - built here, always http; requests is for LivePerson only
            return bool(answer.status == 200)
    except (OSError, http.client.HTTPException):
        return False


def _worker_is_alive() -> bool:
    from lpcontext.snapshots import WORKER_LOCK, MemoryUnavailable, lock_is_held

    try:
        return lock_is_held(WORKER_LOCK)
    except MemoryUnavailable:
        raise CannotStart("The memory at LPCONTEXT_REDIS_URL does not answer.") from None


def word_metrics(plan: Plan) -> str:
    """Whether this machine may read the metrics: nobody else reaches loopback, unless a proxy speaks for the world."""
    if not is_loopback_host(plan.host):
        return "no"
    is_alone = is_loopback_host(urlsplit(plan.public_url).hostname)
    return os.environ.get("LPCONTEXT_METRICS_LOCAL") or ("yes" if is_alone else "no")


def _migrate(say: Say) -> None:
    say("Bringing the database up to date …")
    var_dir().mkdir(parents=True, exist_ok=True)
    import django
    from django.core.checks import run_checks
    from django.core.management import call_command

    django.setup()
    wrong = [found for found in run_checks() if found.is_serious()]
    if wrong:
        raise CannotStart(" ".join(f"{found.msg} ({found.id})" for found in wrong))
    call_command("migrate", verbosity=0, interactive=False)


def _told(environment: dict[str, str]) -> dict[str, str]:
    names = ("REDIS_URL", "BROKER_URL", "PUBLIC_URL", "DOMAIN_API_URL", "DATABASE_URL", "REFRESH_SECONDS")
    told = {f"LPCONTEXT_{name}": environment.get(f"LPCONTEXT_{name}", "") for name in names}
    return {name: value for name, value in told.items() if value}


__all__ = ["CannotStart", "Plan", "answers", "check_port_is_free", "running_house", "web_command", "worker_command"]
