"""What stands between a visit and a viewer: which contact details may be read, everywhere they occur."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import overload

from lpcontext.panel.caching.bounded_cache import digest_of
from lpcontext.reading import may_hold_email
from lpcontext.visits import KnownContacts, Visit, find_known_contacts, mask_email, mask_in_text, mask_phone

_six_digits = re.compile(r"\A(?:\D*+\d){6}").match


@dataclass(frozen=True, slots=True, eq=False)
class Masker:
    """`known` is what must not be read in any other text; `digest` stands for it in the key of what was rendered."""

    masked: bool
    known: KnownContacts
    digest: bytes

    @classmethod
    def of(cls, visit: Visit, *, masked: bool) -> Masker:
        if not masked:
            return UNMASKED
        known = find_known_contacts(visit)
        return cls(masked=True, known=known, digest=digest_of(known))

    @overload
    def text(self, text: str) -> str: ...
    @overload
    def text(self, text: None) -> None: ...
    def text(self, text: str | None) -> str | None:
        """The text as the viewer may read it. Only one that may hold an @ or many digits is looked at closely."""
        if not text or not self.masked or not (may_hold_email(text) or _six_digits(text)):
            return text
        return mask_in_text(text, self.known)

    def may_hide(self, text: str) -> bool:
        """A quick look: False where nothing of the text, nor of any part of it, is hidden."""
        return self.masked and (may_hold_email(text) or _six_digits(text) is not None)

    def email(self, email: str | None) -> str | None:
        return mask_email(email) if email and self.masked else email

    def phone(self, phone: str | None) -> str | None:
        return mask_phone(phone) if phone and self.masked else phone


UNMASKED = Masker(masked=False, known=KnownContacts(), digest=b"")
