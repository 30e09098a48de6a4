"""All of one machine: memory, database, worker with beat, and web, one after the other."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import click

from lpcontext.cli.errors import CannotStart
from lpcontext.cli.local_env import running_env, var_dir
from lpcontext.cli.probes import check_port_is_free, is_answering, is_every_address, is_worker_alive
from lpcontext.cli.processes import raise_file_limit
from lpcontext.cli.programs import web_command, worker_command
from lpcontext.cli.supervisor import Supervisor
from lpcontext.cli.valkey import start_valkey
from lpcontext.loopback import is_loopback_in_browser

# What the commands in another terminal must know of a stack that runs.
_FOUND_BY = ("REDIS_URL", "BROKER_URL", "PUBLIC_URL", "DOMAIN_API_URL", "DATABASE_URL", "REFRESH_SECONDS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
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

    @property
    def metrics_local(self) -> str:
        """Whether this machine may read the metrics: nobody else reaches loopback, unless a proxy speaks for all."""
        if not is_loopback_in_browser(self.host):
            return "no"
        is_alone = is_loopback_in_browser(urlsplit(self.public_url).hostname)
        return os.environ.get("LPCONTEXT_METRICS_LOCAL") or ("yes" if is_alone else "no")


@contextmanager
def running_stack(stack: Stack) -> Iterator[tuple[Supervisor, dict[str, str]]]:
    """Memory, database, worker and web; yields them and the environment they run in. Raises CannotStart.

    On the way out the processes go first, then the folder they used.
    """
    check_port_is_free(stack.host, stack.port)
    raise_file_limit()
    with tempfile.TemporaryDirectory(prefix="lpc-") as folder, Supervisor() as supervisor:
        environment = dict(os.environ) | stack.extra | {"LPCONTEXT_PUBLIC_URL": stack.public_url}
        environment["LPCONTEXT_METRICS_LOCAL"] = stack.metrics_local
        if not environment.get("LPCONTEXT_REDIS_URL"):
            click.echo("Starting Valkey …")
            environment["LPCONTEXT_REDIS_URL"] = start_valkey(supervisor, folder=Path(folder), environment=environment)
        found_by = {name: environment.get(name, "") for name in (f"LPCONTEXT_{each}" for each in _FOUND_BY)}
        with running_env({name: value for name, value in found_by.items() if value}):
            os.environ.update(environment)
            _migrate()
            click.echo("Starting the worker and the web server …")
            supervisor.start("The worker", worker_command(folder), environment=environment)
            supervisor.start("The web server", web_command(stack.host, stack.port), environment=environment)
            supervisor.wait_for("The worker", is_worker_alive)
            supervisor.wait_for("The web server", lambda: _is_ready(stack))
            yield supervisor, environment


def _migrate() -> None:
    click.echo("Bringing the database up to date …")
    var_dir().mkdir(parents=True, exist_ok=True)
    import django
    from django.core.checks import run_checks
    from django.core.management import call_command

    django.setup()
    wrong = [found for found in run_checks() if found.is_serious()]
    if wrong:
        raise CannotStart(" ".join(f"{found.msg} ({found.id})" for found in wrong))
    call_command("migrate", verbosity=0, interactive=False)


def _is_ready(stack: Stack) -> bool:
    """/readyz: the database, the memory and a worker are all there."""
    host = "127.0.0.1" if stack.host == "localhost" or is_every_address(stack.host) else stack.host
    return is_answering(f"http://{host}:{stack.port}/readyz")
