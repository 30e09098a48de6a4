"""A launch that is refused: what to say, without saying which check failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Refusal:
    """`advice` is the next thing to try."""

    template: ClassVar = "launch/refused.html"

    title: str
    sentence: str
    advice: str

    @classmethod
    def of(cls, reason: str, *, sentence: str = "") -> Refusal:
        """`reason`: one of those below, else as if forged. `sentence` says it more exactly."""
        refusal = _REFUSALS.get(reason, _REFUSALS["forged"])
        return replace(refusal, sentence=sentence) if sentence else refusal


_REFUSALS: Mapping[str, Refusal] = MappingProxyType(
    {
        "forged": Refusal(
            "This panel cannot be opened",
            "The address is not one that lpcontext has given out.",
            "Open the panel from the customer's record in your CRM.",
        ),
        "spent": Refusal(
            "This address has been used",
            "It has been opened already, and each address opens the panel once.",
            "Ask for it again in your CRM: open the panel from the customer's record.",
        ),
        "ended": Refusal(
            "This panel cannot be opened any more",
            "Whoever let it be opened may no longer, or the account has been switched off.",
            "Ask whoever runs lpcontext.",
        ),
        "over": Refusal(
            "This address is over",
            "Each address opens the panel once, within a minute of being made.",
            "Open the panel again from the customer's record in your CRM.",
        ),
        "limit": Refusal(
            "Too much at once",
            "More was asked for in a minute than lpcontext answers to one agent.",
            "Wait a moment, then try again.",
        ),
        "upstream": Refusal(
            "LivePerson cannot be asked just now",
            "It must confirm this call before anything is shown, and does not answer.",
            "This page tries again by itself.",
        ),
        "method": Refusal(
            "This panel cannot be opened like this",
            "The address was asked for in a way that it does not answer to.",
            "Open the panel from the customer's record in your CRM, or ask whoever set it up there.",
        ),
        "origin": Refusal(
            "This panel cannot be opened here",
            "The page around it may no longer show panels of this account.",
            "Ask whoever runs lpcontext to allow your CRM's address again.",
        ),
        "ids": Refusal(
            "These ids cannot be right",
            "The visitor id or the session id has characters, or a length, that LivePerson never uses.",
            "Copy both ids once more, whole, and look the visit up again.",
        ),
        "fields": Refusal(
            "The CRM did not say what is needed",
            "Something in what it sent is missing, or cannot be read.",
            "If it is so for every customer, show this sentence to whoever connected the CRM with lpcontext.",
        ),
        "account": Refusal(
            "This account is not served here",
            "lpcontext has no such LivePerson account, or it has been switched off.",
            "Check the account number, or ask whoever runs lpcontext to add it.",
        ),
    }
)
