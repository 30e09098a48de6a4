"""`lpcontext emulator`: LivePerson's stand-in, in a process of its own."""

from __future__ import annotations

import argparse
import os

from lpcontext.cli.house import check_port_is_free
from lpcontext.emulator import Desk, list_faults, list_stories, list_worlds, serve


def run_emulator(arguments: argparse.Namespace) -> int:
    if arguments.list:
        print("Worlds:", *(f"  {world.name:22} {world.summary}" for world in list_worlds()), sep="\n")
        print("Chats:", *(f"  {story.name:22} {story.summary}" for story in list_stories()), sep="\n")
        print("Faults:", *(f"  {fault.name:22} {fault.summary}" for fault in list_faults()), sep="\n")
        return 0
    check_port_is_free(arguments.host, arguments.port)
    key = os.environ.get("LPCONTEXT_DESK_KEY", "")
    desk = Desk(panel_url=arguments.panel_url, key=key) if arguments.panel_url else None
    serve(
        host=arguments.host,
        port=arguments.port,
        desk=desk,
        announce=lambda url: print(f"LivePerson's stand-in: {url}/emulator/", flush=True),
    )
    return 0
