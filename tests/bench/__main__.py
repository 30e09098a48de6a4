"""`make bench`: every row measured in one run, printed as a table and written to bench.json.

`--only GROUP` (repeatable) runs some groups of rows, `--quick` makes windows short: `make bench ARGS="--only steady"`.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.support.environment import clean_environment

Measure = Callable[[], dict[str, Any]]
GROUPS = ("polls", "rendering", "looking", "steady", "thousands", "crowd", "cold", "killed")


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--rounds", type=int, help="of the poll rows; default 5")
    parser.add_argument("--seconds", type=float, help="each poll row and round; default 5")
    parser.add_argument("--only", action="append", choices=GROUPS, metavar="GROUP", help=f"one of {', '.join(GROUPS)}")
    parser.add_argument("--quick", action="store_true", help="shorter windows, for a first look")
    parser.add_argument("--out", type=Path, default=Path("bench.json"))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lpc-bench-") as folder:
        (Path(folder) / "static").mkdir()
        results = run(
            Path(folder),
            only=asked.only or GROUPS,
            rounds=asked.rounds or (2 if asked.quick else 5),
            seconds=asked.seconds or (2 if asked.quick else 5),
            quick=asked.quick,
        )
    asked.out.write_text(json.dumps(results, indent=2) + "\n")
    from tests.bench.table import list_rows

    for what, measured, bar in list_rows(results):
        print(f"{what:48} {measured:>15}   {bar}")
    return 0


def run(folder: Path, *, only: list[str] | tuple[str, ...], rounds: int, seconds: float, quick: bool) -> dict[str, Any]:
    from lpcontext.cli.supervisor import Supervisor
    from lpcontext.cli.valkey import start_valkey

    environment = clean_environment(str(folder))
    with Supervisor() as children:
        environment["LPCONTEXT_REDIS_URL"] = start_valkey(children, folder=folder, environment=environment)
        os.environ.update(environment)
        import django

        django.setup()
        measures = _plan_alone(folder, environment, rounds=rounds, seconds=seconds) | _plan_load(quick=quick)
        results = {}
        for group in GROUPS:
            if group in only:
                print(f"{group} …", file=sys.stderr, flush=True)
                results[group] = measures[group]()
    return results


def _plan_alone(folder: Path, environment: dict[str, str], *, rounds: int, seconds: float) -> dict[str, Measure]:
    """One thing at a time, nothing behind it."""
    from tests.bench.cold_look import measure_cold_look
    from tests.bench.polls import measure_polls
    from tests.bench.rendering import measure_rendering

    (folder / "stack").mkdir()
    return {
        "polls": lambda: measure_polls(environment, rounds=rounds, seconds=seconds),
        "rendering": lambda: measure_rendering(rounds=rounds),
        "looking": lambda: measure_cold_look(folder / "stack", looks=rounds * 6),
    }


def _plan_load(*, quick: bool) -> dict[str, Measure]:
    """With refreshes behind them."""
    from tests.bench.cold_look_under_load import measure_cold_look_under_load
    from tests.bench.load_rows import QUICK, Spans, measure_crowd, measure_steady, measure_thousands
    from tests.bench.worker_kill import measure_worker_kill

    # A panel is an open connection, here and in the web server, which inherits this.
    most_files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most_files, most_files))
    spans = QUICK if quick else Spans()
    return {
        "steady": lambda: measure_steady(spans),
        "thousands": lambda: measure_thousands(spans),
        "crowd": lambda: measure_crowd(spans, visits=1000, panels_each=10),
        "cold": lambda: measure_cold_look_under_load(spans),
        "killed": lambda: measure_worker_kill(spans),
    }


if __name__ == "__main__":
    raise SystemExit(main())
