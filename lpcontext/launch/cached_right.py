"""A right as the open panels of this process share it."""

from __future__ import annotations

from lpcontext.accounts.rights import Grant, Right


class RightUnknown(Exception):
    """The database has not said yet what this right is worth, and cannot be asked."""

    def __init__(self) -> None:
        super().__init__("the database has not said what a right is worth")


class CachedRight:
    """One grant, shared by its panels here. `right` is None until it is read, and again once nobody ticks with it."""

    __slots__ = ("grant", "is_in_use", "right")

    def __init__(self, grant: Grant) -> None:
        self.grant = grant
        self.right: Right | None = None
        self.is_in_use = False
