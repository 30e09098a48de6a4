"""`lpcontext demo`: the panel on one machine with an emulated LivePerson, an account of it, and a CRM desk."""

from __future__ import annotations

import secrets
import sys

import click

from lpcontext.cli.probes import check_port_is_free, is_answering
from lpcontext.cli.processes import interrupt_on_signals
from lpcontext.cli.stack import Stack, running_stack

_USER = "agent"


def run_demo(*, host: str, port: int, desk_port: int) -> None:
    """Until a signal ends it. Raises CannotStart."""
    interrupt_on_signals()
    check_port_is_free("127.0.0.1", desk_port)
    emulator_url = f"http://127.0.0.1:{desk_port}"
    stack = Stack(host=host, port=port, extra={"LPCONTEXT_DOMAIN_API_URL": emulator_url})
    with running_stack(stack) as (supervisor, environment):
        password = secrets.token_urlsafe(9)
        key = add_demo_account(origin=emulator_url, password=password)
        click.echo("Starting LivePerson's stand-in and the demo desk …")
        command = [*(sys.executable, "-m", "lpcontext.cli", "emulator", "--port", str(desk_port))]
        command += ["--panel-url", stack.public_url]
        supervisor.start("The emulator", command, environment=environment | {"LPCONTEXT_DESK_KEY": key})
        supervisor.wait_for("The emulator", lambda: is_answering(f"{emulator_url}/emulator/"))
        _print_addresses(stack.public_url, emulator_url, password)
        supervisor.watch()


def add_demo_account(*, origin: str, password: str) -> str:
    """Add the emulator's account and the demo user; returns the desk's integration key. Needs Django set up."""
    from django.contrib.auth.models import Permission, User

    from lpcontext.accounts.integration_keys import issue_key
    from lpcontext.accounts.models import IntegrationKey, Role
    from lpcontext.accounts.registry import add_account
    from lpcontext.emulator import EmulatedAccount
    from lpcontext.sealing import get_sealer

    emulated = EmulatedAccount()
    added = add_account(
        account_id=emulated.account_id,
        name="Demo shop",
        document=emulated.credentials("oauth2"),
        origins=[origin],
        sealer=get_sealer(),
    )
    IntegrationKey.objects.filter(account=added.account, name="Demo desk").delete()
    kinds = {"hidden_kinds": ["email", "phone"], "revealable_kinds": ["email", "phone"]}
    Role.objects.update_or_create(account=added.account, name="Service desk", defaults=kinds)
    user, _ = User.objects.get_or_create(username=_USER)
    user.set_password(password)
    user.save()
    user.user_permissions.add(Permission.objects.get(codename="look_at_visits"))
    return issue_key(added.account, "Demo desk")


def _print_addresses(public_url: str, emulator_url: str, password: str) -> None:
    click.echo(
        f"""
The demo is up.

  The desk   {emulator_url}/desk/     a CRM that frames the panel: pick a caller, watch them browse
  The panel  {public_url}/     for agents without a CRM: user {_USER}, password {password}
  Stand-in   {emulator_url}/emulator/     LivePerson on this machine: its worlds, faults and request log

Next: open the desk, take the call of the shopper whose checkout fails, then "make trouble" and see what the panel says.
Ctrl-C ends everything.
"""
    )
