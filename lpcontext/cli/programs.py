"""The command lines of what `up` starts, with the options that our kind of load wants."""

from __future__ import annotations

import sys
from pathlib import Path


def worker_command(folder: str) -> list[str]:
    """Worker and beat in one process; beat keeps its schedule in `folder`."""
    schedule = str(Path(folder) / "beat")
    return [
        *(sys.executable, "-m", "celery", "--quiet", "-A", "lpcontext", "worker", "--beat", "--schedule", schedule),
        *("--pool", "threads", "--concurrency", "1000", "--without-gossip", "--without-mingle"),
        *("--loglevel", "warning"),
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
