"""The emulator as one thing: accounts, HTTP endpoints and a server that can be started and stopped."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Final, Self

from .accounts import EmulatedAccount
from .chats import STORIES
from .choices import Choices
from .clock import Clock
from .control import respond_to_control
from .desk import Desk, respond_to_desk
from .fault_kinds import activate_fault
from .faults import Fault
from .liveperson import respond_as_liveperson
from .messages import Request, Response, json_response
from .server import LoopbackServer
from .sites import Site
from .state import EmulatorState
from .worlds import WORLDS

DEFAULT_SEED: Final = "lpcontext"


class Emulator:
    """LivePerson on loopback. Give it a clock in seconds since 1970 to move its stories at will.

    Usable as a context manager, which starts it on a free port; `base_url` is then where it answers.
    """

    def __init__(
        self,
        *accounts: EmulatedAccount,
        clock: Callable[[], float] = time.time,
        seed: str = DEFAULT_SEED,
        choices: Choices | None = None,
        desk: Desk | None = None,
    ) -> None:
        self.accounts = accounts or (EmulatedAccount(),)
        self.desk = desk
        self.base_url = ""
        self._server: LoopbackServer | None = None
        self._thread: threading.Thread | None = None
        choices = choices or Choices()
        now_ms = int(clock() * 1000)
        sites = {
            account.account_id: Site(account, choices=choices, seed=seed, now_ms=now_ms) for account in self.accounts
        }
        self._state = EmulatorState(sites=sites, clock=Clock(clock), choices=choices)
        self._arrivals_clock = clock

    @property
    def account(self) -> EmulatedAccount:
        """The first account."""
        return self.accounts[0]

    def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Serve from a thread; port 0 takes a free one. Returns the address. Raises OSError where it is taken."""
        self._server = LoopbackServer((host, port), respond=self.respond, clock=self._arrivals_clock)
        self._thread = threading.Thread(target=self._server.serve_until_stopped, name="emulator", daemon=True)
        self._thread.start()
        self.base_url = f"http://{host}:{self._server.server_port}"
        return self.base_url

    def stop(self) -> None:
        """Stop serving; safe to call twice."""
        server, thread = self._server, self._thread
        self._server = self._thread = None
        if server is not None and thread is not None:
            server.stop_serving()
            thread.join()
            server.close()

    def respond(self, request: Request) -> Response:
        """Answer one request, by which of the three parts its path names."""
        match request.segments[:1]:
            case ("emulator",):
                return respond_to_control(self._state, request)
            case ("desk",):
                return respond_to_desk(self._state, self.desk, request)
            case ("",):
                return json_response({"emulator": "/emulator/", "desk": "/desk/"})
            case _:
                return respond_as_liveperson(self._state, request)

    def mint_visit(
        self, world: str = "checkout", *, account_id: str | None = None, frozen: bool = False
    ) -> tuple[str, str]:
        """Begin a fresh visit. Returns its visitor and session id. Raises KeyError for an unknown world or account."""
        site = self._state.sites[account_id or self.account.account_id]
        with site.lock:
            visit = site.mint_visit(WORLDS[world], now_ms=self._state.now_ms())
            if frozen:
                visit.freeze(self._state.now_ms())
            return visit.visitor_id, visit.session_id

    def mint_chat(
        self, story: str = "chatting", *, account_id: str | None = None, frozen: bool = False
    ) -> tuple[str, str | None, str | None]:
        """Begin a fresh chat. Returns its chatId, visitor and session id. Raises KeyError as above."""
        site = self._state.sites[account_id or self.account.account_id]
        with site.lock:
            chat = site.mint_chat(STORIES[story], now_ms=self._state.now_ms())
            if frozen:
                chat.freeze(self._state.now_ms())
            return chat.chat_id, chat.visitor_id, chat.session_id

    def add_fault(self, name: str, **options: object) -> Fault:
        """Put a fault in force, with the options of the control API. Raises UnknownFault."""
        return activate_fault(self._state.faults, name, **options)

    def clear_faults(self) -> None:
        """Lift every fault."""
        self._state.faults.clear()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 8090,
    accounts: Sequence[EmulatedAccount] = (),
    desk: Desk | None = None,
    announce: Callable[[str], None] = print,
) -> None:
    """Serve until SIGINT or SIGTERM, then leave nothing behind. Raises OSError where the port is taken.

    `announce` is called once with the address, as soon as it answers.
    """
    stop = threading.Event()
    emulator = Emulator(*accounts, desk=desk)
    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: stop.set()) for number in signals]
    try:
        announce(emulator.start(host, port))
        stop.wait()
    finally:
        emulator.stop()
        for number, handler in zip(signals, before, strict=True):
            signal.signal(number, handler)
