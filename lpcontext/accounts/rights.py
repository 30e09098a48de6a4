"""Who may still look: what a panel's account, and whoever opened the panel for it, are worth now."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from django.contrib.auth.models import User

from lpcontext.accounts.models import Account, IntegrationKey, LaunchKey, Masking, SignOut

LOOK_PERMISSION = "accounts.look_at_visits"
_KEY, _LAUNCH_KEY, _USER = "key:", "launch-key:", "user:"


class Grant(NamedTuple):
    """In which account a panel was opened, and on whose word: a key's, a user's, or "" for the command line's.

    The slug distinguishes an account from one that was deleted and added again.
    """

    account_id: str
    slug: str
    granted_by: str


class Right(NamedTuple):
    """What a grant is worth now; what was opened until `ended_ms` (epoch ms, Redis' clock) is over all the same."""

    is_good: bool
    masked: bool
    ended_ms: int = 0

    def covers(self, opened_ms: int) -> bool:
        return self.is_good and opened_ms > self.ended_ms


def grant_of_key(key_id: int) -> str:
    return f"{_KEY}{key_id}"


def grant_of_launch_key(key_id: int) -> str:
    return f"{_LAUNCH_KEY}{key_id}"


def grant_of_user(user_id: int) -> str:
    return f"{_USER}{user_id}"


def find_rights(grants: Collection[Grant]) -> dict[Grant, Right]:
    """Of each of them, in five questions however many there are. Raises django.db.Error."""
    served = Account.objects.filter(is_active=True, pk__in={grant.account_id for grant in grants})
    accounts = {(pk, slug): masking for pk, slug, masking in served.values_list("pk", "slug", "masking")}
    keys, users = _find_keys(grants) | _find_launch_keys(grants), _find_users(grants)
    rights = {}
    for grant in grants:
        masking = accounts.get((grant.account_id, grant.slug))
        is_granted = not grant.granted_by or (grant.granted_by, grant.account_id) in keys or grant.granted_by in users
        rights[grant] = Right(
            is_good=masking is not None and is_granted,
            masked=masking != Masking.OPEN,
            ended_ms=users.get(grant.granted_by, 0),
        )
    return rights


def note_sign_out(user_id: int, *, at_ms: int) -> None:
    """What the user opened until then is over. `at_ms`: epoch ms by Redis' clock, as launches are."""
    SignOut.objects.update_or_create(user_id=user_id, defaults={"at_ms": at_ms})


def _find_keys(grants: Collection[Grant]) -> set[tuple[str, str]]:
    """Each as it grants, with the account it is of."""
    wanted = set(_numbers_after(_KEY, grants))
    usable = IntegrationKey.objects.filter(revoked_at=None, pk__in=wanted) if wanted else IntegrationKey.objects.none()
    return {(grant_of_key(pk), account_id) for pk, account_id in usable.values_list("pk", "account_id")}


def _find_launch_keys(grants: Collection[Grant]) -> set[tuple[str, str]]:
    wanted = set(_numbers_after(_LAUNCH_KEY, grants))
    usable = LaunchKey.objects.filter(revoked_at=None, pk__in=wanted) if wanted else LaunchKey.objects.none()
    return {(grant_of_launch_key(pk), account_id) for pk, account_id in usable.values_list("pk", "account_id")}


def _find_users(grants: Collection[Grant]) -> dict[str, int]:
    """Those that may look, with when they last signed out (0: never)."""
    wanted = set(_numbers_after(_USER, grants))
    if not wanted:
        return {}
    users = User.objects.with_perm(LOOK_PERMISSION).filter(pk__in=wanted)
    ended = dict(SignOut.objects.filter(pk__in=wanted).values_list("pk", "at_ms"))
    return {grant_of_user(pk): ended.get(pk, 0) for pk in users.values_list("pk", flat=True)}


def _numbers_after(prefix: str, grants: Collection[Grant]) -> Iterator[int]:
    return (number for grant in grants if (number := _number_after(prefix, grant)) is not None)


def _number_after(prefix: str, grant: Grant) -> int | None:
    number = grant.granted_by.removeprefix(prefix)
    return int(number) if number != grant.granted_by else None
