"""What `lpcontext` understands. Each command is a few lines here and a verb elsewhere."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

import django
from django.core.exceptions import ImproperlyConfigured

from lpcontext import __version__
from lpcontext.cli.errors import CannotStart
from lpcontext.cli.machine import prepare_machine


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; expected trouble is one sentence on standard error and exit status 1."""
    arguments = _build_parser().parse_args(_tie_ids(sys.argv[1:] if argv is None else argv))
    try:
        prepare_machine()
        return _run(arguments)
    except (CannotStart, ImproperlyConfigured) as error:
        print(f"lpcontext: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _tie_ids(words: Sequence[str]) -> list[str]:
    """`--session X` as `--session=X`: one id in 64 begins with a hyphen, which argparse takes for an option."""
    tied: list[str] = []
    for word in words:
        if tied and tied[-1] in {"--visitor", "--session", "--chat"}:
            tied[-1] += f"={word}"
        else:
            tied.append(word)
    return tied


def _run(arguments: argparse.Namespace) -> int:
    """Each command's module is imported only when it is asked for: settings are read then, not before."""
    if arguments.needs_django:
        django.setup()
    module, _, function = arguments.runs.partition(":")
    run: Callable[[argparse.Namespace], int] = getattr(import_module(module), function)
    return run(arguments)


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lpcontext", description="What LivePerson knows about the caller, beside the call."
    )
    parser.add_argument("--version", action="version", version=f"lpcontext {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_house_commands(commands)
    _add_account_commands(commands)
    return parser


_Commands = argparse._SubParsersAction


def _add_house_commands(commands: _Commands[argparse.ArgumentParser]) -> None:
    up = commands.add_parser("up", help="run the panel on this machine: web, worker, beat and memory")
    demo = commands.add_parser("demo", help="the same with LivePerson's stand-in, a demo account and a demo CRM desk")
    emulator = commands.add_parser("emulator", help="LivePerson's stand-in alone")
    for command, port in ((up, 8000), (demo, 8000), (emulator, 8100)):
        command.add_argument("--host", default="127.0.0.1")
        command.add_argument("--port", type=_read_port, default=port)
    demo.add_argument(
        "--desk-port", type=_read_port, default=None, help="the desk's and stand-in's port (default: the next one)"
    )
    emulator.add_argument("--list", action="store_true", help="name the worlds and faults, and end")
    emulator.add_argument(
        "--panel-url", default="", help="where the desk asks for tickets; its key comes from LPCONTEXT_DESK_KEY"
    )
    up.set_defaults(runs="lpcontext.cli.running:run_up", needs_django=False)
    demo.set_defaults(runs="lpcontext.cli.running:run_demo", needs_django=False)
    emulator.set_defaults(runs="lpcontext.cli.stand_in:run_emulator", needs_django=False)


def _add_account_commands(commands: _Commands[argparse.ArgumentParser]) -> None:
    add = commands.add_parser("add-account", help="serve a LivePerson account, or give it new credentials")
    add.add_argument("id", metavar="ID")
    add.add_argument("--name")
    add.add_argument("--credentials", required=True, metavar="FILE", help="a JSON file; - reads standard input")
    add.set_defaults(runs="lpcontext.cli.accounts:run_add_account", needs_django=True)
    ticket = commands.add_parser("ticket", help="print a one-time address of a panel")
    ticket.add_argument("--account", required=True)
    ticket.add_argument("--visitor")
    ticket.add_argument("--session")
    ticket.add_argument("--chat")
    ticket.add_argument("--agent", metavar="NAME")
    ticket.add_argument("--origin", help="the page that will frame it; must be among the account's origins")
    ticket.set_defaults(runs="lpcontext.cli.accounts:run_ticket", needs_django=True)
    key = commands.add_parser("integration-key", help="print a new key for /api/v1, once")
    key.add_argument("--account", required=True)
    key.add_argument("--name", required=True)
    key.set_defaults(runs="lpcontext.cli.accounts:run_integration_key", needs_django=True)


def _read_port(text: str) -> int:
    port = int(text) if text.isdecimal() else 0
    if not 0 < port < 65536:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return port
