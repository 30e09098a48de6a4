"""Command line: `lpcontext`, for whoever runs the panel.

Belongs here: reading arguments (click), the processes of one machine (started in order, kept running, ended), words on
the terminal. Does not: anything the processes themselves do. The only room that starts the emulator.
Looks down on: connections, launch, audit, snapshots, liveperson, accounts, sealing, subjects, loopback, emulator. May
be asked by: nobody.

The processes are kept by hand, in `supervisor`, `child` and `processes`: they must end with the launcher however it
ends (parent-death signal, sessions of their own), come up one after the other when the one before is ready, and fail
with one sentence. honcho ends all when one ends; supervisor and circus are daemons with a configuration of their own.
"""

from lpcontext.cli.commands import main

__all__ = ["main"]
