"""Who takes part in a chat, by the brand's own sign-on."""

from __future__ import annotations

from lpcontext.chats.model.value import ChatValue
from lpcontext.reading import Day


class ParticipantContact(ChatValue, frozen=True):
    """One way to reach a participant."""

    email: str | None = None
    phone: str | None = None


class Participant(ChatValue, frozen=True):
    """Who the brand's own sign-on says this is (contract 7.15): authenticated, unlike what a page reports."""

    participant_id: str | None = None
    authenticated: bool | None = None
    name: str | None = None
    surname: str | None = None
    contacts: tuple[ParticipantContact, ...] = ()
    customer_id: str | None = None
    customer_status: str | None = None
    customer_type: str | None = None
    balance: float | None = None
    registered: Day | None = None
    last_payment: Day | None = None
    social_id: str | None = None
    imei: str | None = None
    user_name: str | None = None
    account_name: str | None = None
    role: str | None = None
    company_size: int | None = None
