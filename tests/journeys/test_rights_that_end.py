"""A right that ends takes its open panels with it, whichever way it ends: the old token gets no body any more."""

from __future__ import annotations

import re

import pytest
import requests

from tests.support.operator_shell import run_in_shell
from tests.support.running_stack import RunningStack
from tests.support.stack_subjects import ACCOUNT, Look, VisitSubject
from tests.support.waiting import PATIENCE_SECONDS

# What we promise: within a minute for all. (A deletion is heard of at once; here that would be a race.)
WITHIN_SECONDS = 60
pytestmark = pytest.mark.concurrent

PASSWORD = "a long password for a test"
EMAIL = "myname@example.com"


def open_live(stack: RunningStack, subject: VisitSubject) -> Look:
    look = stack.tick_until(stack.open_panel(subject), lambda now: now.state == "live")
    assert "John" in look.text
    return look


def wait_until_refused(stack: RunningStack, look: Look) -> Look:
    ended = stack.tick_until(look, lambda now: now.status == 410, seconds=WITHIN_SECONDS)
    assert (ended.state, ended.headers["X-LPContext-Right"]) == ("refused", "ended")
    assert "John" not in ended.text
    assert "X-LPContext-Next" not in ended.headers
    return ended


@pytest.mark.parametrize(
    "end",
    [
        "account = find_account({account!r}); account.is_active = False; account.save()",
        "remove_account({account!r})",
        "[revoke_key(key, now=timezone.now()) for key in IntegrationKey.objects.filter(account_id={account!r})]",
    ],
    ids=["paused", "deleted", "revoked"],
)
def test_open_panels_and_tickets_end_with_their_account_or_key(stack: RunningStack, end: str) -> None:
    subject = stack.create_visit_apart("documented")
    other = open_live(stack, stack.create_visit("documented"))
    look, ticket = open_live(stack, subject), stack.launch_url(subject)

    run_in_shell(stack, end.format(account=subject.account))

    wait_until_refused(stack, look)
    opened = stack.open(ticket)
    assert (opened.status, opened.token) == (403, "")
    assert "John" not in opened.text
    assert stack.request_ticket(subject).status_code == 401
    assert stack.tick(other.token).status == 200


def test_tightened_masking_reaches_panels_that_are_open(stack: RunningStack) -> None:
    subject = stack.create_visit_apart("documented")
    word = "account = find_account({account!r}); account.hidden_kinds = {kinds}; account.save()"
    run_in_shell(stack, word.format(account=subject.account, kinds=[]))
    look = open_live(stack, subject)
    first = stack.tick(look.token)
    assert EMAIL in first.text
    assert stack.tick(look.token, seen=first.version).status == 204

    run_in_shell(stack, word.format(account=subject.account, kinds=["email", "phone"]))

    asking = Look(200, "", "", {}, look.token)
    now = stack.tick_until(asking, lambda now: now.status == 200 and EMAIL not in now.text, seconds=WITHIN_SECONDS)
    again = stack.tick(look.token, seen=now.version)
    assert "John" in now.text
    assert (again.status, again.version) == (204, "")


class Agent:
    """A user of a test's own, signed in with a browser of their own."""

    def __init__(self, stack: RunningStack, name: str) -> None:
        self.stack, self.name, self.browser = stack, name, requests.Session()
        self.browser.trust_env = False
        run_in_shell(
            stack,
            f"user = User.objects.create_user({name!r}, password={PASSWORD!r})\n"
            "user.user_permissions.add(Permission.objects.get(codename='look_at_visits'))",
        )
        self.sign_in()

    def sign_in(self) -> None:
        self._send("/login/", "/login/", username=self.name, password=PASSWORD)

    def sign_out(self) -> None:
        self._send("/", "/logout/")

    def open_live(self) -> Look:
        subject = self.stack.create_visit("documented")
        sent = {"account": ACCOUNT, "visitor_id": subject.visitor_id, "session_id": subject.session_id}
        page = self._send("/", "/", **sent)
        token = re.search(r'X-LPContext-Panel(?:&quot;|"): ?(?:&quot;|")([\w-]+)', page.text)
        assert token
        return self.stack.tick_until(self.stack.tick(token[1]), lambda now: now.state == "live")

    def _send(self, form: str, to: str, **fields: str) -> requests.Response:
        page = self.browser.get(self.stack.url + form, timeout=PATIENCE_SECONDS)
        csrf = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert csrf
        sent = fields | {"csrfmiddlewaretoken": csrf[1]}
        headers = {"Referer": self.stack.url + form}
        answer = self.stack.post(self.stack.url + to, http=self.browser, data=sent, headers=headers)
        assert answer.status_code == 200
        return answer


@pytest.mark.parametrize(
    "end", ["user.is_active = False; user.save()", "user.delete()", "user.user_permissions.clear()"]
)
def test_open_panels_end_with_the_user_who_opened_them(stack: RunningStack, end: str) -> None:
    name = f"agent-{end.split('(')[0].replace('.', '-').replace(' ', '')[:20]}"
    look = Agent(stack, name).open_live()

    run_in_shell(stack, f"user = User.objects.get(username={name!r}); {end}")

    wait_until_refused(stack, look)


def test_signing_out_ends_what_was_opened_before_and_nothing_after(stack: RunningStack) -> None:
    agent, other = Agent(stack, "agent-signs-out"), Agent(stack, "agent-stays")
    look, others = agent.open_live(), other.open_live()

    agent.sign_out()

    wait_until_refused(stack, look)
    agent.sign_in()
    later = agent.open_live()
    assert [stack.tick(each.token).status for each in (look, later, others)] == [410, 200, 200]
