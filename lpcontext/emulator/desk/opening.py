"""The ways this CRM can open the panel: by an address, or by a form that is posted into the frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from ..state import EmulatorState
from .click_to_call import build_address, press_button
from .panel_access import CrmKey, Desk
from .signed_forms import CallFacts, sign_canvas, sign_post, sign_zendesk
from .ticket import ask_for_ticket
from .waiting_callers import Placed

WAYS: Final = {
    "ticket": "Ticket",
    "signed_post": "Signed POST",
    "canvas": "Salesforce Canvas",
    "zendesk": "Zendesk",
    "click_to_call": "Click-to-call",
}
_SIGNED: Final[Mapping[str, Callable[[Desk, CrmKey, CallFacts], dict[str, str]]]] = {
    "signed_post": sign_post,
    "canvas": sign_canvas,
    "zendesk": sign_zendesk,
}
_SIGNATURES: Final = ("signature", "token", "signed_request")

_NO_ACCOUNT: Final = "A forged address names no account, so nobody may frame what is said of it: the browser blocks it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What the frame loads; `fields` are posted to it, None where it is simply opened. `note` is for who tries it."""

    url: str
    fields: Mapping[str, str] | None = None
    note: str = ""


def list_ways(desk: Desk | None) -> dict[str, str]:
    """Those this desk has keys for, with their words."""
    if desk is None:
        return {}
    return {way: words for way, words in WAYS.items() if way not in _SIGNED or way in desk.crm_keys}


def build_opening(state: EmulatorState, desk: Desk, way: str, *, placed: Placed, call: CallFacts) -> Opening:
    """Raises TicketRefused, NothingToPress."""
    if way == "click_to_call":
        ids = press_button(state, account_id=call.account_id, visitor_id=placed.visitor_id)
        return Opening(url=build_address(desk.panel_url, ids))
    if way in _SIGNED and way in desk.crm_keys:
        key = desk.crm_keys[way]
        return Opening(url=key.url, fields=_SIGNED[way](desk, key, call))
    return Opening(url=ask_for_ticket(desk, account_id=call.account_id, subject=call.subject, origin=call.origin))


def forge(opening: Opening) -> Opening:
    """The same with one letter of its proof changed, as by somebody who does not have the key."""
    if opening.fields is None:
        note = "" if "?" in opening.url else _NO_ACCOUNT
        return replace(opening, url=_change_letter(opening.url, len(opening.url) - 1), note=note)
    name = next(each for each in _SIGNATURES if each in opening.fields)
    signed = opening.fields[name]
    changed = _change_letter(signed, signed.rfind(".") + 1 if name == "token" else 0)
    return replace(opening, fields={**opening.fields, name: changed})


def _change_letter(text: str, place: int) -> str:
    """Both letters are letters of hex, base64 and numbers."""
    return f"{text[:place]}{'1' if text[place] == '0' else '0'}{text[place + 1 :]}"
