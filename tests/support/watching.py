"""Panels that tick, many to a thread."""

from __future__ import annotations

import time

import requests


def watch_panel(url: str, tokens: list[str], until: float) -> int:
    """Tick for each token in turn, at the pace the server asks for; returns how many ticks were answered."""
    session, ticks = requests.Session(), 0
    session.trust_env = False
    seen = dict.fromkeys(tokens, "")
    due = dict.fromkeys(tokens, 0.0)
    while time.monotonic() < until:
        token = min(due, key=lambda each: due[each])
        time.sleep(max(0.0, min(due[token] - time.monotonic(), until - time.monotonic())))
        address = f"{url}/panel/body?seen={seen[token]}"
        answer = session.get(address, headers={"X-LPContext-Panel": token}, timeout=10)
        assert answer.status_code in (200, 204)
        if answer.status_code == 200:
            seen[token] = answer.text.split('data-version="')[1].split('"')[0]
        due[token] = time.monotonic() + int(answer.headers["X-LPContext-Next"]) / 1000
        ticks += 1
    return ticks
