"""One process of ours: begun in a session of its own, ended with all it started itself."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import subprocess  # nosec B404 # starting our own processes is this file's whole purpose
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

_STOP_SECONDS = 8.0
_PR_SET_PDEATHSIG = 1
_OPEN_FILES = 65_536
_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)

Process = subprocess.Popen[bytes]


def start_process(command: Sequence[str], *, environment: Mapping[str, str]) -> Process:
    """In a session of its own: Ctrl-C reaches only the launcher, which then stops the rest in order. Raises OSError."""
    return subprocess.Popen(  # nosec B603 # fixed programs, no shell
        command,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_prepare_child,
    )


def stop_process(process: Process) -> None:
    """Stop it if it still runs. Whatever it started itself is in its session; nothing of it may stay."""
    if process.poll() is None:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_STOP_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def describe_exit(status: int) -> str:
    """Popen's return code as the end of a sentence about the process."""
    return f"by signal {-status}" if status < 0 else f"with exit status {status}"


def interrupt_on_signals() -> None:
    """SIGTERM and SIGHUP end us as Ctrl-C does: through every `finally`."""

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    for number in _SIGNALS:
        signal.signal(number, interrupt)


@contextmanager
def signals_blocked() -> Iterator[None]:
    """What would end us waits until the block is done: no child is begun unnoticed, no ending is left half way."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _prepare_child() -> None:
    """On Linux the kernel ends the child when the launcher is killed and can stop nothing itself."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)  # a blocked signal would stay blocked in the child for good
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def raise_file_limit() -> None:
    """For us and all children, as far as we may: a panel is an open connection, and 1,024 of them are soon reached."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, _OPEN_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
