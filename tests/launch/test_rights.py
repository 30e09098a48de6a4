"""What a right is worth, as the database has it: each thing that ends one, and that pages look at it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.utils import timezone

from lpcontext.accounts.integration_keys import find_key, issue_key, revoke_key
from lpcontext.accounts.models import Account, IntegrationKey, Role
from lpcontext.accounts.registry import remove_account
from lpcontext.accounts.rights import Grant, Right, find_rights, grant_of_key, grant_of_user, note_sign_out
from lpcontext.launch import LaunchEnded, confirm_right, issue_ticket
from lpcontext.launch.hosts.ticket import spend_ticket
from lpcontext.reading import PersonalKind
from lpcontext.snapshots import shared_now_ms
from lpcontext.subjects import VisitKey
from tests.support.viewers import NOTHING_HIDDEN, USUALLY_HIDDEN

pytestmark = pytest.mark.django_db
KEY = VisitKey(account_id="71820394", visitor_id="QzZDNhYTViMjA1OTJjN2Y5", session_id="ttJpjOmRQ0adbOusBi5UlA")


@pytest.fixture
def account() -> Account:
    return Account.objects.create(id="71820394")


@pytest.fixture
def key(account: Account) -> IntegrationKey:
    found = find_key(issue_key(account, "CRM"))
    assert found
    return found


@pytest.fixture
def user() -> User:
    user = User.objects.create_user("ann")
    user.user_permissions.add(Permission.objects.get(codename="look_at_visits"))
    return user


def right_of(account: Account, granted_by: str = "") -> Right:
    grant = Grant(account.id, account.slug, granted_by)
    return find_rights([grant])[grant]


def test_an_account_that_is_served_is_worth_something_masked_as_it_says_now(account: Account) -> None:
    assert right_of(account) == Right(is_good=True, hidden=USUALLY_HIDDEN)

    Account.objects.update(hidden_kinds=[])

    assert right_of(account) == Right(is_good=True, hidden=NOTHING_HIDDEN)


def test_a_paused_or_deleted_account_is_worth_nothing(account: Account) -> None:
    Account.objects.update(is_active=False)
    assert not right_of(account).is_good

    remove_account(account.id)
    assert not right_of(account).is_good


def test_an_account_that_was_added_again_is_another(account: Account) -> None:
    remove_account(account.id)
    Account.objects.create(id=account.id)

    assert not right_of(account).is_good


def test_a_key_is_good_for_its_own_account_until_it_is_revoked(account: Account, key: IntegrationKey) -> None:
    other = Account.objects.create(id="9")
    assert right_of(account, grant_of_key(key.pk)).is_good
    assert not right_of(other, grant_of_key(key.pk)).is_good

    revoke_key(key, now=timezone.now())

    assert not right_of(account, grant_of_key(key.pk)).is_good
    assert right_of(account).is_good


@pytest.mark.parametrize("change", [{"is_active": False}, {"user_permissions": []}])
def test_a_user_is_good_while_active_and_permitted(account: Account, user: User, change: dict[str, Any]) -> None:
    assert right_of(account, grant_of_user(user.pk)).is_good

    user.is_active = change.get("is_active", True)
    user.save()
    if "user_permissions" in change:
        user.user_permissions.set(change["user_permissions"])

    assert not right_of(account, grant_of_user(user.pk)).is_good


def test_signing_out_ends_what_was_opened_until_then_and_nothing_later(account: Account, user: User) -> None:
    note_sign_out(user.pk, at_ms=1_000)
    note_sign_out(user.pk, at_ms=2_000)

    right = right_of(account, grant_of_user(user.pk))

    assert [right.covers(at_ms) for at_ms in (999, 2_000, 2_001)] == [False, False, True]


@pytest.mark.django_db
@pytest.mark.usefixtures("memory")
def test_a_ticket_whose_key_was_revoked_meanwhile_is_refused_and_not_spent(
    account: Account, key: IntegrationKey
) -> None:
    ticket = issue_ticket(account, KEY, now_ms=shared_now_ms(), granted_by=grant_of_key(key.pk))
    text = ticket.path.removeprefix("/launch/ticket/")
    revoke_key(key, now=timezone.now())
    with pytest.raises(LaunchEnded):
        spend_ticket(text, now_ms=shared_now_ms())

    IntegrationKey.objects.update(revoked_at=None)

    assert spend_ticket(text, now_ms=shared_now_ms()).subject == KEY


@pytest.mark.usefixtures("memory")
def test_a_ticket_opens_masked_as_the_account_says_when_it_is_spent(account: Account) -> None:
    Account.objects.update(hidden_kinds=[])
    account.refresh_from_db()
    text = issue_ticket(account, KEY, now_ms=shared_now_ms()).path.removeprefix("/launch/ticket/")
    Account.objects.update(hidden_kinds=["phone"])

    launch = spend_ticket(text, now_ms=shared_now_ms())

    assert confirm_right(launch).hidden == {PersonalKind.PHONE}


def test_many_rights_cost_few_questions(
    account: Account, key: IntegrationKey, user: User, django_assert_max_num_queries: Any
) -> None:
    granted = ["", grant_of_key(key.pk), grant_of_user(user.pk), "key:99", "user:99"]
    grants = [Grant(account_id, account.slug, each) for each in granted for account_id in (account.id, "9")]

    with django_assert_max_num_queries(5):
        rights = find_rights(grants)

    assert [grant for grant in grants if rights[grant].is_good] == grants[:6:2]


# What is hidden: by role, group or account


def hidden_from(account: Account, role: str = "", granted_by: str = "") -> list[str]:
    grant = Grant(account.id, account.slug, granted_by, role)
    return sorted(find_rights([grant])[grant].hidden)


@pytest.fixture
def role(account: Account) -> Role:
    kinds = {"hidden_kinds": ["ip"], "revealable_kinds": ["ip", "phone"]}
    return Role.objects.create(account=account, name="Fraud desk", **kinds)


def test_a_role_says_what_its_agents_do_not_read(account: Account, role: Role) -> None:
    grant = Grant(account.id, account.slug, "", "Fraud desk")

    right = find_rights([grant])[grant]

    assert right.hidden == right.revealable == {PersonalKind.IP}


@pytest.mark.parametrize("name", ["", "Nobody's", "fraud desk"])
def test_a_role_nobody_knows_falls_to_the_accounts_own_policy(account: Account, role: Role, name: str) -> None:
    assert hidden_from(account, name) == ["email", "phone"]


def test_a_role_is_of_one_account(account: Account, role: Role) -> None:
    other = Account.objects.create(id="9", hidden_kinds=["money"])

    assert hidden_from(other, "Fraud desk") == ["money"]


def test_a_signed_in_user_has_the_role_of_their_group(account: Account, role: Role, user: User) -> None:
    assert hidden_from(account, granted_by=grant_of_user(user.pk)) == ["email", "phone"]

    user.groups.add(Group.objects.create(name="A team"), Group.objects.create(name="Fraud desk"))

    assert hidden_from(account, granted_by=grant_of_user(user.pk)) == ["ip"]


@pytest.mark.parametrize("damaged", ["phone", {"phone": 1}, ["phone", "no such kind"], [["phone"]], None])
def test_a_policy_that_cannot_be_read_hides_everything(account: Account, damaged: Any) -> None:
    Account.objects.update(hidden_kinds=damaged if damaged is not None else 7)

    assert hidden_from(account) == sorted(PersonalKind)


@pytest.mark.parametrize("damaged", ["phone", {"phone": 1}, ["phone", "no such kind"], [["phone"]], 7])
def test_what_may_be_revealed_and_cannot_be_read_is_nothing(account: Account, role: Role, damaged: Any) -> None:
    Role.objects.update(revealable_kinds=damaged)
    grant = Grant(account.id, account.slug, "", "Fraud desk")

    right = find_rights([grant])[grant]

    assert right.hidden == {PersonalKind.IP}
    assert right.revealable == set()


def test_a_removed_origin_ends_the_panels_it_frames(account: Account) -> None:
    account.origins = ["https://crm.example"]
    account.save()
    grant = Grant(account.id, account.slug, "", "", "https://crm.example")
    assert find_rights([grant])[grant].is_good

    account.origins = []
    account.save()

    assert not find_rights([grant])[grant].is_good
    assert right_of(account).is_good
