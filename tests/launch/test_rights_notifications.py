"""All processes are notified of whatever may end a right, once it stands in the database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.utils import timezone

from lpcontext.accounts.integration_keys import issue_key, revoke_key
from lpcontext.accounts.models import Account, IntegrationKey, SignOut
from lpcontext.accounts.registry import remove_account
from lpcontext.snapshots import publish_rights_change, shared_now_ms, subscribe_to_rights
from tests.support.waiting import PATIENCE_SECONDS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("memory")]


class Notifications:
    """How many were received."""

    def __init__(self) -> None:
        self.count = 0
        self._received = threading.Condition()

    def count_one(self) -> None:
        with self._received:
            self.count += 1
            self._received.notify_all()

    def wait_until(self, count: int) -> None:
        with self._received:
            assert self._received.wait_for(lambda: self.count >= count, timeout=PATIENCE_SECONDS)


@pytest.fixture
def notifications() -> Iterator[Notifications]:
    """What another process receives, from when it has subscribed."""
    notifications = Notifications()
    subscription = subscribe_to_rights(on_change=notifications.count_one)
    subscription.start()
    pause = threading.Event()
    while not subscription.is_live:
        pause.wait(0.01)
    yield notifications
    subscription.stop()


def make_account() -> Account:
    account, _ = Account.objects.get_or_create(id="71820394")
    issue_key(account, "CRM")
    return account


def pause(account: Account) -> None:
    account.is_active = False
    account.save()


def revoke(account: Account) -> None:
    for key in IntegrationKey.objects.all():
        revoke_key(key, now=timezone.now())


def deactivate(account: Account) -> None:
    User.objects.create_user("ann", is_active=False)


@pytest.mark.parametrize("change", [pause, revoke, deactivate, lambda account: remove_account(account.id)])
def test_each_change_is_notified(notifications: Notifications, change: Callable[[Account], None]) -> None:
    account = make_account()
    notifications.wait_until(2)
    before = notifications.count

    change(account)

    notifications.wait_until(before + 1)


def test_nothing_is_notified_before_it_stands_in_the_database(notifications: Notifications) -> None:
    account = make_account()
    notifications.wait_until(2)
    with transaction.atomic():
        pause(account)
        publish_rights_change()  # they come in order: were there one of the account's, it would be heard before this
        notifications.wait_until(3)
        assert notifications.count == 3

    notifications.wait_until(4)


def test_signing_in_is_no_change_and_signing_out_is_remembered(notifications: Notifications) -> None:
    user = User.objects.create_user("ann", password="a long password")
    notifications.wait_until(1)
    browser = Client()
    assert browser.login(username="ann", password="a long password")
    publish_rights_change()
    notifications.wait_until(2)
    assert notifications.count == 2
    before_ms = shared_now_ms()

    browser.logout()

    notifications.wait_until(3)
    assert SignOut.objects.get(user=user).at_ms >= before_ms
