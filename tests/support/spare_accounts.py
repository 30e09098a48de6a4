"""Add accounts to a running stack, in one process: reads the emulator's accounts, prints `{id: integration key}`."""

from __future__ import annotations

import json
import sys

import django

django.setup()

from lpcontext.accounts.keys import issue_key  # noqa: E402 - Django must be set up before models are imported
from lpcontext.accounts.registry import add_account  # noqa: E402
from lpcontext.sealing import get_sealer  # noqa: E402

keys = {}
for told in json.load(sys.stdin):
    added = add_account(account_id=told["account"], document=told["credentials"], sealer=get_sealer())
    keys[told["account"]] = issue_key(added.account, "tests")
print(json.dumps(keys))
