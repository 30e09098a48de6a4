"""What the accounts tests share: two sealers that know nothing of each other, and an account."""

from collections.abc import Mapping

import pytest

from lpcontext.accounts.models import Account
from lpcontext.accounts.registry import add_account
from lpcontext.sealing import Sealer

OLD_KEY, NEW_KEY = b"o" * 32, b"n" * 32
LOGIN: Mapping[str, str] = {"kind": "login", "username": "lp-user", "password": "s3cret-pässword"}


@pytest.fixture
def sealer() -> Sealer:
    return Sealer([OLD_KEY])


@pytest.fixture
def account(db: None, sealer: Sealer) -> Account:
    return add_account(account_id="12345678", document=LOGIN, sealer=sealer, name="Shop").account
