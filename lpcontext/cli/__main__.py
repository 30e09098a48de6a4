"""`python -m lpcontext.cli` is `lpcontext`."""

from lpcontext.cli import main

main(prog_name="lpcontext")
