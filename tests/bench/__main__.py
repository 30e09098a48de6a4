"""`make bench`: four rows, printed as a table and written to bench.json."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from tests.support.environment import clean_environment


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--out", type=Path, default=Path("bench.json"))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lpc-bench-") as folder:
        (Path(folder) / "static").mkdir()
        told = run(Path(folder), rounds=asked.rounds, seconds=asked.seconds)
    asked.out.write_text(json.dumps(told, indent=2) + "\n")
    print_table(told)
    return 0


def run(folder: Path, *, rounds: int, seconds: float) -> dict[str, object]:
    from lpcontext.cli.supervisor import Supervisor
    from lpcontext.cli.valkey import start_valkey

    environment = clean_environment(str(folder))
    with Supervisor() as supervisor:
        environment["LPCONTEXT_REDIS_URL"] = start_valkey(supervisor, folder=folder, environment=environment)
        os.environ.update(environment)
        import django

        django.setup()
        from tests.bench.looking import measure_looking
        from tests.bench.polls import measure_polls
        from tests.bench.rendering import measure_rendering

        print("Polls …", file=sys.stderr)
        polls = measure_polls(environment, rounds=rounds, seconds=seconds)
        print("First render …", file=sys.stderr)
        rendering = measure_rendering(rounds=rounds)
        print("Cold look …", file=sys.stderr)
        (folder / "house").mkdir()
        looking = measure_looking(folder / "house", looks=rounds * 6)
    return {"polls": polls, "rendering": rendering, "looking": looking}


def print_table(told: dict[str, object]) -> None:
    polls, rendering, looking = told["polls"], told["rendering"], told["looking"]
    assert isinstance(polls, dict)
    assert isinstance(rendering, dict)
    assert isinstance(looking, dict)
    rows = [
        ("unchanged poll / empty Django view", f"{polls['unchanged_by_django']:.2f} ×", "at least 3.0 ×"),
        ("unchanged poll / raw hello", f"{polls['unchanged_by_hello']:.2f} ×", "at least 0.6 ×"),
        ("changed poll / empty Django view", f"{polls['changed_by_django']:.2f} ×", "at least 1.6 ×"),
        ("first render, 50 pages and 60 events", f"{rendering['first_ms']:.2f} ms", "at most 1.0 ms"),
        ("one event more", f"{rendering['one_event_ms']:.2f} ms", "at most 0.2 ms"),
        ("snapshot in Redis, sealed", f"{rendering['sealed_snapshot_bytes']} bytes", "at most 6 KB"),
        ("cold look over LivePerson's own time", f"{looking['over_upstream_ms']:.0f} ms", "at most 100 ms"),
    ]
    for what, measured, bar in rows:
        print(f"{what:40} {measured:>14}   {bar}")


raise SystemExit(main())
