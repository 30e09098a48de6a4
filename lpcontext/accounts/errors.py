"""What can be wrong with what was given for an account.

AccountsError
├── UnknownAccount       nobody added it, or it is paused
├── BadAccountId         no LivePerson account can be called that
├── BadOrigin            a CRM origin a browser would not understand, or that is not safe to frame us
└── CredentialsMissing   the account has none; sealed ones that do not open raise lpcontext.sealing.SealBroken
"""


class AccountsError(Exception):
    """Base of this room's errors. The text is for operators and never repeats what it was given."""


class UnknownAccount(AccountsError):
    def __init__(self) -> None:
        super().__init__("This account is not known here. Add it with: lpcontext add-account ID --credentials FILE")


class BadAccountId(AccountsError):
    def __init__(self) -> None:
        super().__init__("A LivePerson account id is 1 to 20 letters, digits or underscores.")


class BadOrigin(AccountsError):
    """Carries `place`, the position in the list it came from, from 1."""

    def __init__(self, reason: str, *, place: int | None = None) -> None:
        self.reason, self.place = reason, place
        super().__init__(f"Origin {place}: {reason}" if place else reason)


class CredentialsMissing(AccountsError):
    def __init__(self) -> None:
        super().__init__("This account has no credentials yet.")
