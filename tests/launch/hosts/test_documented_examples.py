"""The Python of docs/embedding runs as it stands there, and gets a ticket that opens the panel."""

from __future__ import annotations

import hmac
import json
import re
import time
from pathlib import Path
from textwrap import dedent
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from lpcontext.accounts.integration_keys import issue_key
from lpcontext.accounts.models import LaunchHost
from tests.launch.hosts.conftest import ACCOUNT, SESSION, VISITOR, MakeKey, assert_opened

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "embedding"
SECRET = "thirty-two-letters-or-a-few-more"
IDS = {"visitorId": VISITOR, "sessionId": SESSION}
_PYTHON = re.compile(r"^ *```python\n(.+?)```", re.MULTILINE | re.DOTALL)
PAGES = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md" and _PYTHON.search(path.read_text()))


def run_example(page: Path, names: dict[str, Any]) -> None:
    """Its only one, for the account of these tests; `names` gets what it defines."""
    [example] = _PYTHON.findall(page.read_text())
    exec(dedent(example).replace("12345678", ACCOUNT), names)  # noqa: S102 our own page


class Requests:
    """The library of that name, as far as the examples use it, asking the panel."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def post(self, url: str, *, headers: dict[str, str], timeout: int, json: Any = None, data: Any = None) -> Any:
        body = data if json is None else json
        path = urlsplit(url).path
        return self.client.post(path, body, content_type="application/json", headers=headers)


def test_a_server_that_signs(client: Client, make_key: MakeKey) -> None:
    key = make_key(LaunchHost.SIGNED_POST, SECRET)
    given: dict[str, Any] = {
        "vid": VISITOR,
        "sid": SESSION,
        "SECRET": SECRET,
        "LAUNCH_KEY_ADDRESS": f"/launch/signed/{key.slug}",
    }
    given |= {"json": json, "time": time, "hmac": hmac, "requests": Requests(client)}

    run_example(FOLDER / "README.md", given)

    assert given["answer"].status_code == 201
    opened: Any = client.get(urlsplit(given["answer"].json()["url"]).path)
    assert_opened(opened)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_between_a_crm_and_the_panel(client: Client, make_key: MakeKey, page: Path) -> None:
    account = make_key(LaunchHost.SIGNED_POST, SECRET).account
    said = {"vid": VISITOR, "sid": SESSION, "conversation": "c-1", "contact": "c-1"}
    given: dict[str, Any] = {
        "app": SimpleNamespace(get=lambda path: lambda view: view),
        "requests": Requests(client),
        "request": SimpleNamespace(args=said),
        "redirect": lambda url: url,
        "current_user": SimpleNamespace(id="7", name="Ann"),
        "find_ids": lambda name: IDS,
        "INTEGRATION_KEY": issue_key(account, "CRM"),
    }

    run_example(page, given)

    opened: Any = client.get(urlsplit(given["live_context"]()).path)
    assert_opened(opened)


def test_each_crm_that_signs_nothing_has_such_a_page() -> None:
    assert {page.stem for page in PAGES} >= {"amazon-connect", "dynamics-365", "five9-and-nice", "genesys-cloud"}
