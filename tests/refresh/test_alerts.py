"""What operators learn of a connection: once per change, and no longer than it is so."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lpcontext.accounts.models import Account, Trouble
from lpcontext.accounts.registry import note_trouble
from lpcontext.refresh.alerts import Alerts
from lpcontext.snapshots import SubjectStatus, read_counts
from lpcontext.subjects import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("memory")]
ACCOUNT = "71820394"
NOW = 1_800_000_000_000


@pytest.fixture(autouse=True)
def _account() -> None:
    Account.objects.create(id=ACCOUNT)


def read_trouble() -> tuple[str, datetime | None]:
    account = Account.objects.get(id=ACCOUNT)
    return account.trouble, account.trouble_since


def status(state: State, *, failures: int = 0, reason: str = "") -> SubjectStatus:
    return SubjectStatus(state=state, first_seen_ms=NOW, failures=failures, reason=reason)


def note(alerts: Alerts, *statuses: SubjectStatus, now_ms: int = NOW) -> None:
    alerts.note_statuses(statuses, now_ms=now_ms)


def test_trouble_noted_before_a_restart_ends_with_the_first_good_refresh() -> None:
    note_trouble(ACCOUNT, Trouble.UNAUTHORIZED, now=datetime(2026, 11, 1, tzinfo=UTC))

    note(Alerts(ACCOUNT), status(State.LIVE))

    assert read_trouble() == ("", None)


@pytest.mark.parametrize("state", [State.ENDED, State.NOT_FOUND, State.WRONG_VISITOR])
def test_a_clear_no_about_one_visit_ends_it_too(state: State) -> None:
    note_trouble(ACCOUNT, Trouble.UNREACHABLE, now=datetime(2026, 11, 1, tzinfo=UTC))

    note(Alerts(ACCOUNT), status(state))

    assert read_trouble() == ("", None)


@pytest.mark.parametrize(
    ("statuses", "trouble"),
    [
        (status(State.UNAUTHORIZED, reason="not-authorized"), Trouble.UNAUTHORIZED),
        (status(State.UNAUTHORIZED, reason="login-blocked"), Trouble.LOGIN_BLOCKED),
        (status(State.UNAUTHORIZED, reason="host-not-allowed"), Trouble.HOST_NOT_ALLOWED),
        (status(State.WRONG_ACCOUNT), Trouble.WRONG_ACCOUNT),
        (status(State.UNREADABLE), Trouble.UNREADABLE),
        (status(State.CACHED, failures=2), Trouble.UNREACHABLE),
        (status(State.UPSTREAM_DOWN, failures=2), Trouble.UNREACHABLE),
    ],
)
def test_each_trouble_has_its_word(statuses: SubjectStatus, trouble: Trouble) -> None:
    note(Alerts(ACCOUNT), statuses)

    assert read_trouble() == (trouble.value, datetime.fromtimestamp(NOW / 1000, UTC))


@pytest.mark.parametrize("state", [State.CACHED, State.UPSTREAM_DOWN])
def test_one_failed_call_may_be_weather(state: State) -> None:
    note(Alerts(ACCOUNT), status(state, failures=1))

    assert read_trouble() == ("", None)


def test_weather_clears_no_trouble_either() -> None:
    alerts = Alerts(ACCOUNT)
    note(alerts, status(State.UNAUTHORIZED))
    note(alerts, status(State.CACHED, failures=1))

    assert read_trouble()[0] == Trouble.UNAUTHORIZED.value


def test_it_is_raised_once_and_its_beginning_stays() -> None:
    alerts = Alerts(ACCOUNT)
    for step in range(3):
        note(alerts, status(State.UNAUTHORIZED), now_ms=NOW + step * 1000)

    assert read_trouble() == (Trouble.UNAUTHORIZED.value, datetime.fromtimestamp(NOW / 1000, UTC))
    assert read_counts()["account_troubles", (("kind", Trouble.UNAUTHORIZED.value),)] == 1


def test_a_worker_that_comes_later_raises_nothing_old() -> None:
    note(Alerts(ACCOUNT), status(State.UNAUTHORIZED))
    note(Alerts(ACCOUNT), status(State.UNAUTHORIZED), now_ms=NOW + 60_000)

    assert read_trouble()[1] == datetime.fromtimestamp(NOW / 1000, UTC)
    assert read_counts()["account_troubles", (("kind", Trouble.UNAUTHORIZED.value),)] == 1


def test_chats_that_are_refused_are_counted_once_and_blame_nothing_on_the_account() -> None:
    alerts = Alerts(ACCOUNT)
    refused = status(State.AGENT_SESSION_REFUSED, reason="agent-session-refused")
    for _ in range(3):
        alerts.note_refusals("chat", [refused])
    alerts.note_refusals("chat", [status(State.LIVE)])
    alerts.note_refusals("chat", [refused])

    assert read_trouble() == ("", None)
    assert read_counts()["account_troubles", (("kind", "chats-refused"),)] == 2


def test_nothing_of_a_visitor_is_disclosed(caplog: pytest.LogCaptureFixture) -> None:
    note(Alerts(ACCOUNT), status(State.UNAUTHORIZED, reason="login-blocked"))

    assert "login-blocked" in caplog.text
    assert ACCOUNT not in caplog.text
