"""Who may still look: what a panel's account, and whoever opened the panel for it, are worth now."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from django.contrib.auth.models import User

from lpcontext.accounts.models import Account, IntegrationKey, LaunchKey, Role, SignOut, are_kinds
from lpcontext.reading import HiddenKinds, PersonalKind

LOOK_PERMISSION = "accounts.look_at_visits"
# Permissions are Django's own also for whoever signs in elsewhere; with two ways in, it wants to be told so.
_BACKEND = "django.contrib.auth.backends.ModelBackend"
CLICK_TO_CALL = "click-to-call"
_KEY, _LAUNCH_KEY, _USER = "key:", "launch-key:", "user:"


class Grant(NamedTuple):
    """In which account a panel was opened, on whose word, as whom, framed by whom.

    `granted_by`: a key's, a user's, CLICK_TO_CALL for LivePerson's, or "" for the command line's. The slug tells an
    account from one that was deleted and added again. `role` and `origin` are "" where none was named.
    """

    account_id: str
    slug: str
    granted_by: str
    role: str = ""
    origin: str = ""


class Right(NamedTuple):
    """What a grant is worth now; what was opened until `ended_ms` (epoch ms, Redis' clock) is over all the same.

    `hidden` is not read by its agents; of it, `revealable` may be for a minute.
    """

    is_good: bool
    hidden: HiddenKinds
    revealable: HiddenKinds = frozenset()
    ended_ms: int = 0

    def covers(self, opened_ms: int) -> bool:
        return self.is_good and opened_ms > self.ended_ms


NO_RIGHT = Right(is_good=False, hidden=frozenset(PersonalKind))


def grant_of_key(key_id: int) -> str:
    return f"{_KEY}{key_id}"


def grant_of_launch_key(key_id: int) -> str:
    return f"{_LAUNCH_KEY}{key_id}"


def grant_of_user(user_id: int) -> str:
    return f"{_USER}{user_id}"


def find_rights(grants: Collection[Grant]) -> dict[Grant, Right]:
    """Of each of them, in seven questions however many there are. Raises django.db.Error."""
    ids = {grant.account_id for grant in grants}
    accounts = {(each.pk, each.slug): each for each in Account.objects.filter(is_active=True, pk__in=ids)}
    keys, users = _find_keys(grants) | _find_launch_keys(grants), _find_users(grants)
    policies = _Policies(ids, grants)
    rights = {}
    for grant in grants:
        account = accounts.get((grant.account_id, grant.slug))
        is_granted = not grant.granted_by or (grant.granted_by, grant.account_id) in keys or grant.granted_by in users
        if account is not None and grant.granted_by == CLICK_TO_CALL:
            is_granted = account.click_to_call
        if account is None or not is_granted or (grant.origin and grant.origin not in account.origins):
            rights[grant] = NO_RIGHT
            continue
        hidden, revealable = policies.find(account, grant)
        rights[grant] = Right(True, hidden, revealable & hidden, users.get(grant.granted_by, 0))
    return rights


class _Policies:
    """What is hidden from whom in these accounts: by the role a launch names, or the group a user is in."""

    def __init__(self, account_ids: Collection[str], grants: Collection[Grant]) -> None:
        self._roles = {(role.account_id, role.name): role for role in Role.objects.filter(account_id__in=account_ids)}
        users = set(_numbers_after(_USER, grants)) if self._roles else set()
        members = User.groups.through.objects.filter(user_id__in=users).order_by("group__name")
        self._groups: dict[str, list[str]] = {}
        for user_id, name in members.values_list("user_id", "group__name") if users else ():
            self._groups.setdefault(grant_of_user(user_id), []).append(name)

    def find(self, account: Account, grant: Grant) -> tuple[HiddenKinds, HiddenKinds]:
        """A role that is not known is no role: the account's own policy holds."""
        names = [grant.role] if grant.role else self._groups.get(grant.granted_by, [])
        role = next((self._roles[account.pk, name] for name in names if (account.pk, name) in self._roles), None)
        if role is None:
            return read_kinds(account.hidden_kinds), frozenset()
        return read_kinds(role.hidden_kinds), read_revealable_kinds(role.revealable_kinds)


def read_kinds(texts: object) -> HiddenKinds:
    """What cannot be read hides everything: a policy that somebody has damaged shows nothing."""
    return _find_kinds(texts, otherwise=frozenset(PersonalKind))


def read_revealable_kinds(texts: object) -> HiddenKinds:
    """What cannot be read reveals nothing."""
    return _find_kinds(texts, otherwise=frozenset())


def _find_kinds(texts: object, *, otherwise: HiddenKinds) -> HiddenKinds:
    return frozenset(map(PersonalKind, texts)) if are_kinds(texts) else otherwise


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
    users = User.objects.with_perm(LOOK_PERMISSION, backend=_BACKEND).filter(pk__in=wanted)
    ended = dict(SignOut.objects.filter(pk__in=wanted).values_list("pk", "at_ms"))
    return {grant_of_user(pk): ended.get(pk, 0) for pk in users.values_list("pk", flat=True)}


def _numbers_after(prefix: str, grants: Collection[Grant]) -> Iterator[int]:
    return (number for grant in grants if (number := _number_after(prefix, grant)) is not None)


def _number_after(prefix: str, grant: Grant) -> int | None:
    number = grant.granted_by.removeprefix(prefix)
    return int(number) if number != grant.granted_by else None
