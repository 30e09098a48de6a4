"""What stands between a visit and a viewer: which contact details may be read, everywhere they occur."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import overload

from lpcontext.panel.drawing_cache import digest_of
from lpcontext.reading import may_hold_email
from lpcontext.visits import KnownContacts, Visit, find_known_contacts, mask_email, mask_in_text, mask_phone

_six_digits = re.compile(r"\d(?:\D*\d){5}").search


@dataclass(frozen=True, slots=True, eq=False)
class Veil:
    """`secrets` are what must not be read in any other text; `mark` stands for all of it in the name of a drawing."""

    masked: bool
    secrets: KnownContacts
    mark: bytes

    @classmethod
    def of(cls, visit: Visit, *, masked: bool) -> Veil:
        if not masked:
            return UNVEILED
        secrets = find_known_contacts(visit)
        return cls(masked=True, secrets=secrets, mark=digest_of(secrets))

    @overload
    def text(self, text: str) -> str: ...
    @overload
    def text(self, text: None) -> None: ...
    def text(self, text: str | None) -> str | None:
        """The text as the viewer may read it. Only one that may hold an @ or many digits is looked at closely."""
        if not text or not self.masked or not (may_hold_email(text) or _six_digits(text)):
            return text
        return mask_in_text(text, self.secrets)

    def email(self, email: str | None) -> str | None:
        return mask_email(email) if email and self.masked else email

    def phone(self, phone: str | None) -> str | None:
        return mask_phone(phone) if phone and self.masked else phone


UNVEILED = Veil(masked=False, secrets=KnownContacts(), mark=b"")
