"""A running stack: what `lpcontext demo` starts, on free ports, and verbs to use it as a CRM and a browser would."""

from __future__ import annotations

import itertools
import json
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import requests

from tests.support.environment import clean_environment
from tests.support.processes import CHECKOUT, find_free_ports, wait_until_said
from tests.support.stack_subjects import ACCOUNT, ChatSubject, Look, VisitSubject
from tests.support.waiting import PATIENCE_SECONDS

# Adding some takes a process of its own: enough for most stacks at once, and for the others as they need them.
_FIRST_ACCOUNTS, _MORE_ACCOUNTS = 20, 40


class RunningStack:
    """The demo, by HTTP. Every visit is created afresh, so tests do not meet; several threads may use it at once."""

    def __init__(
        self,
        url: str,
        emulator_url: str,
        environment: dict[str, str],
        log: Path,
        process: subprocess.Popen[bytes],
    ) -> None:
        self.url, self.emulator_url, self.environment, self._log = url, emulator_url, environment, log
        self.process, self.log_file = process, log
        self._local, self._lock, self._posting = threading.local(), threading.Lock(), threading.Lock()
        self._numbers, self._spare_accounts = itertools.count(), list[tuple[str, str]]()
        self.key = self._add_spare_accounts(_FIRST_ACCOUNTS, {"account": ACCOUNT})[ACCOUNT]

    @property
    def http(self) -> requests.Session:
        """This thread's own."""
        if not hasattr(self._local, "http"):
            self._local.http = requests.Session()
            self._local.http.trust_env = False
        return cast("requests.Session", self._local.http)

    def run(self, *arguments: str, input: str | None = None) -> str:
        """An lpcontext command, in another process, as in another terminal."""
        done = self.attempt(*arguments, input=input)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def attempt(self, *arguments: str, input: str | None = None) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "lpcontext.cli", *arguments]
        return subprocess.run(
            command,
            env=self.environment,
            cwd=CHECKOUT,
            input=input,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )

    def log(self) -> str:
        """All that was said on the terminal so far."""
        return self._log.read_text()

    # LivePerson's side

    def create_visit(
        self, world: str = "checkout", *, frozen: bool = True, visitor_id: str | None = None
    ) -> VisitSubject:
        created = self.control("POST", "visits", {"world": world, "frozen": frozen, "visitor": visitor_id})
        return VisitSubject(created["visitorId"], created["sessionId"])

    def create_visits(
        self, count: int, world: str = "documented", *, like: VisitSubject | None = None
    ) -> list[VisitSubject]:
        """So many visits of one account: the demo's own, or that of another subject."""
        account, key = (like.account, like.key) if like else (ACCOUNT, "")
        body = {"world": world, "frozen": True, "account": account, "count": count}
        created = self.control("POST", "visits", body)
        return [VisitSubject(each["visitorId"], each["sessionId"], account, key) for each in created]

    def create_visit_apart(self, world: str = "checkout") -> VisitSubject:
        """In an account of its own: trouble there opens no other test's circuit, and refuses nobody else's log-in."""
        account, key = self._take_spare_account()
        created = self.control("POST", "visits", {"world": world, "frozen": True, "account": account})
        return VisitSubject(created["visitorId"], created["sessionId"], account, key)

    def create_visits_apart(self, count: int) -> list[VisitSubject]:
        """So many of one account, which is no other test's."""
        first = self.create_visit_apart("documented")
        return [first, *self.create_visits(count - 1, like=first)]

    def _take_spare_account(self) -> tuple[str, str]:
        """An account's id and integration key."""
        with self._lock:
            if not self._spare_accounts:
                self._add_spare_accounts(_MORE_ACCOUNTS)
            return self._spare_accounts.pop()

    def _add_spare_accounts(self, count: int, *existing: dict[str, Any]) -> dict[str, str]:
        """So many new ones; returns their integration keys, and those of the `existing` ones."""
        names = [f"3000{next(self._numbers):04}" for _ in range(count)]
        accounts = [*existing, *(self.control("POST", "accounts", {"account": name}) for name in names)]
        done = subprocess.run(
            [sys.executable, "-m", "tests.support.spare_accounts"],
            env=self.environment, cwd=CHECKOUT, input=json.dumps(accounts), capture_output=True, text=True, check=True,
        )  # fmt: skip
        keys: dict[str, str] = json.loads(done.stdout)
        self._spare_accounts += [(name, keys[name]) for name in names]
        return keys

    def create_chat(self, story: str = "documented", *, frozen: bool = True, apart: bool = False) -> ChatSubject:
        account, key = self._take_spare_account() if apart else (ACCOUNT, "")
        created = self.control("POST", "chats", {"story": story, "frozen": frozen, "account": account})
        return ChatSubject(created["chatId"], created.get("visitorId"), created.get("sessionId"), account, key)

    def create_chat_like(self, other: ChatSubject, story: str = "documented") -> ChatSubject:
        """Another chat of the same account."""
        created = self.control("POST", "chats", {"story": story, "frozen": True, "account": other.account})
        return ChatSubject(
            created["chatId"], created.get("visitorId"), created.get("sessionId"), other.account, other.key
        )

    def say(self, subject: ChatSubject, **change: Any) -> None:
        """Something happens in the chat: `line`, `state`, `typing` …"""
        self.control("POST", f"chats/{subject.chat_id}", change)

    def chat_calls(self, account: str = ACCOUNT) -> dict[str, list[int]]:
        """When LivePerson was asked for chats (ms), by kind."""
        arrivals = self.control("GET", "log")["kindArrivals"]
        return {kind: arrivals.get(kind, []) for kind in ("chat", "chats", "chat-events", "chat-info")}

    def fault(self, name: str, subject: VisitSubject | ChatSubject | None = None, **options: Any) -> int:
        """Strikes from now on; returns the number it is lifted by."""
        struck: dict[str, Any] = {}
        if isinstance(subject, ChatSubject):
            struck = {"chat": subject.chat_id}
        elif subject:
            struck = {"visitor": subject.visitor_id}
        return int(self.control("POST", "faults", {"name": name, **struck, **options})["id"])

    def lift_fault(self, fault: int) -> None:
        self.control("DELETE", f"faults?id={fault}")

    def clear_faults(self) -> None:
        self.control("DELETE", "faults")

    def calls(self, subject: VisitSubject) -> int:
        """How often LivePerson was asked about this visitor."""
        return len(self.arrivals([subject])[subject])

    def arrivals(self, subjects: Sequence[VisitSubject]) -> dict[VisitSubject, list[int]]:
        """When LivePerson was asked about each of these visitors, epoch ms."""
        arrivals = self.control("GET", "log")["arrivals"]
        return {subject: arrivals.get(subject.visitor_id, []) for subject in subjects}

    def running(self) -> dict[str, str]:
        """The environment of its processes, as far as it differs from ours: where memory and LivePerson are."""
        variables = Path(self.environment["LPCONTEXT_VAR_DIR"], "running.env").read_text()
        return dict(line.split("=", 1) for line in variables.split())

    def control(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        answer = self.http.request(method, f"{self.emulator_url}/emulator/{path}", json=body, timeout=PATIENCE_SECONDS)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    # the CRM's side

    def request_ticket(self, subject: VisitSubject | ChatSubject, **more: Any) -> requests.Response:
        body: dict[str, Any] = {"accountId": subject.account, **more}
        if isinstance(subject, ChatSubject):
            body |= {"chatId": subject.chat_id}
        else:
            body |= {"visitorId": subject.visitor_id, "sessionId": subject.session_id}
        return self.post_ticket_request(body, key=subject.key)

    def post_ticket_request(self, body: dict[str, Any], *, key: str = "") -> requests.Response:
        """With the demo account's integration key unless another is given."""
        headers = {"Authorization": f"Bearer {key or self.key}"}
        return self.post(f"{self.url}/api/v1/tickets", json=body, headers=headers)

    def post(self, url: str, *, http: requests.Session | None = None, **options: Any) -> requests.Response:
        """One body at a time, for of several that are slow to come, as on a busy machine, the server refuses some."""
        with self._posting:
            return (http or self.http).post(url, timeout=PATIENCE_SECONDS, **options)

    def launch_url(self, subject: VisitSubject | ChatSubject, **more: Any) -> str:
        answer = self.request_ticket(subject, **more)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["url"])

    # the browser's side

    def open(self, url: str) -> Look:
        answer = self.http.get(url, timeout=PATIENCE_SECONDS, allow_redirects=False)
        state = re.search(r'data-state="([^"]*)"', answer.text)
        token = re.search(r'X-LPContext-Panel(?:&quot;|"): ?(?:&quot;|")([\w-]+)', answer.text)
        return Look(
            answer.status_code, state[1] if state else "", answer.text, answer.headers, token[1] if token else ""
        )

    def open_panel(self, subject: VisitSubject | ChatSubject, **more: Any) -> Look:
        return self.open(self.launch_url(subject, **more))

    def tick(self, token: str, *, seen: str = "", now: bool = False) -> Look:
        address = f"{self.url}/panel/body?seen={seen}" + ("&now=1" if now else "")
        answer = self.http.get(address, headers={"X-LPContext-Panel": token}, timeout=PATIENCE_SECONDS)
        return Look(answer.status_code, answer.headers.get("X-LPContext-State", ""), answer.text, answer.headers, token)

    def tick_until(self, look: Look, is_it: Callable[[Look], bool], *, seconds: float = PATIENCE_SECONDS) -> Look:
        """Tick as the page does, at the pace the server asks for, until `is_it`."""
        begun = time.monotonic()
        while not is_it(now := self.tick(look.token)):
            assert time.monotonic() - begun < seconds, f"still {now.state} after {seconds} s: {now.text[:300]}"
            pause = int(now.headers.get("X-LPContext-Next", 500)) / 1000
            time.sleep(min(pause, 0.5))
        return now

    def wait_for(self, look: Look, state: str, *, seconds: float = PATIENCE_SECONDS) -> Look:
        return self.tick_until(look, lambda now: now.state == state, seconds=seconds)


@contextmanager
def run_stack(folder: Path, *, environment: Mapping[str, str] | None = None, **settings: str) -> Iterator[RunningStack]:
    """`settings`: LPCONTEXT_ variables without the prefix; `environment`: variables that are none of ours."""
    port, desk_port = find_free_ports(2)
    environment = clean_environment(str(folder / "var")) | {
        **(environment or {}),
        "LPCONTEXT_REFRESH_SECONDS": "1",
        "LPCONTEXT_READ_SECONDS": "4",
        **{f"LPCONTEXT_{name}": value for name, value in settings.items()},
    }
    command = [sys.executable, "-m", "lpcontext.cli", "demo", "--port", str(port), "--desk-port", str(desk_port)]
    with (folder / "demo.log").open("w+") as log:
        demo = subprocess.Popen(command, env=environment, cwd=CHECKOUT, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_until_said(demo, folder / "demo.log", "The demo is up.")
            urls = (f"http://localhost:{port}", f"http://127.0.0.1:{desk_port}")
            yield RunningStack(*urls, environment, folder / "demo.log", demo)
        finally:
            demo.send_signal(signal.SIGTERM)
            demo.wait(PATIENCE_SECONDS)
