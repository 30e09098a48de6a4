"""What an operator gets wrong on the command line: one sentence that names it, and repeats nothing secret."""

from __future__ import annotations

import json

import pytest

from lpcontext.accounts.models import Account
from tests.support.command_runner import run_command
from tests.support.stack_subjects import ACCOUNT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("memory", "_served_account")]

GOOD = {"kind": "login", "username": "bot", "password": "s3cret-word"}


@pytest.fixture
def _served_account(db: None) -> None:
    Account.objects.create(id=ACCOUNT, name="Shop", origins=["https://crm.example"])


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ("not json", "not JSON"),
        ("[]", "JSON object"),
        ('{"kind": "carrier-pigeon"}', "kind"),
        ('{"kind": "login", "username": "bot"}', "password"),
        (json.dumps(GOOD | {"origins": ["https://*.example"]}), "rigin"),
        (json.dumps(GOOD | {"origins": ["http://crm.example"]}), "https"),
    ],
)
def test_credentials_that_cannot_be_used_are_named_and_never_repeated(document: str, sentence: str) -> None:
    done = run_command("add-account", "12345678", "--credentials", "-", input=document)

    assert done.exit_code == 1
    assert sentence in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "s3cret-word" not in done.stderr + done.stdout


@pytest.mark.parametrize("account_id", ["", "no/such", "x" * 21, "ä"])
def test_an_account_id_that_cannot_be_is_said_so(account_id: str) -> None:
    done = run_command("add-account", account_id, "--credentials", "-", input=json.dumps(GOOD))

    assert done.exit_code == 1
    assert "1 to 20 letters" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("ticket", "--account", "99999999", "--visitor", "v", "--session", "s"),
        ("ticket", "--account", ACCOUNT, "--visitor", "../x", "--session", "s"),
        ("ticket", "--account", ACCOUNT, "--visitor", "v"),
        ("ticket", "--account", ACCOUNT, "--visitor", "v", "--session", "s", "--origin", "https://evil.example"),
        ("integration-key", "--account", "99999999", "--name", "x"),
    ],
)
def test_a_wrong_argument_is_one_sentence(arguments: tuple[str, ...]) -> None:
    done = run_command(*arguments)

    assert done.exit_code == 1
    assert done.stderr.startswith("lpcontext: ")
    assert len(done.stderr.strip().splitlines()) == 1


CHAT = "H2170755172687460894-b7d761017809489ea1a257461eb373eeK8457415"


@pytest.mark.parametrize(
    ("ids", "sentence"),
    [
        ({"account": "no/such", "chat": CHAT}, "--account: An account id is"),
        ({"account": ACCOUNT}, "--visitor: A visit needs both"),
        ({"account": ACCOUNT, "visitor": "v"}, "--session: A visit needs both"),
        ({"account": ACCOUNT, "visitor": CHAT, "session": "s"}, "--visitor: This is a chat id"),
        ({"account": ACCOUNT, "chat": "1215602164887992"}, "--chat: This number looks like"),
        ({"account": ACCOUNT, "chat": CHAT, "visitor": "v", "session": "s"}, "--chat: Give either a chat id"),
    ],
)
def test_ids_that_name_no_subject_are_named_by_their_option(ids: dict[str, str], sentence: str) -> None:
    done = run_command("ticket", *(f"--{name}={value}" for name, value in ids.items()))

    assert done.exit_code == 1
    assert sentence in done.stderr
    assert not [value for value in (CHAT, "no/such", "1215602164887992") if value in done.stderr]
