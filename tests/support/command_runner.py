"""An lpcontext command in this process, by the same way in: a process of its own takes half a second to begin."""

from __future__ import annotations

from click.testing import CliRunner, Result

from lpcontext.cli import main


def run_command(*arguments: str, input: str | None = None) -> Result:
    """What it wrote and its exit status. Raises whatever would have been a traceback on the terminal."""
    return CliRunner(catch_exceptions=False).invoke(main, arguments, input=input)
