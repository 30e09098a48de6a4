"""The one reader of ids, behind the API, the look-up form, the command line and the addresses.

Each hands over what it was given, under the names of `read_subject`, and shows what is refused at its own field.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from lpcontext.subjects.keys import ChatKey, Subject, VisitKey
from lpcontext.subjects.recognising import Wanted, explain_id, recognise_id
from lpcontext.subjects.shapes import is_wellformed_account, is_wellformed_id

GivenId: TypeAlias = Literal["account"] | Wanted

_ACCOUNT = "An account id is 1 to 20 letters, digits or underscores."
_TWO_SUBJECTS = "Give either a chat id, or a visitor id and a session id: they might not belong together."
_INCOMPLETE = "A visit needs both its visitor id and its session id; a chat only its chat id."


class WrongId(msgspec.Struct, frozen=True, kw_only=True):
    """Which id cannot be used, and one sentence why, which never repeats it."""

    which: GivenId
    sentence: str


class IdsRefused(Exception):
    """These ids name no subject. `wrong`: each one that cannot be used. `first`: the one to show where one is shown."""

    def __init__(self, first: WrongId, *others: WrongId) -> None:
        self.first, self.wrong = first, (first, *others)
        super().__init__(first.sentence)


def read_subject(*, account_id: str, visitor_id: str = "", session_id: str = "", chat_id: str = "") -> Subject:
    """A chat by its chat id alone, or a visit by visitor id and session id; "" is not given. Raises IdsRefused."""
    if not is_wellformed_account(account_id):
        raise IdsRefused(WrongId(which="account", sentence=_ACCOUNT))
    if chat_id and (visitor_id or session_id):
        raise IdsRefused(WrongId(which="chat", sentence=_TWO_SUBJECTS))
    _check_each((chat_id, "chat"), (visitor_id, "visitor"), (session_id, "session"))
    if chat_id:
        return ChatKey(account_id=account_id, chat_id=chat_id)
    if not (visitor_id and session_id):
        raise IdsRefused(WrongId(which="session" if visitor_id else "visitor", sentence=_INCOMPLETE))
    return VisitKey(account_id=account_id, visitor_id=visitor_id, session_id=session_id)


def _check_each(*given: tuple[str, Wanted]) -> None:
    """Of those that are given. Raises IdsRefused."""
    wrong = [
        WrongId(which=wanted, sentence=sentence)
        for text, wanted in given
        if text and (sentence := _find_fault(text, wanted=wanted))
    ]
    if wrong:
        raise IdsRefused(*wrong)


def _find_fault(text: str, *, wanted: Wanted) -> str | None:
    """An id of another kind is recognised, and the sentence says which it is and where the right one is found."""
    explained = explain_id(recognise_id(text), wanted=wanted)
    if explained or is_wellformed_id(text):
        return explained
    return f"This is not a {wanted} id as LivePerson makes them."
