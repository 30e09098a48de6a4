"""Every service of the compose file comes up as a plain process, by its own command and its own health check.

No Docker engine is needed for it. SQLite stands in for PostgreSQL; where PostgreSQL is installed, it is started too.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import psycopg
import pytest

from tests.deploy.compose_file import VARIABLES
from tests.deploy.plain import PlainDeployment, send_to_redis

STAYING = ("redis", "web", "worker", "beat", "emulator")


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlainDeployment]:
    folder = tmp_path_factory.mktemp("deploy")
    (folder / "var").mkdir()
    running = PlainDeployment(folder, database_url=f"sqlite:///{folder / 'lpcontext.sqlite3'}")
    try:
        running.start("redis")
        running.wait_until_healthy("redis")
        assert running.run("migrate") == 0, running.log_of("migrate")
        for name in STAYING[1:]:
            running.start(name)
        yield running
    finally:
        running.stop()


@pytest.mark.parametrize("name", STAYING)
def test_a_service_comes_up_healthy(name: str, deployment: PlainDeployment) -> None:
    deployment.wait_until_healthy(name)

    assert deployment.is_running(name)


def test_the_web_server_answers_a_probe_that_does_not_know_its_name(deployment: PlainDeployment) -> None:
    deployment.wait_until_healthy("web")

    with urlopen(f"http://127.0.0.1:{deployment.ports['web']}/livez", timeout=5) as answer:
        assert (answer.status, answer.read()) == (200, b"ok\n")


def test_memory_answers_nobody_without_its_password(deployment: PlainDeployment) -> None:
    port = deployment.ports["redis"]

    assert send_to_redis(port, "PING").startswith(b"-NOAUTH")
    assert send_to_redis(port, "AUTH guessed", "PING").startswith(b"-WRONGPASS")
    assert send_to_redis(port, f"AUTH {VARIABLES['REDIS_PASSWORD']}", "PING") == b"+OK\r\n+PONG\r\n"


@pytest.mark.parametrize("name", STAYING)
def test_no_command_line_shows_a_password(name: str, deployment: PlainDeployment) -> None:
    shown = deployment.command_line_of(name)

    assert shown.strip()
    assert not [password for password in VARIABLES.values() if password in shown]


def test_metrics_are_asked_for_with_a_token(deployment: PlainDeployment) -> None:
    deployment.wait_until_healthy("web")

    with pytest.raises(HTTPError, match="401"):
        urlopen(f"http://127.0.0.1:{deployment.ports['web']}/metrics", timeout=5)


def test_no_service_writes_to_the_disk_of_its_image(deployment: PlainDeployment) -> None:
    for name in STAYING:
        deployment.wait_until_healthy(name)

    assert list(deployment.disk.iterdir()) == []


def test_postgres_comes_up_and_takes_the_migrations() -> None:
    programs = _find_postgres()
    if programs is None:
        pytest.skip("PostgreSQL is not installed on this machine: its service was not started")
    with tempfile.TemporaryDirectory(prefix="lpc-pg-") as place:
        folder = Path(place)
        folder.chmod(0o755)
        (folder / "var").mkdir()
        running = PlainDeployment(folder)
        try:
            _start_postgres(running, programs)

            assert running.run("migrate") == 0, running.log_of("migrate")
        finally:
            running.stop()


def _find_postgres() -> Path | None:
    """The folder of PostgreSQL's own programs."""
    found = shutil.which("postgres")
    return Path(os.path.realpath(found)).parent if found else None


def _start_postgres(running: PlainDeployment, programs: Path) -> None:
    """As the image's entry point does it: a new cluster, the role and database the environment names."""
    user = "nobody" if os.getuid() == 0 else None  # PostgreSQL refuses to run as root
    data = running.folder / "data"
    data.mkdir(mode=0o700)
    if user:
        shutil.chown(data, user)
    password_file = running.folder / "password"
    password_file.write_text(VARIABLES["POSTGRES_PASSWORD"])
    make = [str(programs / "initdb"), "--username=lpcontext", f"--pwfile={password_file}", "--auth=scram-sha-256"]
    subprocess.run([*make, "--no-sync", "-D", str(data)], user=user, cwd="/", check=True, capture_output=True)
    running.start("postgres", extra=["-D", str(data), "-k", "", "-c", "fsync=off"], user=user)
    running.wait_until_healthy("postgres")
    address = f"host=127.0.0.1 port={running.ports['postgres']} user=lpcontext dbname=postgres"
    with psycopg.connect(f"{address} password={VARIABLES['POSTGRES_PASSWORD']}", autocommit=True) as connection:
        connection.execute("CREATE DATABASE lpcontext")
