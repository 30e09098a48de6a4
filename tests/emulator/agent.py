"""A client of the Chat Agent API: one agent session, its own cookies, and nothing of our own client."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Final, Self
from xml.etree import ElementTree

import requests

from lpcontext.emulator import Emulator
from tests.emulator.caller import Bearer, sign_with

XML: Final = {"Accept": "application/xml"}


class Agent:
    """Logs in and starts an agent session; `signed` does without either login or cookie."""

    def __init__(self, emulator: Emulator, *, signed: bool = False) -> None:
        self.base_url = emulator.base_url
        self.account = emulator.account
        self.home = f"/api/account/{self.account.account_id}"
        self.http = requests.Session()
        self.http.trust_env = False
        self.login: dict[str, Any] = {}
        if not signed:
            credentials = {"username": self.account.username, "password": self.account.password}
            self.login = self.http.post(f"{self.base_url}{self.home}/login?v=1.3", json=credentials, timeout=5).json()
        self.auth: requests.auth.AuthBase = Bearer(self.login["bearer"]) if self.login else sign_with(self.account)
        self.started = self.start()
        self.seat = self.started.json()["agentSessionLocation"]["link"]["@href"].removeprefix(self.base_url)

    def start(self, body: Any = None, **options: Any) -> requests.Response:
        return self.ask("POST", f"{self.home}/agentSession", json=body or {"loginData": ""}, **options)

    def ask(self, method: str, path: str, *, nc: str | None = "true", **options: Any) -> requests.Response:
        """Ask with `v=1`, and `NC` unless None. `auth` replaces the own authorization."""
        parameters = {"v": "1"} | ({"NC": nc} if nc else {}) | options.pop("params", {})
        options = {"auth": self.auth} | options
        return self.http.request(
            method, self.base_url + path, params=parameters, timeout=5, allow_redirects=False, **options
        )

    def get(self, path: str, **options: Any) -> requests.Response:
        """Read something of this agent session."""
        return self.ask("GET", f"{self.seat}{path}", **options)

    def read_document(self, path: str, **options: Any) -> dict[str, Any]:
        """The document at this path, whose answer must be a success."""
        answer = self.get(path, **options)
        assert answer.ok, answer.text
        document: dict[str, Any] = answer.json()
        return document

    def xml(self, path: str, **options: Any) -> ElementTree.Element:
        answer = self.get(path, headers=XML, **options)
        assert answer.ok, answer.text
        assert answer.headers["Content-Type"].startswith("application/xml")
        return read_xml(answer.text)

    def info(self, chat_id: str) -> dict[str, Any]:
        info: dict[str, Any] = self.read_document(f"/chat/{chat_id}/info")["info"]
        return info

    def events(self, chat_id: str, number: int = 0) -> list[dict[str, Any]]:
        """The events from this number on, always as a list."""
        event = self.read_document(f"/chat/{chat_id}/events", params={"from": str(number)})["events"].get("event", [])
        return event if isinstance(event, list) else [event]

    def lines(self, chat_id: str) -> list[str]:
        return [event["text"] for event in self.events(chat_id) if event["@type"] == "line"]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()


def read_xml(text: str) -> ElementTree.Element:
    """Our own emulator wrote it; nobody else can have put an entity into it."""
    return ElementTree.fromstring(text)  # noqa: S314
