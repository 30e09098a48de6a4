"""`lpcontext emulator`: the emulated LivePerson, in a process of its own."""

from __future__ import annotations

import os
from collections.abc import Iterable

import click

from lpcontext.cli.probes import check_port_is_free
from lpcontext.emulator import Desk, FaultKind, Story, World, list_faults, list_stories, list_worlds, serve


def print_catalogue() -> None:
    """Every world, chat story and fault, with what it is."""
    _print_names("Worlds", list_worlds())
    _print_names("Chats", list_stories())
    _print_names("Faults", list_faults())


def run_emulator(*, host: str, port: int, panel_url: str) -> None:
    """Until a signal ends it; with a desk where there is a panel. Raises CannotStart."""
    check_port_is_free(host, port)
    desk = Desk(panel_url=panel_url, key=os.environ.get("LPCONTEXT_DESK_KEY", "")) if panel_url else None
    serve(host=host, port=port, desk=desk, announce=lambda url: click.echo(f"LivePerson's stand-in: {url}/emulator/"))


def _print_names(title: str, items: Iterable[World | Story | FaultKind]) -> None:
    click.echo(f"{title}:")
    for item in items:
        click.echo(f"  {item.name:22} {item.summary}")
