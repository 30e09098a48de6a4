"""Whether an account's connection works: its hosts, its authorisation, one call; and in words what failed.

Asked with a client of its own, so that nothing known from before answers: a fresh look-up, a fresh log-in, which is
ended again. Domain API, Login Service and Visit Information API are contract 1, 2 and 4.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from lpcontext.accounts.models import Account
from lpcontext.connections.building import NoClient, build_client, open_account_credentials
from lpcontext.connections.explanations import Explanation, explain_error, explain_trouble
from lpcontext.connections.private_store import PrivateStore
from lpcontext.liveperson import (
    ClientCredentials,
    Credentials,
    LivePersonClient,
    LivePersonError,
    OAuth1Key,
    UserLogin,
    VisitNotFound,
    WrongSession,
    WrongVisitor,
)

_KINDS = {
    OAuth1Key: "an API key (OAuth 1.0), past its end of life since May 2026",
    UserLogin: "a user's name and password",
    ClientCredentials: "client credentials (OAuth 2.0)",
}


class Step(StrEnum):
    """What is tried, one after the other; the first that fails ends the test."""

    CREDENTIALS = "Credentials"
    DOMAINS = "Domain look-up"
    AUTHORISATION = "Authorisation"
    CALL = "One call"


@dataclass(frozen=True, slots=True)
class Finding:
    """`sentence` says what was found; `explanation` is None where the step went well."""

    step: Step
    sentence: str
    explanation: Explanation | None = None

    @property
    def is_good(self) -> bool:
        return self.explanation is None


def check_connection(account: Account, *, answer_seconds: float | None = None) -> list[Finding]:
    """Of the account with the credentials it has. `answer_seconds`: how long one call may take."""
    try:
        credentials = open_account_credentials(account)
    except NoClient as none:
        explanation = explain_trouble(none.trouble)
        return [Finding(Step.CREDENTIALS, explanation.sentence, explanation)]
    return check_credentials(account.id, credentials, answer_seconds=answer_seconds)


def check_credentials(
    account_id: str, credentials: Credentials, *, answer_seconds: float | None = None
) -> list[Finding]:
    """Of an account with these credentials, which need not be its own yet."""
    client = build_client(account_id, credentials, store=PrivateStore(), pool_size=1, answer_seconds=answer_seconds)
    try:
        return list(_walk(client, credentials))
    finally:
        with suppress(LivePersonError):  # LivePerson ends a log-in by itself after eight hours
            client.log_out()
        client.close()


def _walk(client: LivePersonClient, credentials: Credentials) -> Iterator[Finding]:
    signs = isinstance(credentials, OAuth1Key)
    yield Finding(Step.CREDENTIALS, f"They can be read: {_KINDS[type(credentials)]}.")
    steps: list[tuple[Step, Callable[[], str]]] = [
        (Step.DOMAINS, lambda: _find_hosts(client)),
        (Step.AUTHORISATION, lambda: "A key signs each request; the next step shows it." if signs else _log_in(client)),
        (Step.CALL, lambda: _ask_for_a_visit(client)),
    ]
    for step, take in steps:
        try:
            yield Finding(step, take())
        except LivePersonError as error:
            explanation = explain_error(error, signs=signs)
            yield Finding(step, explanation.sentence, explanation)
            return


def _find_hosts(client: LivePersonClient) -> str:
    hosts = [f"{service} at {urlsplit(origin).netloc}" for service, origin in client.find_hosts().items()]
    return f"LivePerson serves this account: {', '.join(hosts)}."


def _log_in(client: LivePersonClient) -> str:
    client.authenticate()
    return "LivePerson let us log in."


def _ask_for_a_visit(client: LivePersonClient) -> str:
    """One that cannot be there: that LivePerson says so shows that it answers us, and touches nobody's visit."""
    try:
        # Shaped as LivePerson's own: ids of another kind would be answered as a wrong account (contract 0.6).
        client.visit_state(visitor_id=secrets.token_urlsafe(16), session_id=secrets.token_urlsafe(16))
    except (VisitNotFound, WrongVisitor, WrongSession):
        return "The Visit Information API answers us: it knows no such visit, as it should."
    return "The Visit Information API answers us."
