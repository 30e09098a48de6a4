"""CPU of a running stack by what its processes do, read from the kernel. Linux only, as the load rows are."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

# Which program makes a process, and whatever it starts, part of what.
_PARTS = (("granian", "web"), ("celery", "worker"), ("valkey", "valkey"), ("redis-server", "valkey"))
_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


class Cpu(NamedTuple):
    """Seconds of CPU so far. `launcher` is `lpcontext up` itself."""

    web: float = 0.0
    worker: float = 0.0
    valkey: float = 0.0
    launcher: float = 0.0

    @property
    def total(self) -> float:
        return sum(self)

    def since(self, before: Cpu) -> Cpu:
        return Cpu(*(now - then for now, then in zip(self, before, strict=True)))


def read_cpu(root: int) -> Cpu:
    """Of the whole tree below `root`, and `root` itself."""
    sums = dict.fromkeys(Cpu._fields, 0.0)
    for pid, part in _list_tree(root):
        sums[part] += cpu_seconds(pid)
    return Cpu(**sums)


def find_part(root: int, part: str) -> list[int]:
    """The processes of a part, parents first."""
    return [pid for pid, found in _list_tree(root) if found == part]


def cpu_seconds(pid: int) -> float:
    """0 for a process that has gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS_PER_SECOND


def _list_tree(root: int) -> list[tuple[int, str]]:
    found, waiting = [], [(root, "launcher")]
    while waiting:
        pid, inherited = waiting.pop(0)
        # Only where nothing is inherited: a web server's child does not become something else by its name.
        part = _part_of(pid) if inherited == "launcher" and pid != root else inherited
        found.append((pid, part))
        waiting += [(child, part) for child in _children_of(pid)]
    return found


def _part_of(pid: int) -> str:
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return "launcher"
    return next((part for program, part in _PARTS if program in command), "launcher")


def _children_of(pid: int) -> list[int]:
    """A process may be started by any thread of its parent."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in task.read_text().split()]
        except OSError:
            continue
    return found
