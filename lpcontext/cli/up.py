"""`lpcontext up`: the panel on one machine."""

from __future__ import annotations

import click

from lpcontext.cli.processes import interrupt_on_signals
from lpcontext.cli.stack import Stack, running_stack


def run_up(*, host: str, port: int) -> None:
    """Until a signal ends it. Raises CannotStart."""
    interrupt_on_signals()
    stack = Stack(host=host, port=port)
    with running_stack(stack) as (supervisor, _):
        click.echo(f"\nlpcontext is up: {stack.public_url}\nCtrl-C ends it.")
        supervisor.watch()
