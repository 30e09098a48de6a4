"""Command line: `lpcontext`, for whoever runs the panel.

Belongs here: reading arguments, starting and stopping the processes of one machine, words on the terminal.
Does not: anything the processes themselves do. The only room that starts the emulator.
"""

from lpcontext.cli.commands import main

__all__ = ["main"]
