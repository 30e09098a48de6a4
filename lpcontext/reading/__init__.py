"""Reading: one JSON response of LivePerson, whatever state it is in, as plain values.

Belongs here: a tolerant reader over one object, LivePerson's null forms, numbers as texts, times in both spellings,
texts made fit to keep and to show, e-mail addresses however they are written, kinds of personal data,
what hides something.
Does not: what a visit or a chat is, where in a response something lies, XML.
Looks down on: nothing. May be asked by: visits, chats, masking, accounts, launch, panel, api.

By hand, for validating libraries (msgspec, pydantic) refuse a whole body for one wrong value, or fill in a default and
say nothing. Here a wrong value is dropped alone, and its path is known.
"""

from lpcontext.reading.cleaning import CUT_MARK, clean_text
from lpcontext.reading.coercion import is_null
from lpcontext.reading.day import Day
from lpcontext.reading.digits import BETWEEN_DIGITS, normalize_digits
from lpcontext.reading.email_addresses import holds_at_sign, is_email, mask_emails, mask_local, may_hold_email
from lpcontext.reading.masks import DOT, HIDDEN
from lpcontext.reading.personal_kinds import HiddenKinds, PersonalKind
from lpcontext.reading.reader import ID_LIMIT, MOST_UNKNOWN_FIELDS, SHORT_TEXT_LIMIT, Reader

__all__ = [
    "BETWEEN_DIGITS",
    "CUT_MARK",
    "DOT",
    "HIDDEN",
    "ID_LIMIT",
    "MOST_UNKNOWN_FIELDS",
    "SHORT_TEXT_LIMIT",
    "Day",
    "HiddenKinds",
    "PersonalKind",
    "Reader",
    "clean_text",
    "holds_at_sign",
    "is_email",
    "is_null",
    "mask_emails",
    "mask_local",
    "may_hold_email",
    "normalize_digits",
]
