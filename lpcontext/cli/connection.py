"""`lpcontext test-connection`. To be imported with Django set up, for it imports models."""

from __future__ import annotations

import click

from lpcontext.cli.accounts import find_account_or_end
from lpcontext.cli.errors import CannotStart
from lpcontext.connections import Finding, check_connection


def run_test_connection(account_id: str) -> None:
    """Prints each step as it was found. Raises CannotStart where one failed."""
    findings = check_connection(find_account_or_end(account_id))
    for finding in findings:
        click.echo(_format_finding(finding))
    if not findings[-1].is_good:
        raise CannotStart("The connection does not work.")
    click.echo("The connection works.")


def _format_finding(finding: Finding) -> str:
    lines = [f"{'ok    ' if finding.is_good else 'FAILED'} {finding.step}: {finding.sentence}"]
    if finding.explanation:
        lines += [f"       The next move is {finding.explanation.move}.", f"       {finding.explanation.advice}"]
    return "\n".join(lines)
