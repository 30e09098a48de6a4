"""Add accounts to a running stack, in one process: reads the emulator's accounts, prints `{id: integration key}`.

One without credentials is there already, and only gets a key.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django

django.setup()

from lpcontext.accounts.integration_keys import issue_key  # noqa: E402 - Django must be set up before models are imported
from lpcontext.accounts.registry import add_account, find_account  # noqa: E402
from lpcontext.sealing import get_sealer  # noqa: E402


def issue_keys(accounts: list[dict[str, Any]]) -> dict[str, str]:
    keys = {}
    for each in accounts:
        if "credentials" in each:
            add_account(account_id=each["account"], document=each["credentials"], sealer=get_sealer())
        keys[each["account"]] = issue_key(find_account(each["account"]), "tests")
    return keys


print(json.dumps(issue_keys(json.load(sys.stdin))))
