"""docs/security.md lists every kind of key in Redis, its times are those of the code, and the tests it names exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from lpcontext.panel.caching import render_cache
from lpcontext.panel.caching.expiring_cache import KEPT_SECONDS
from lpcontext.snapshots.store import KEEP_AT_MOST_MS, KEEP_MS
from lpcontext.snapshots.watches import ACCOUNT_KEEP_MS

CHECKOUT = Path(__file__).resolve().parents[2]
PAGE = (CHECKOUT / "docs" / "security.md").read_text()
_KINDS = re.compile(r"""(?:f"(?:\{PREFIX\})?|ARGV\[\d+\] \.\. ')([a-z]+):""")
NO_KEYS = {"body", "b", "stored", "key"}  # purposes of seals and a field of a hash


def kinds_of_keys() -> set[str]:
    sources = "".join(path.read_text() for path in (CHECKOUT / "lpcontext/snapshots").rglob("*.py"))
    return set(_KINDS.findall(sources)) - NO_KEYS


def test_every_kind_of_key_is_listed() -> None:
    kinds = kinds_of_keys()

    assert len(kinds) >= 10
    assert [kind for kind in sorted(kinds) if f"`lpc:{kind}:" not in PAGE] == []


@pytest.mark.parametrize(
    ("stated", "measured"),
    [
        ("15 minutes after the last look", KEEP_MS == 15 * 60_000),
        ("6 hours after the first", KEEP_AT_MOST_MS == 6 * 3_600_000),
        ("1 hour after the last look at the account", ACCOUNT_KEEP_MS == 3_600_000),
        ("A minute passes".lower(), settings.TICKET_SECONDS == 60),
        ("`LPCONTEXT_PANEL_TOKEN_SECONDS` pass (4 hours)", settings.PANEL_TOKEN_SECONDS == 4 * 3600),
        ("60 s after the last use", KEPT_SECONDS == 60),
        ("32 MiB a web process", render_cache.MOST_BYTES == 32 << 20),
        ("12 hours", settings.SESSION_COOKIE_AGE == 12 * 3600),
    ],
)
def test_its_times_and_bounds_are_those_of_the_code(stated: str, measured: bool) -> None:
    assert stated in PAGE
    assert measured


def test_every_threat_names_tests_that_there_are() -> None:
    table = PAGE.split("## Threats, and the test that holds each")[1].split("\n## ")[0]
    rows = [row for row in table.splitlines() if row.startswith("| ")][2:]
    named = re.findall(r"`(tests/[\w/]+\.py)`", table)

    assert len(rows) >= 20
    assert [row for row in rows if "`tests/" not in row.rsplit("|", 2)[1]] == []
    assert [path for path in named if not (CHECKOUT / path).is_file()] == []
