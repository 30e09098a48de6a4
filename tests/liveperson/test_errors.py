from __future__ import annotations

import pickle
import re
from collections.abc import Iterator

import pytest

from lpcontext.liveperson import (
    AgentSessionRefused,
    ChatNotFound,
    ConnectionFailed,
    LivePersonError,
    LoginUnderWay,
    RateLimited,
    Reason,
    Unreachable,
    UnreadableResponse,
    VisitNotFound,
    WrongVisitor,
    errors,
)
from lpcontext.liveperson.errors import AgentSessionUnderWay, CredentialsRejected, Refused, ServerFailed, TimedOut


def below(kind: type[LivePersonError]) -> Iterator[type[LivePersonError]]:
    for child in kind.__subclasses__():
        yield child
        yield from below(child)


def depths(kind: type[LivePersonError], depth: int = 0) -> Iterator[tuple[int, str]]:
    for child in kind.__subclasses__():
        yield depth, child.__name__
        yield from depths(child, depth + 1)


def test_an_error_says_what_was_asked_and_what_came_back() -> None:
    assert str(ServerFailed(operation="visit state", service="smt", status=503)) == (
        "visit state: LivePerson answered 503"
    )
    assert str(WrongVisitor(operation="visit state", service="smt", status=404, code=37)) == (
        "visit state: LivePerson answered 404 (code 37)"
    )
    assert str(TimedOut(operation="login", service="agentVep")) == "login: timed-out"


def test_an_unusual_reason_is_said() -> None:
    error = CredentialsRejected(
        operation="visit state", service="smt", status=401, code=10, reason=Reason.NO_PERMISSION
    )

    assert str(error) == "visit state: LivePerson answered 401 (code 10), no-permission"


@pytest.mark.parametrize("kind", list(below(LivePersonError)))
def test_every_error_survives_the_way_between_two_processes(kind: type[LivePersonError]) -> None:
    sent = kind(operation="login", service="agentVep", status=500, code=20, retry_after=7)

    arrived = pickle.loads(pickle.dumps(sent))  # noqa: S301

    assert type(arrived) is kind
    assert vars(arrived) == vars(sent)


def test_only_a_liveperson_that_does_not_answer_counts_against_the_circuit() -> None:
    counting = {kind for kind in below(LivePersonError) if kind.counts_against_circuit}

    assert counting == {TimedOut, ConnectionFailed, ServerFailed}


def test_what_to_ask_again_what_to_act_on_and_what_to_look_at_are_apart() -> None:
    apart: list[set[type[LivePersonError]]] = [
        set(below(Unreachable)),
        set(below(Refused)),
        {VisitNotFound},
        {ChatNotFound},
        {UnreadableResponse},
    ]

    assert sum(len(part) for part in apart) == len(set().union(*apart))
    assert {RateLimited, LoginUnderWay, AgentSessionUnderWay} < set(below(Unreachable))
    assert {CredentialsRejected, AgentSessionRefused} < set(below(Refused))


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    drawn = re.findall(r"^([│ ]*)[├└]── (\w+)", errors.__doc__ or "", re.MULTILINE)

    assert [(len(trunk) // 4, name) for trunk, name in drawn] == list(depths(LivePersonError))


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_a_plain_word_with_a_sentence(reason: Reason) -> None:
    assert reason.value.replace("-", "").isalpha()
    assert reason.value.islower()
    assert reason.sentence.endswith((".", "?"))


def test_reasons_keep_their_words_which_dashboards_and_log_searches_know() -> None:
    words = """
        timed-out connection-failed connection-dropped answer-cut tls-failed proxy-failed server-failed still-loading
        rate-limited login-under-way agent-session-under-way signature-invalid key-unknown token-refused clock-refused
        nonce-refused not-authorized no-permission login-refused login-ended bearer-refused login-blocked
        agent-session-refused wrong-account wrong-visitor wrong-session bad-request request-rejected not-sendable
        host-not-allowed visit-not-found chat-not-found empty-answer html-answer not-json not-an-object field-missing
        error-in-success too-large anothers garbled redirected
    """

    assert [reason.value for reason in Reason] == words.split()
