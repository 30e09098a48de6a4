"""What `lpcontext` understands. Each command is its options here and a function elsewhere.

That function's module is imported only when its command runs: settings are read then, not before.
"""

from __future__ import annotations

from typing import Any

import click
import django
from django.core.exceptions import ImproperlyConfigured

from lpcontext import __version__
from lpcontext.cli.errors import CannotStart
from lpcontext.cli.local_env import prepare_local_env


class Port(click.ParamType[int]):
    """A TCP port."""

    name = "port"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        port = int(value) if str(value).isdecimal() else 0
        if not 0 < port < 65536:
            self.fail("a port is a number from 1 to 65535", param, ctx)
        return port


class Command(click.Command):
    """Expected trouble is one sentence on standard error and exit status 1; Ctrl-C is 130."""

    def invoke(self, ctx: click.Context) -> None:
        """Run it, its arguments being right."""
        try:
            prepare_local_env()
            super().invoke(ctx)
        except (CannotStart, ImproperlyConfigured) as error:
            click.echo(f"lpcontext: {error}", err=True)
            ctx.exit(1)
        except KeyboardInterrupt:
            ctx.exit(130)


class Commands(click.Group):
    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order they are written here, which is the order one needs them in."""
        return list(self.commands)


host_option = click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")


@click.group("lpcontext", cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="lpcontext %(version)s")
def main() -> None:
    """What LivePerson knows about the caller, beside the call."""


@main.command(short_help="Run the panel on this machine.")
@host_option
@click.option("--port", type=Port(), default=8000, show_default=True)
def up(host: str, port: int) -> None:
    """Run the panel on this machine: web, worker, beat and memory."""
    from lpcontext.cli.up import run_up

    run_up(host=host, port=port)


@main.command(short_help="The same with an emulated LivePerson and a demo CRM.")
@host_option
@click.option("--port", type=Port(), default=8000, show_default=True)
@click.option("--desk-port", type=Port(), help="The desk's and the emulator's port (default: the next one).")
def demo(host: str, port: int, desk_port: int | None) -> None:
    """As `up`, with LivePerson's stand-in, a demo account and a demo CRM desk."""
    from lpcontext.cli.demo import run_demo

    run_demo(host=host, port=port, desk_port=desk_port or port + 1)


@main.command(short_help="The emulated LivePerson alone.")
@host_option
@click.option("--port", type=Port(), default=8100, show_default=True)
@click.option("--list", "is_list", is_flag=True, help="Name the worlds and faults, and end.")
@click.option("--panel-url", default="", help="The panel of the desk; its keys are LPCONTEXT_DESK_KEY and _CRM_KEYS.")
def emulator(host: str, port: int, is_list: bool, panel_url: str) -> None:
    """LivePerson's stand-in alone."""
    from lpcontext.cli.emulator import print_catalogue, run_emulator

    print_catalogue() if is_list else run_emulator(host=host, port=port, panel_url=panel_url)


@main.command()
@click.argument("account_id", metavar="ID")
@click.option("--name")
@click.option("--credentials", required=True, metavar="FILE", help="A JSON file; - reads standard input.")
def add_account(account_id: str, name: str | None, credentials: str) -> None:
    """Serve a LivePerson account, or give it new credentials."""
    django.setup()
    from lpcontext.cli.accounts import run_add_account

    run_add_account(account_id, name=name, credentials_file=credentials)


@main.command()
@click.argument("account_id", metavar="ID")
def test_connection(account_id: str) -> None:
    """Ask LivePerson for an account; say what failed, and whose move it is."""
    django.setup()
    from lpcontext.cli.connection import run_test_connection

    run_test_connection(account_id)


@main.command()
@click.option("--account", required=True)
@click.option("--visitor", default="", help="A visit's visitor id; wants --session too.")
@click.option("--session", default="", help="A visit's session id; wants --visitor too.")
@click.option("--chat", default="", help="A chat's id, instead of a visit's two.")
@click.option("--agent", metavar="NAME")
@click.option("--origin", help="The page that will frame it; must be among the account's origins.")
def ticket(account: str, visitor: str, session: str, chat: str, agent: str | None, origin: str | None) -> None:
    """Print a one-time address of a panel."""
    django.setup()
    from lpcontext.cli.accounts import run_ticket

    ids = {"account_id": account, "visitor_id": visitor, "session_id": session, "chat_id": chat}
    run_ticket(ids, agent_name=agent, origin=origin)


@main.command()
@click.option("--account", required=True)
@click.option("--name", required=True)
def integration_key(account: str, name: str) -> None:
    """Print a new key for /api/v1, once."""
    django.setup()
    from lpcontext.cli.accounts import run_integration_key

    run_integration_key(account, name=name)


@main.group(cls=Commands)
def audit() -> None:
    """The record of who looked at, revealed, copied or was refused what."""


@audit.command(short_help="Remove records that are old.")
def prune() -> None:
    """Remove what is older than LPCONTEXT_AUDIT_DAYS. A running worker does so by itself, once an hour."""
    django.setup()
    from lpcontext.cli.audit import run_prune

    run_prune()
