"""`add-account`, `ticket`, `integration-key`. To be imported with Django set up, for it imports models."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import OperationalError, ProgrammingError

from lpcontext.accounts import (
    Account,
    AccountsError,
    UnknownAccount,
    add_account,
    find_account,
    issue_key,
)
from lpcontext.cli.errors import CannotStart
from lpcontext.launch import issue_ticket
from lpcontext.liveperson import CredentialsUnreadable, read_credentials
from lpcontext.sealing import get_sealer
from lpcontext.snapshots import shared_now_ms
from lpcontext.subjects import IdsRefused, Subject, read_subject


def run_add_account(arguments: argparse.Namespace) -> int:
    document = _read_document(arguments.credentials)
    origins = document.pop("origins", None)
    try:
        read_credentials(document)
        _migrate_first()
        added = add_account(
            account_id=arguments.id, name=arguments.name, document=document, origins=origins, sealer=get_sealer()
        )
    except (AccountsError, CredentialsUnreadable) as error:
        raise CannotStart(str(error)) from None
    print(f"Account {added.account.id} {'added' if added.is_new else 'has its new credentials'}.")
    return 0


def run_ticket(arguments: argparse.Namespace) -> int:
    subject = _read_subject(arguments)
    account = _find_account(arguments.account)
    try:
        now_ms = shared_now_ms()
        ticket = issue_ticket(account, subject, now_ms=now_ms, agent_name=arguments.agent, origin=arguments.origin)
    except AccountsError as error:
        raise CannotStart(f"--origin {error}") from None
    print(f"{settings.PUBLIC_URL}{ticket.path}")
    return 0


def _read_subject(arguments: argparse.Namespace) -> Subject:
    """Raises CannotStart."""
    try:
        return read_subject(
            account_id=arguments.account,
            visitor_id=arguments.visitor or "",
            session_id=arguments.session or "",
            chat_id=arguments.chat or "",
        )
    except IdsRefused as refused:
        raise CannotStart(f"--{refused.first.which}: {refused.first.sentence}") from None


def run_integration_key(arguments: argparse.Namespace) -> int:
    print(issue_key(_find_account(arguments.account), arguments.name))
    return 0


def _find_account(account_id: str) -> Account:
    try:
        return find_account(account_id)
    except UnknownAccount as error:
        raise CannotStart(str(error)) from None
    except (OperationalError, ProgrammingError):
        raise CannotStart("The database is empty or unreachable; start once with: lpcontext up") from None


def _read_document(file: str) -> dict[str, Any]:
    """Raises CannotStart, which never repeats what the file holds."""
    try:
        document = json.loads(sys.stdin.read() if file == "-" else Path(file).read_text())
    except OSError:
        raise CannotStart("The credentials file cannot be read.") from None
    except ValueError:
        raise CannotStart("The credentials are not JSON; README.md shows their form.") from None
    if not isinstance(document, dict):
        raise CannotStart("The credentials must be a JSON object; README.md shows its form.")
    return document


def _migrate_first() -> None:
    """An account may be added before anything ever ran here."""
    from django.core.management import call_command

    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
