"""Fifty panels on one visit, two web processes: LivePerson is asked once per interval."""

from __future__ import annotations

import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

from lpcontext.cli.programs import web_command
from tests.support.running_stack import CHECKOUT, RunningStack, find_free_ports

PANELS = 50
INTERVALS = 6  # of one second here; as 30 s are at the default of 5 s


def watch(url: str, token: str, until: float) -> int:
    """Tick as a page does; returns how many ticks it took."""
    session, seen, ticks = requests.Session(), "", 0
    while time.monotonic() < until:
        answer = session.get(f"{url}/panel/body?seen={seen}", headers={"X-LPContext-Panel": token}, timeout=10)
        assert answer.status_code in (200, 204)
        if answer.status_code == 200:
            seen = answer.text.split('data-version="')[1].split('"')[0]
        ticks += 1
        time.sleep(int(answer.headers["X-LPContext-Next"]) / 1000)
    return ticks


def wait_until_it_answers(url: str) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            assert requests.get(url, timeout=5).status_code == 200
            return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise AssertionError("the second web process did not come up")


def test_fifty_panels_and_two_web_processes_cause_one_call_per_interval(stack: RunningStack) -> None:
    subject = stack.create_visit("documented")
    told = Path(stack.environment["LPCONTEXT_VAR_DIR"], "running.env").read_text()
    running = dict(line.split("=", 1) for line in told.split())
    [port] = find_free_ports(1)
    second = subprocess.Popen(web_command("127.0.0.1", port), env=stack.environment | running, cwd=CHECKOUT)
    try:
        tokens = [stack.open_panel(subject).token for _ in range(PANELS)]
        urls = [stack.url, f"http://127.0.0.1:{port}"]
        stack.wait_for(stack.open_panel(subject), "live")
        wait_until_it_answers(f"{urls[1]}/livez")
        before, began = stack.calls(subject), time.monotonic()
        until = began + INTERVALS
        with ThreadPoolExecutor(PANELS) as pool:
            ticks = list(pool.map(watch, [urls[i % 2] for i in range(PANELS)], tokens, [until] * PANELS))
        calls = stack.calls(subject) - before
        took = time.monotonic() - began  # the last panel's last wait ends after `until`
    finally:
        second.terminate()
        second.wait(10)

    assert sum(ticks) >= PANELS * (INTERVALS - 2)
    assert INTERVALS - 2 <= calls <= took + 1
