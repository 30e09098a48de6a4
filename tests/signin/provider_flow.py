"""The way to the provider and back, as a browser goes it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import requests
from django.test import Client

START = "/login/provider/"


def begin(browser: Client, address: str = START) -> str:
    """Where the provider asks who it is."""
    answer = browser.get(address)
    assert answer.status_code == 302
    return str(answer["Location"])


def agree(address: str, subject: str) -> str:
    """Somebody signs in there; where the provider then sends the browser."""
    answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302
    back = urlsplit(answer.headers["Location"])
    assert back.path == "/login/provider/return/"
    return f"{back.path}?{back.query}"


def sign_in(browser: Client, subject: str, address: str = START) -> Any:
    """The whole way; what came of it."""
    return browser.get(agree(begin(browser, address), subject))


def describe_person(issuer: str, subject: str, **claims: object) -> None:
    """What the provider knows of somebody."""
    requests.put(f"{issuer}/users/{subject}", json=claims, timeout=10).raise_for_status()


def lie_in_tokens(issuer: str, lie: str) -> None:
    requests.put(f"{issuer}/lie", data=lie, timeout=10).raise_for_status()
