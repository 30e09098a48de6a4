"""`lpcontext demo`: the panel on one machine with an emulated LivePerson, an account of it, and a CRM desk."""

from __future__ import annotations

import sys
from collections.abc import Mapping

import click

from lpcontext.cli.probes import check_port_is_free, is_answering
from lpcontext.cli.processes import interrupt_on_signals
from lpcontext.cli.stack import Stack, running_stack


def run_demo(*, host: str, port: int, desk_port: int) -> None:
    """Until a signal ends it. Raises CannotStart."""
    interrupt_on_signals()
    check_port_is_free("127.0.0.1", desk_port)
    emulator_url = f"http://127.0.0.1:{desk_port}"
    stack = Stack(host=host, port=port, extra={"LPCONTEXT_DOMAIN_API_URL": emulator_url})
    with running_stack(stack) as (supervisor, environment):
        from lpcontext.cli.demo_account import add_demo_account  # needs Django set up

        account = add_demo_account(panel_url=stack.public_url, desk_url=emulator_url)
        click.echo("Starting LivePerson's stand-in and the demo desk …")
        command = [*(sys.executable, "-m", "lpcontext.cli", "emulator", "--port", str(desk_port))]
        command += ["--panel-url", stack.public_url]
        supervisor.start("The emulator", command, environment=environment | account.desk_environment)
        supervisor.wait_for("The emulator", lambda: is_answering(f"{emulator_url}/emulator/"))
        _print_addresses(stack.public_url, emulator_url, account.passwords)
        supervisor.watch()


def _print_addresses(public_url: str, emulator_url: str, passwords: Mapping[str, str]) -> None:
    click.echo(
        f"""
The demo is up.

  The desk   {emulator_url}/desk/     a CRM that frames the panel: pick a caller, watch them browse
  The panel  {public_url}/     for agents without a CRM: user agent, password {passwords["agent"]}
  The audit  {public_url}/admin/audit/auditrecord/     for its operator: user operator, password {passwords["operator"]}
  Stand-in   {emulator_url}/emulator/     LivePerson on this machine: its worlds, faults and request log

Next: open the desk, take the call of the shopper whose checkout fails, then "make trouble" and see what the panel says.
Choose there how the panel is opened, reveal what is hidden (the eye), and read under "Audit" what was recorded of it.
Ctrl-C ends everything.
"""
    )
