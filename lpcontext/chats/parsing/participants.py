"""Who the brand's own sign-on says the visitor is (contract 7.15)."""

from __future__ import annotations

from lpcontext.chats.model import Participant, ParticipantContact
from lpcontext.reading import SHORT_TEXT_LIMIT, Reader

_NO_CONTACT = ParticipantContact()
_MOST_CONTACTS = 50


def read_participant(info: Reader, *, personal: Reader) -> Participant:
    """A participant out of the two objects LivePerson sends side by side; the personal one is optional."""
    return Participant(
        participant_id=info.text("participantId"),
        authenticated=info.flag("isUserAuthenticated"),
        name=personal.text("name", limit=SHORT_TEXT_LIMIT),
        surname=personal.text("surname", limit=SHORT_TEXT_LIMIT),
        contacts=_read_contacts(personal),
        customer_id=info.text("customerId"),
        customer_status=info.text("customerStatus"),
        customer_type=info.text("customerType"),
        balance=info.number("balance"),
        registered=info.day("registrationDate"),
        last_payment=info.day("lastPaymentDate"),
        social_id=info.text("socialId"),
        imei=info.text("imei"),
        user_name=info.text("userName", limit=SHORT_TEXT_LIMIT),
        account_name=info.text("accountName", limit=SHORT_TEXT_LIMIT),
        role=info.text("role", limit=SHORT_TEXT_LIMIT),
        company_size=info.integer("companySize"),
    )


def _read_contacts(personal: Reader) -> tuple[ParticipantContact, ...]:
    found = (
        ParticipantContact(email=contact.text("email"), phone=contact.text("phone"))
        for contact in personal.children("contacts", most=_MOST_CONTACTS)
    )
    return tuple(contact for contact in found if contact != _NO_CONTACT)
