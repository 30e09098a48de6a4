"""`lpcontext emulator`: the emulated LivePerson, in a process of its own."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping

import click

from lpcontext.cli.probes import check_port_is_free
from lpcontext.emulator import (
    CrmKey,
    Desk,
    FaultKind,
    Operator,
    Story,
    World,
    list_faults,
    list_stories,
    list_worlds,
    serve,
)


def print_catalogue() -> None:
    """Every world, chat story and fault, with what it is."""
    _print_names("Worlds", list_worlds())
    _print_names("Chats", list_stories())
    _print_names("Faults", list_faults())


def run_emulator(*, host: str, port: int, panel_url: str) -> None:
    """Until a signal ends it; with a desk where there is a panel. Raises CannotStart."""
    check_port_is_free(host, port)
    desk = _read_desk(panel_url, os.environ) if panel_url else None
    serve(host=host, port=port, desk=desk, announce=lambda url: click.echo(f"LivePerson's stand-in: {url}/emulator/"))


def _read_desk(panel_url: str, environment: Mapping[str, str]) -> Desk:
    """What opens the panel comes by the environment, which the list of processes does not show."""
    crm_keys = json.loads(environment.get("LPCONTEXT_DESK_CRM_KEYS") or "{}")
    operator = json.loads(environment.get("LPCONTEXT_DESK_OPERATOR") or "null")
    return Desk(
        panel_url=panel_url,
        key=environment.get("LPCONTEXT_DESK_KEY", ""),
        crm_keys={host: CrmKey(**given) for host, given in crm_keys.items()},
        operator=Operator(panel_url=panel_url, **operator) if operator else None,
    )


def _print_names(title: str, items: Iterable[World | Story | FaultKind]) -> None:
    click.echo(f"{title}:")
    for item in items:
        click.echo(f"  {item.name:22} {item.summary}")
