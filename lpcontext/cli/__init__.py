"""Command line: `lpcontext`, for whoever runs the panel.

Belongs here: reading arguments, the processes of one machine (begun, kept running, ended), words on the terminal.
Does not: anything the processes themselves do. The only room that starts the emulator.
"""

from lpcontext.cli.commands import main

__all__ = ["main"]
